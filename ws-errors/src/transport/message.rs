//! Messages of tungstenite, and of axum, which calls its own the same.

/// Frames and closes as the messages of a library.
macro_rules! conversions {
    ($Message:ident, $CloseFrame:ident, $Utf8Bytes:ident) => {
        /// A frame that is constant costs no allocation.
        impl From<$crate::Frame> for $Message {
            fn from(frame: $crate::Frame) -> Self {
                match frame {
                    $crate::Frame::Text(text) => Self::Text(characters(text)),
                    $crate::Frame::Binary(bytes) => Self::Binary(bytes.into_bytes()),
                }
            }
        }

        /// Code and reason; `None` is a close without a status.
        impl From<$crate::Close> for Option<$CloseFrame> {
            fn from(close: $crate::Close) -> Self {
                close.into_status().map(|(code, reason)| $CloseFrame {
                    code: code.get().into(),
                    reason: characters(reason.into_inner().into()),
                })
            }
        }

        impl From<$crate::Close> for $Message {
            fn from(close: $crate::Close) -> Self {
                Self::Close(close.into())
            }
        }

        fn characters(text: $crate::wire::TextPayload) -> $Utf8Bytes {
            if let Some(text) = text.constant() {
                return $Utf8Bytes::from_static(text);
            }
            match text.into_own() {
                Ok(text) => text.into(),
                // It is UTF-8, which is looked at again: the library knows no other crate's texts.
                Err(bytes) => {
                    $Utf8Bytes::try_from(bytes).unwrap_or_else(|_| $Utf8Bytes::from_static(""))
                }
            }
        }
    };
}

pub(super) use conversions;
