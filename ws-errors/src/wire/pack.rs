//! A message in a frame that is not text, and back.

use super::json::Json;
use super::payload::TextPayload;
use crate::catalog::{CodecFunctions, Format, Frame};

/// Whether MessagePack can be written and read: the feature `msgpack`.
pub const MSGPACK: bool = cfg!(feature = "msgpack");
/// Whether CBOR can be written and read: the feature `cbor`.
pub const CBOR: bool = cfg!(feature = "cbor");

/// The frame that holds a text of the encoder's.
#[inline]
pub(crate) fn pack(format: &Format, text: TextPayload) -> Frame {
    match format {
        Format::Json | Format::Text => Frame::Text(text),
        Format::Binary => Frame::Binary(text.into_binary()),
        Format::MessagePack(prefix) => packed(prefix, &text, to_message_pack),
        Format::Cbor(prefix) => packed(prefix, &text, to_cbor),
        Format::With(codec) => {
            // What the encoder of a template writes is an object.
            let slots = serde_json::from_str(&text).unwrap_or_default();
            match CodecFunctions::of(codec) {
                Some(functions) => (functions.encode)(&slots),
                None => Frame::Text(text),
            }
        }
    }
}

fn packed(prefix: &[u8], text: &str, write: fn(&Json<'_>, &mut Vec<u8>)) -> Frame {
    // What the encoder has written is JSON; were it none, null would say that nothing is known.
    let json = Json::parse(text).unwrap_or(Json::Null);
    let mut bytes = Vec::with_capacity(prefix.len() + text.len());
    bytes.extend_from_slice(prefix);
    write(&json, &mut bytes);
    Frame::Binary(bytes.into())
}

/// The JSON that a frame holds, as text or as a tree; `None` where it is no frame of this format.
pub(crate) fn unpack<'a>(format: &Format, bytes: &'a [u8]) -> Option<Json<'a>> {
    match format {
        Format::Json | Format::Text => None,
        Format::Binary => Json::parse(std::str::from_utf8(bytes).ok()?).ok(),
        Format::MessagePack(prefix) => from_message_pack(bytes.strip_prefix(*prefix)?),
        Format::Cbor(prefix) => from_cbor(bytes.strip_prefix(*prefix)?),
        Format::With(_) => undo(format, &Frame::Binary(bytes.to_vec().into())),
    }
}

/// What the application's own decoder makes of a frame.
pub(crate) fn undo(format: &Format, frame: &Frame) -> Option<Json<'static>> {
    let Format::With(codec) = format else { return None };
    let slots = (CodecFunctions::of(codec)?.decode?)(frame)?;
    let text = serde_json::to_string(&slots).ok()?;
    Json::parse(&text).ok().map(Json::into_owned)
}

#[cfg(feature = "msgpack")]
fn to_message_pack(json: &Json<'_>, out: &mut Vec<u8>) {
    // Writing to a list of bytes can't fail, and a tree has no type that MessagePack lacks.
    let _ = rmp_serde::encode::write(out, json);
}

#[cfg(feature = "msgpack")]
fn from_message_pack(bytes: &[u8]) -> Option<Json<'_>> {
    let mut rest = bytes;
    let json: Json<'static> = {
        let mut deserializer = rmp_serde::Deserializer::new(&mut rest);
        let json: Json<'_> = serde::Deserialize::deserialize(&mut deserializer).ok()?;
        json.into_owned()
    };
    rest.is_empty().then_some(json)
}

#[cfg(not(feature = "msgpack"))]
fn to_message_pack(_: &Json<'_>, _: &mut Vec<u8>) {}

#[cfg(not(feature = "msgpack"))]
fn from_message_pack(_: &[u8]) -> Option<Json<'_>> {
    None
}

#[cfg(feature = "cbor")]
fn to_cbor(json: &Json<'_>, out: &mut Vec<u8>) {
    // The same holds of CBOR.
    let _ = ciborium::into_writer(json, out);
}

#[cfg(feature = "cbor")]
fn from_cbor(bytes: &[u8]) -> Option<Json<'_>> {
    let mut rest = bytes;
    let json: Owned = ciborium::from_reader(&mut rest).ok()?;
    rest.is_empty().then_some(json.0)
}

/// A tree that borrows nothing: a reader keeps nothing that could be borrowed.
#[cfg(feature = "cbor")]
struct Owned(Json<'static>);

#[cfg(feature = "cbor")]
impl<'de> serde::Deserialize<'de> for Owned {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Json::deserialize(deserializer).map(|json| Self(json.into_owned()))
    }
}

#[cfg(not(feature = "cbor"))]
fn to_cbor(_: &Json<'_>, _: &mut Vec<u8>) {}

#[cfg(not(feature = "cbor"))]
fn from_cbor(_: &[u8]) -> Option<Json<'_>> {
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(all(feature = "msgpack", feature = "cbor"))]
    #[test]
    fn whatever_json_has_comes_back_from_every_format() {
        let text = r#"{"null":null,"list":[null,true,-1,18446744073709551615,0.5,"é"],"":{}}"#;
        for format in [Format::Binary, Format::MessagePack(b"\x01"), Format::Cbor(b"")] {
            let Frame::Binary(bytes) = pack(&format, text.into()) else { panic!("{format:?}") };
            let json = unpack(&format, &bytes).expect("it is JSON");
            assert_eq!(
                serde_json::to_string(&json).expect("a tree serializes"),
                text,
                "{format:?}"
            );
        }
    }
}
