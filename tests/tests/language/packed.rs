//! Frames of MessagePack and CBOR, and of an encoder of the application.

use super::*;

/// An encoder of the application's own: `code|message|id`.
fn encode(slots: &Slots) -> Frame {
    let slot = |name: &str| slots.get(name).and_then(Value::as_str).unwrap_or_default();
    let text = format!("{}|{}|{}", slot("code"), slot("id"), slot("message"));
    Frame::Binary(text.into_bytes().into())
}

fn decode(frame: &Frame) -> Option<Slots> {
    let Frame::Binary(bytes) = frame else { return None };
    let mut parts = std::str::from_utf8(bytes).ok()?.splitn(3, '|');
    let keys = ["code", "id", "message"];
    keys.iter().map(|key| Some(((*key).to_owned(), parts.next()?.into()))).collect()
}

struct MessagePack<'a>(&'a str);
struct Tagged<'a> {
    id: &'a str,
}
struct Cbor<'a> {
    id: &'a str,
}
struct Bytes<'a> {
    id: &'a str,
}
struct Own<'a> {
    id: &'a str,
}
struct Sealed;

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(
    catalog = "packed",
    envelope(Tagged<'_>) = binary(b"\x01\xff") + msgpack({ "id": cx.id, "code": code, "message": message, ..details }),
    envelope(Cbor<'_>) = cbor([cx.id, code, message, details?]),
    envelope(Bytes<'_>) = binary("{code} {cx.id:percent}: {message}\n"),
    envelope(Own<'_>) = with(encode, decode, { "code": code, "id": cx.id, "message": message }),
    envelope(Sealed) = with(encode),
)]
pub(super) enum E {
    #[error("full")]
    #[ws_error(message = "the room is full")]
    Full,
    #[error("late")]
    #[ws_error(message = "late by {by}")]
    Late { by: i32, why: Option<String> },
}

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(catalog = "exact", envelope(MessagePack<'_>) = msgpack({ "type": "error", "code": code, "s": set.size }))]
pub(super) enum Exact {
    #[error("full")]
    #[ws_error(set(size = -1))]
    Full,
}

fn bytes<Er: Envelope<Cx>, Cx>(error: &Er, cx: &Cx) -> Vec<u8> {
    match error.encode(cx).frame {
        Some(Frame::Binary(bytes)) => bytes.into_vec(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_frame_of_message_pack_is_what_the_format_says() {
    let expected = b"\x83\xa4type\xa5error\xa4code\xa4Full\xa1s\xff";
    assert_eq!(bytes(&Exact::Full, &MessagePack("")), expected);
    assert!(MessagePack("x").0 == "x");
}

#[test]
fn each_format_comes_back_as_what_was_sent() {
    let decoder = Decoder::of::<E>();
    let late = || E::Late { by: -7, why: Some("traffic".into()) };
    let tagged = bytes(&late(), &Tagged { id: "r" });
    assert_eq!(tagged[..3], [1, 0xff, 0x85]);
    let cbor = bytes(&late(), &Cbor { id: "r" });
    assert_eq!(cbor[0], 0x84);
    for (frame, context) in [(&tagged, "Tagged"), (&cbor, "Cbor")] {
        let decoded = decoder.decode_binary(frame);
        let (name, message, fields) = read(&decoded);
        assert_eq!(name, "Late");
        assert_eq!(message, Some(json!("late by -7")));
        assert_eq!(fields, json!({ "by": -7, "why": "traffic" }));
        let received = decoded.received().unwrap();
        assert_eq!(received.context().unwrap().name, context);
        assert_eq!(received.value::<String>("id").unwrap().as_deref(), Some("r"));
    }
    for frame in [bytes(&E::Full, &Bytes { id: "r" }), bytes(&E::Full, &Own { id: "r" })] {
        let decoded = decoder.decode_binary(&frame);
        let (name, message, _) = read(&decoded);
        assert_eq!((name.as_str(), message), ("Full", Some(json!("the room is full"))));
        assert_eq!(
            decoded.received().unwrap().value::<String>("id").unwrap().as_deref(),
            Some("r")
        );
    }
    assert_eq!(bytes(&E::Full, &Bytes { id: "r" }), b"Full r: the room is full\n");
    assert_eq!(bytes(&E::Full, &Own { id: "r" }), b"Full|r|the room is full");
    assert_eq!(bytes(&E::Full, &Sealed), b"Full||the room is full");
}

#[test]
fn no_bytes_make_the_decoder_fail_and_a_cut_frame_is_no_error() {
    let decoder = Decoder::of::<E>();
    let tagged = bytes(&E::Full, &Tagged { id: "r" });
    for end in 0..tagged.len() {
        assert!(decoder.decode_binary(&tagged[..end]).is_foreign(), "{end}");
    }
    let deep = [0x91_u8; 100_000];
    assert!(decoder.decode_binary(&deep).is_foreign());
    let deep = [0x81_u8; 100_000];
    assert!(decoder.decode_binary(&deep).is_foreign());
    let mut random = 1_u32;
    for _ in 0..5_000 {
        let frame: Vec<u8> = (0..24)
            .map(|_| {
                random = random.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                (random >> 24) as u8
            })
            .collect();
        assert!(decoder.decode_binary(&frame).entry().is_none());
    }
}
