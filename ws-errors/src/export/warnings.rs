//! What an exporter warns of.

use ws_errors_core::distinct::distinct;

use super::example::is_placeholder;
use super::handshake::is_hidden_from_browsers;
use super::visible::{visible_contexts, visible_entries, visible_fields};
use super::words::{backticks, retry};
use crate::catalog::Catalog;

/// How many fields are named before there are only more.
const NAMED: usize = 5;

/// The warnings of an exporter: policies that no browser can carry out, and examples that say nothing.
///
/// ```
/// # #[derive(Debug, thiserror::Error, ws_errors::WsError)]
/// # #[ws_error(catalog = "chat")]
/// enum ChatError {
///     #[error("no token")]
///     #[ws_error(rejected(401), retry = when(refresh_token))]
///     NoToken,
/// }
/// use ws_errors::WsError as _;
///
/// let [warning] = &ws_errors::export::warnings(ChatError::catalog())[..] else { panic!() };
/// assert!(warning.contains("rejected(401, close(4401))"));
/// ```
pub fn warnings(catalog: &'static Catalog) -> Vec<String> {
    hidden_from_browsers(catalog).chain(placeholders(catalog)).collect()
}

fn hidden_from_browsers(catalog: &'static Catalog) -> impl Iterator<Item = String> {
    visible_entries(catalog).filter(move |entry| is_hidden_from_browsers(catalog, entry)).map(move |entry| {
        let status = entry.http_form().status;
        format!(
            "{}: `{}` is refused with HTTP {status}, which no browser shows to a script; it sees 1006, and not “{}” but “{}” is what it does. Accept the connection and close it: `rejected({status}, close({}))`",
            catalog.name,
            entry.name,
            retry(catalog.retry(entry), backticks),
            retry(catalog.retry_lost(), backticks),
            4000 + status % 1000,
        )
    })
}

/// A string without an example is its field's name in the docs, which says nothing to their readers.
fn placeholders(catalog: &'static Catalog) -> Option<String> {
    let of_entries = visible_entries(catalog).flat_map(|entry| {
        let fields = visible_fields(catalog, entry).filter(|visible| visible.is_in_frame);
        let fields = fields.map(|visible| visible.field);
        let without = fields.filter(|field| field.example.is_none() && is_placeholder(&field.ty));
        without.map(|field| format!("`{}.{}`", entry.name, field.name))
    });
    let of_contexts = visible_contexts(catalog).flat_map(|(_, context)| {
        let without = context.fields.iter().filter(|field| field.example.is_none());
        let without = without.filter(|field| is_placeholder(&(field.ty)()));
        without.map(|field| format!("`cx.{}`", field.name))
    });
    let mut fields = distinct(of_entries.chain(of_contexts));
    let more = fields.len().saturating_sub(NAMED);
    fields.truncate(NAMED);
    let named = match more {
        0 => fields.join(", "),
        more => format!("{} and {more} more", fields.join(", ")),
    };
    (!fields.is_empty()).then(|| {
        format!(
            "{}: the docs show a made-up text for {named}; give each an example: `#[ws_error(example = \"…\")]` on the field, `example(cx.field = \"…\")` on the enum",
            catalog.name
        )
    })
}
