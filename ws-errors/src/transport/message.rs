//! Messages of tungstenite, and of axum, which calls its own the same.

/// Frames and closes as the messages of a library; the docs are an example of what an output is.
macro_rules! conversions {
    ($(#[$example:meta])* $Message:ident, $CloseFrame:ident, $Utf8Bytes:ident) => {
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

        /// The messages of an output, in the order in which they are sent.
        ///
        $(#[$example])*
        pub fn messages(output: $crate::Output) -> impl Iterator<Item = $Message> {
            let frame = output.frame.map($Message::from);
            frame.into_iter().chain(output.close.map($Message::from))
        }

        /// Sends a frame that doesn't close, and flushes; to a socket, or to the half of it that sends.
        ///
        /// This is for messages of your own, and for an [`Output::frame`] after which the connection stays;
        /// [`deliver`] takes a whole [`Output`], and closes where it says so. It waits as long as the peer
        /// doesn't read: put a deadline around it where peers are not trusted.
        ///
        /// # Errors
        /// Returns the error of the sink: the peer is gone, or one of the two sides has closed already.
        pub async fn send<S>(sink: &mut S, frame: $crate::Frame) -> Result<(), S::Error>
        where
            S: futures_util::Sink<$Message> + Unpin + ?Sized,
        {
            futures_util::SinkExt::send(sink, frame.into()).await
        }
    };
}

pub(super) use conversions;
