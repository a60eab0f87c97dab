//! An error inside an application's own message.

use std::fmt;

use serde::ser::{Error as _, Serialize, Serializer};

use super::json::Json;
use crate::catalog::Envelope;

/// An error in the shape that it has on the wire in one context, as a value that serializes: for
/// errors that travel inside an application's own message enum.
///
/// An error that has no message (a close frame only, say) serializes as `null`, and one whose frame
/// is not JSON as a string. Made by [`Envelope::with`](crate::Envelope::with).
pub struct With<'a, Cx: ?Sized> {
    error: &'a dyn crate::Envelope<Cx>,
    context: &'a Cx,
}

impl<'a, Cx: ?Sized> With<'a, Cx> {
    pub(crate) fn new(error: &'a dyn crate::Envelope<Cx>, context: &'a Cx) -> Self {
        Self { error, context }
    }
}

impl<Cx: ?Sized> Serialize for With<'_, Cx> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let output = self.error.encode(self.context);
        let Some(text) = output.text() else { return serializer.serialize_none() };
        let (catalog, context) = self.error.context();
        let envelope = self.error.entry().envelope(context);
        if envelope.and_then(|index| catalog.envelopes.get(index)).is_some_and(Envelope::is_json) {
            Json::parse(text).map_err(S::Error::custom)?.serialize(serializer)
        } else {
            serializer.serialize_str(text)
        }
    }
}

impl<Cx: ?Sized> fmt::Debug for With<'_, Cx> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("With").field(&self.error).finish()
    }
}
