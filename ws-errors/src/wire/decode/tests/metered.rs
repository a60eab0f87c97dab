//! A catalog as the derive writes it.

use serde_json::json;

use crate::fixture::METERED;
use crate::wire::{Decoded, Decoder};

fn known(decoded: Decoded) -> (&'static str, crate::wire::Received) {
    match decoded {
        Decoded::Known(entry, received) => (entry.name, received),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_message_gives_the_entry_its_context_and_the_values() {
    let decoder = Decoder::new(&METERED);
    let (name, received) = known(decoder.decode(
        r#"{"type":"error","requestId":"pub-2","code":"channel_not_authorized","message":"not authorized: x"}"#,
    ));
    assert_eq!(name, "channel_not_authorized");
    assert_eq!((received.context_index(), received.context().unwrap().name), (0, "Correlation"));
    assert_eq!(received.code(), Some(&json!("channel_not_authorized")));
    assert_eq!(received.text(), Some("not authorized: x"));
    assert_eq!(received.value::<&str>("request_id").unwrap(), Some("pub-2"));
    assert!(received.fields().is_empty(), "a message's text is not taken apart");

    let (name, received) = known(decoder.decode(
        r#"[4,null,"http://domain/exceptions#channel_not_authorized","",{"channel":"x"}]"#,
    ));
    assert_eq!(name, "channel_not_authorized");
    assert_eq!((received.context_index(), received.context().unwrap().name), (1, ""));
    assert_eq!(received.value::<String>("channel").unwrap(), Some("x".to_owned()));
    assert!(received.value::<u8>("channel").is_err());
}

#[test]
fn a_code_newer_than_the_client_is_unknown_and_not_foreign() {
    let decoded = Decoder::new(&METERED).decode(
        r#"{"type":"error","requestId":"pub-2","code":"newer","message":"text","since":2}"#,
    );
    let Decoded::Unknown(received) = &decoded else { panic!("{decoded:?}") };
    assert_eq!(received.code(), Some(&json!("newer")));
    assert_eq!(received.text(), Some("text"));
    assert_eq!(received.value::<String>("request_id").unwrap(), Some("pub-2".to_owned()));
    assert_eq!(decoded.retry(), Some(&METERED.codes.unknown));
}

#[test]
fn ordinary_traffic_is_foreign() {
    let decoder = Decoder::new(&METERED);
    for text in [
        r#"{"type":"message","data":{"code":"backend_error","message":"text"}}"#,
        r#"{"type":"error"}"#,
        r#"{"type":"error","code":7,"message":"text"}"#,
        r#"[4,null,"http://elsewhere#backend_error","text"]"#,
        r#"[3,null,{}]"#,
        "{}",
        "[]",
        "null",
        "",
        "PING",
        r#"{"type":"error","code":"backend_error","message":"#,
        r#"{"type":"error","code":"backend_error","message":"text"} {}"#,
    ] {
        assert!(decoder.decode(text).is_foreign(), "{text}");
    }
}

#[test]
fn nesting_without_end_is_foreign_and_never_overflows() {
    let decoder = Decoder::new(&METERED);
    for open in ["[", r#"{"type":"#, r#"{"type":"error","code":"backend_error","message":["#] {
        assert!(decoder.decode(&open.repeat(1_000_000)).is_foreign());
    }
}
