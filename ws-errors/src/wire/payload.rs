//! What a data frame carries.

use std::borrow::Cow;
use std::fmt;
use std::ops::Deref;

#[cfg(feature = "bytes")]
use {bytes::Bytes, bytestring::ByteString};

/// The text of a text frame.
///
/// One in which nothing is dynamic is a constant, and a clone of it is free.
///
/// ```
/// use ws_errors::wire::TextPayload;
///
/// let payload = TextPayload::from("no such room: 7".to_owned());
/// assert_eq!(&*payload, "no such room: 7");
/// assert_eq!(payload.clone().into_string(), "no such room: 7");
/// ```
#[derive(Clone)]
pub struct TextPayload(Text);

#[derive(Clone)]
enum Text {
    Constant(&'static str),
    Own(String),
    #[cfg(feature = "bytes")]
    Shared(ByteString),
}

/// The bytes of a binary frame.
#[derive(Clone)]
pub struct BinaryPayload(Binary);

#[derive(Clone)]
enum Binary {
    Constant(&'static [u8]),
    Own(Vec<u8>),
    #[cfg(feature = "bytes")]
    Shared(Bytes),
}

impl TextPayload {
    /// A constant text.
    pub const fn from_static(text: &'static str) -> Self {
        Self(Text::Constant(text))
    }

    /// The text.
    #[inline]
    pub fn as_str(&self) -> &str {
        match &self.0 {
            Text::Constant(text) => text,
            Text::Own(text) => text,
            #[cfg(feature = "bytes")]
            Text::Shared(text) => text,
        }
    }

    /// The text, where it is a constant.
    pub const fn constant(&self) -> Option<&'static str> {
        match self.0 {
            Text::Constant(text) => Some(text),
            _ => None,
        }
    }

    /// The text as a string: copied where it is a constant, or shared.
    pub fn into_string(self) -> String {
        match self.0 {
            Text::Constant(text) => text.to_owned(),
            Text::Own(text) => text,
            // It is UTF-8, and not copied unless another has it, too.
            #[cfg(feature = "bytes")]
            Text::Shared(text) => String::from_utf8(text.into_bytes().into()).unwrap_or_default(),
        }
    }

    /// The same text; its clones share it.
    #[cfg(feature = "bytes")]
    #[must_use]
    pub fn shared(self) -> Self {
        match self.0 {
            Text::Own(text) => Self(Text::Shared(text.into())),
            _ => self,
        }
    }

    /// The text as a string of its own, or the bytes that others have, too.
    #[cfg(any(feature = "tungstenite", feature = "axum"))]
    pub(crate) fn into_own(self) -> Result<String, Bytes> {
        match self.0 {
            Text::Constant(text) => Err(Bytes::from_static(text.as_bytes())),
            Text::Own(text) => Ok(text),
            Text::Shared(text) => Err(text.into_bytes()),
        }
    }

    /// The text as what a library takes that has it from this crate: a constant stays one.
    #[cfg(feature = "actix")]
    pub(crate) fn into_byte_string(self) -> ByteString {
        match self.0 {
            Text::Constant(text) => ByteString::from_static(text),
            Text::Own(text) => text.into(),
            Text::Shared(text) => text,
        }
    }

    /// The bytes of the text; a constant stays one.
    pub(crate) fn into_binary(self) -> BinaryPayload {
        BinaryPayload(match self.0 {
            Text::Constant(text) => Binary::Constant(text.as_bytes()),
            Text::Own(text) => Binary::Own(text.into_bytes()),
            #[cfg(feature = "bytes")]
            Text::Shared(text) => Binary::Shared(text.into_bytes()),
        })
    }
}

impl BinaryPayload {
    /// Constant bytes.
    pub const fn from_static(bytes: &'static [u8]) -> Self {
        Self(Binary::Constant(bytes))
    }

    /// The bytes.
    #[inline]
    pub fn as_slice(&self) -> &[u8] {
        match &self.0 {
            Binary::Constant(bytes) => bytes,
            Binary::Own(bytes) => bytes,
            #[cfg(feature = "bytes")]
            Binary::Shared(bytes) => bytes,
        }
    }

    /// The bytes, where they are constant.
    pub const fn constant(&self) -> Option<&'static [u8]> {
        match self.0 {
            Binary::Constant(bytes) => Some(bytes),
            _ => None,
        }
    }

    /// The bytes as a list: copied where they are constant, or shared.
    pub fn into_vec(self) -> Vec<u8> {
        match self.0 {
            Binary::Constant(bytes) => bytes.to_vec(),
            Binary::Own(bytes) => bytes,
            #[cfg(feature = "bytes")]
            Binary::Shared(bytes) => bytes.into(),
        }
    }

    /// The same bytes; its clones share them.
    #[cfg(feature = "bytes")]
    #[must_use]
    pub fn shared(self) -> Self {
        match self.0 {
            Binary::Own(bytes) => Self(Binary::Shared(bytes.into())),
            _ => self,
        }
    }

    /// The bytes as what a library takes that has them from the crate `bytes`: constants stay so.
    #[cfg(any(feature = "tungstenite", feature = "axum", feature = "actix"))]
    pub(crate) fn into_bytes(self) -> Bytes {
        match self.0 {
            Binary::Constant(bytes) => Bytes::from_static(bytes),
            Binary::Own(bytes) => bytes.into(),
            Binary::Shared(bytes) => bytes,
        }
    }
}

macro_rules! payload_of {
    ($borrowed:ty: $Payload:ident, $as_borrowed:ident) => {
        impl Deref for $Payload {
            type Target = $borrowed;

            #[inline]
            fn deref(&self) -> &$borrowed {
                self.$as_borrowed()
            }
        }

        impl AsRef<$borrowed> for $Payload {
            fn as_ref(&self) -> &$borrowed {
                self
            }
        }

        impl fmt::Debug for $Payload {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.$as_borrowed().fmt(f)
            }
        }

        impl PartialEq for $Payload {
            fn eq(&self, other: &Self) -> bool {
                **self == **other
            }
        }

        impl Eq for $Payload {}

        impl From<&'static $borrowed> for $Payload {
            fn from(constant: &'static $borrowed) -> Self {
                Self::from_static(constant)
            }
        }
    };
}
payload_of!(str: TextPayload, as_str);
payload_of!([u8]: BinaryPayload, as_slice);

impl From<String> for TextPayload {
    #[inline]
    fn from(text: String) -> Self {
        Self(Text::Own(text))
    }
}

impl From<Cow<'static, str>> for TextPayload {
    #[inline]
    fn from(text: Cow<'static, str>) -> Self {
        match text {
            Cow::Borrowed(text) => Self::from_static(text),
            Cow::Owned(text) => text.into(),
        }
    }
}

impl From<Vec<u8>> for BinaryPayload {
    fn from(bytes: Vec<u8>) -> Self {
        Self(Binary::Own(bytes))
    }
}
