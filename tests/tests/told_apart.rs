//! Frames whose readings are near each other are read as what they are, and what was sent comes back.
//! The generated TypeScript is asked the same (`tests/typescript`).

use serde_json::Value;
use tests::readings::{self, Read, ReadClose};
use tests::told_apart::{Sent, all};
use ws_errors::Decoder;
use ws_errors::wire::Decoded;

fn kind(decoded: &Decoded) -> Option<&'static str> {
    match decoded {
        Decoded::Known(entry, _) => Some(entry.name),
        Decoded::Unknown(_) => Some("$unknown"),
        Decoded::Foreign => None,
    }
}

#[test]
fn an_entry_that_a_constant_of_its_own_tells_comes_back_as_what_was_sent() {
    for Sent { catalog, entry, output } in all().into_iter().chain(readings::sent()) {
        let text = output.text().expect("a message");
        for decoder in [Decoder::new(catalog), Decoder::new(catalog).checking_types()] {
            let decoded = decoder.decode(text);
            assert_eq!(kind(&decoded), Some(entry.name), "{text}: {decoded:?}");
        }
    }
}

#[test]
fn a_frame_that_is_near_another_is_read_as_what_it_is() {
    for Read { catalog, frame, kind: expected, fields } in readings::frames() {
        for decoder in [Decoder::new(catalog), Decoder::new(catalog).checking_types()] {
            let decoded = decoder.decode(frame);
            assert_eq!(kind(&decoded), expected, "{}: {frame}", catalog.name);
            for (name, value) in fields {
                let received = decoded.received().and_then(|received| received.fields().get(name));
                assert_eq!(received.and_then(Value::as_str), Some(*value), "{name} of {frame}");
            }
        }
    }
}

#[test]
fn a_reason_is_compared_where_a_code_alone_says_too_little() {
    for ReadClose { catalog, close: (code, reason), kind: expected } in readings::closes() {
        let closed = Decoder::new(catalog).closed(code, reason);
        let kind = closed.entry().map_or("$unknown", |entry| entry.name);
        assert_eq!(kind, expected, "{code} {reason}");
    }
}
