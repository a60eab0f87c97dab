//! The languages that the server speaks: what it sends in them, by Fluent.

use std::sync::Arc;

use catalog::{InstantError, MeteredError, RoomsError};
use ws_errors::WsError;
use ws_errors::language::TranslationError;
use ws_errors::language::fluent::Messages;

/// The messages of the catalogs whose texts the server translates. Of these, `instant` has a context
/// that says which language the reader wants.
pub(super) fn messages() -> Result<Arc<Messages>, TranslationError> {
    macro_rules! with {
        ($($error:ty: $name:literal in $($language:literal)+;)+) => {
            Messages::new()
            $($(.with(
                <$error>::catalog(),
                $language,
                include_str!(concat!("../../locales/", $language, "/", $name, ".ftl")),
            )?)+)+
        };
    }
    Ok(Arc::new(with! {
        InstantError: "instant" in "de" "en" "fr";
        MeteredError: "metered" in "de" "en";
        RoomsError: "rooms" in "de" "en" "fr";
    }))
}
