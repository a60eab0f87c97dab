//! An error inside an application's own message.

use serde::ser::{Error as _, Serialize, Serializer};

use super::Frame;
use super::json::Json;

/// The message of an error as a value that serializes in the shape that it has on the wire: for errors
/// that travel inside an application's own message enum.
///
/// An error that has no message (a close frame only, say) serializes as `null`, and one whose frame
/// is not JSON as a string. Made by [`Envelope::with`](crate::Envelope::with).
#[derive(Debug, Clone)]
pub struct With {
    pub(crate) frame: Option<Frame>,
    pub(crate) is_json: bool,
}

impl Serialize for With {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.frame.as_ref().and_then(Frame::as_text) {
            None => serializer.serialize_none(),
            Some(text) if self.is_json => {
                Json::parse(text).map_err(S::Error::custom)?.serialize(serializer)
            }
            Some(text) => serializer.serialize_str(text),
        }
    }
}
