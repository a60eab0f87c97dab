//! Whatever a peer sends costs time and memory in proportion to its size.

#![expect(dead_code, reason = "what is only read is never made")]

use allocation_counter::measure;
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;
use ws_errors::wire::Decoded;
use ws_errors::{Decoder, WsError};

#[derive(Debug, Serialize, JsonSchema)]
#[serde(tag = "type", rename_all = "snake_case")]
enum Cause {
    All { causes: Vec<Cause> },
    Any { causes: Vec<Cause> },
    Leaf { text: String },
}

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(envelope = { "type": "error", "code": code, ..details })]
enum Nested {
    #[error("failed")]
    Failed { cause: Cause },
    #[error("rejected")]
    Rejected { values: Vec<i32> },
}

/// Causes in causes, as many levels deep, with the tag behind them.
fn nested(levels: usize, innermost: &str) -> String {
    let open = r#"{"causes":["#.repeat(levels);
    let close = r#"],"type":"all"}"#.repeat(levels);
    format!(r#"{{"type":"error","code":"Failed","cause":{open}{innermost}{close}}}"#)
}

#[test]
fn frames_nest_up_to_a_bound_which_is_the_same_in_all_formats() {
    #[derive(Debug, thiserror::Error, WsError)]
    #[ws_error(envelope = msgpack({ "code": code, "value": self.value }))]
    enum Packed {
        #[error("failed")]
        #[ws_error(code = 1)]
        Failed { value: Value },
        #[error("text")]
        #[ws_error(code = 2, envelope = { "code": code, "value": self.value })]
        Text { value: Value },
        #[error("binary")]
        #[ws_error(code = 3, envelope = cbor({ "code": code, "value": self.value }))]
        Cbor { value: Value },
    }
    // {"code":CODE,"value":[[…]]}, whose object is a level, too.
    let packed = |levels: usize, head: &[u8], [outer, inner]: [u8; 2]| {
        let open = std::iter::repeat_n(outer, levels - 1);
        head.iter().copied().chain(open).chain([inner]).collect::<Vec<u8>>()
    };
    let decoder = Decoder::of::<Packed>().checking_types();
    let said = |decoded: Decoded| decoded.entry().map(|entry| entry.name);
    for (levels, is_known) in [(1, true), (126, true), (127, false), (1_000_000, false)] {
        let name = |name| is_known.then_some(name);
        let message_pack = packed(levels, MESSAGE_PACK, [0x91, 0x90]);
        assert_eq!(said(decoder.decode_binary(&message_pack)), name("Failed"), "{levels}");
        let cbor = packed(levels, b"\xa2\x64code\x03\x65value", [0x81, 0x80]);
        assert_eq!(said(decoder.decode_binary(&cbor)), name("Cbor"), "{levels}");
        let value = format!("{}{}", "[".repeat(levels), "]".repeat(levels));
        let text = format!(r#"{{"code":2,"value":{value}}}"#);
        assert_eq!(said(decoder.decode(&text)), name("Text"), "{levels}");
    }
    // Keys that nest are no keys.
    let keys = packed(1_000_000, MESSAGE_PACK, [0x81, 0x80]);
    assert!(decoder.decode_binary(&keys).is_foreign());
}

const MESSAGE_PACK: &[u8] = b"\x82\xa4code\x01\xa5value";

#[test]
fn what_is_foreign_costs_no_memory() {
    let decoder = Decoder::of::<Nested>();
    let numbers = "0 ".repeat(500_000);
    let list = format!("[{}0]", "0,".repeat(500_000));
    let traffic = format!(r#"{{"type":"message","data":[{}0]}}"#, "0,".repeat(500_000));
    let lines = r#"{"type":"message","data":[0]} "#.repeat(30_000);
    let messages = format!("[{}{{}}]", r#"{"type":"message"},"#.repeat(30_000));
    for frame in [&numbers, &list, &traffic, &lines, &messages] {
        let used = measure(|| assert!(decoder.decode_all(frame).is_empty()));
        assert!(used.bytes_max < 4096, "{used:?} for {}", &frame[..40]);
        let used = measure(|| assert!(decoder.decode(frame).is_foreign()));
        assert!(used.bytes_max < 4096, "{used:?} for {}", &frame[..40]);
    }
}

#[test]
fn a_wide_field_costs_about_what_its_value_costs() {
    let decoder = Decoder::of::<Nested>();
    let frame =
        format!(r#"{{"type":"error","code":"Rejected","values":[{}0]}}"#, "0,".repeat(500_000));
    let value = measure(|| drop(serde_json::from_str::<Value>(&frame).unwrap()));
    let decoded = measure(|| assert!(decoder.decode(&frame).entry().is_some()));
    let all = measure(|| assert_eq!(decoder.decode_all(&frame).len(), 1));
    println!("{} bytes: {value:?}, {decoded:?}, {all:?}", frame.len());
    assert!(decoded.bytes_max <= value.bytes_max * 3 / 2, "{decoded:?}, {value:?}");
    assert!(all.bytes_max <= value.bytes_max * 3 / 2, "{all:?}, {value:?}");
}

/// Each of them took twice as long for each level: 25 levels were 15 seconds.
#[test]
fn how_long_types_take_to_check_does_not_double_with_each_level() {
    let decoder = Decoder::of::<Nested>().checking_types();
    // With 2^100 steps it would not come to an end.
    let leaf = r#"{"text":"t","type":"leaf"}"#;
    assert!(decoder.decode(&nested(50, leaf)).entry().is_some());
    for wrong in [r#"{"causes":[],"type":"x"}"#, r#"{"text":7,"type":"leaf"}"#, "7"] {
        let decoded = decoder.decode(&nested(50, wrong));
        assert!(matches!(decoded, Decoded::Unknown(_)), "{wrong}");
    }
}
