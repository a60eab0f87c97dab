//! How a frame is read where two readings are near each other. The rules are in the documentation of
//! `ws_errors_core::reading`; TypeScript goes by the same ones (`tests/typescript`).

#![expect(dead_code, reason = "what is only read is never made")]

#[path = "reading/kinds.rs"]
mod kinds;
#[path = "reading/order.rs"]
mod order;

use serde_json::{Value, json};
use tests::readings::catalogs::{
    Accents, Anything, CatchAll, Closing, Domains, Legacy, NamesAndCodes, Namespace, Nullable,
    Packets, Plain, Request, Shared, Texts, Words,
};
use ws_errors::wire::Decoded;
use ws_errors::{Decoder, Envelope, WsError};

/// The entry's name, `unknown CODE`, or `foreign`.
fn said(decoded: &Decoded) -> String {
    match decoded {
        Decoded::Known(entry, _) => entry.name.to_owned(),
        Decoded::Unknown(received) => match received.code() {
            Some(code) => format!("unknown {code}"),
            None => "unknown".to_owned(),
        },
        Decoded::Foreign => "foreign".to_owned(),
    }
}

fn read<E: WsError>(frame: &str) -> String {
    said(&Decoder::of::<E>().decode(frame))
}

/// What is read of a frame that was sent, and its fields.
fn back<E: Envelope<Cx>, Cx>(error: &E, cx: &Cx) -> (String, Value, Value) {
    let output = error.encode(cx);
    let frame = output.text().expect("a text frame");
    let decoded = Decoder::new(error.catalog_of()).decode(frame);
    let received = decoded.received().unwrap_or_else(|| panic!("foreign: {frame}"));
    let object = |values: &ws_errors::wire::Values| {
        Value::Object(values.iter().map(|(key, value)| (key.to_owned(), value.clone())).collect())
    };
    (said(&decoded), object(received.fields()), object(received.context_values()))
}

trait CatalogOf {
    fn catalog_of(&self) -> &'static ws_errors::catalog::Catalog;
}

impl<E: WsError> CatalogOf for E {
    fn catalog_of(&self) -> &'static ws_errors::catalog::Catalog {
        E::catalog()
    }
}

#[test]
fn a_word_that_no_entry_has_makes_a_text_frame_no_error() {
    assert_eq!(read::<Words>("FAIL ALPHA :other"), "Alpha");
    assert_eq!(read::<Words>("WARN GAMMA :other"), "Gamma");
    assert_eq!(read::<Words>("FAIL GAMMA :other"), r#"unknown "GAMMA""#);
    assert_eq!(read::<Words>("FAIL NEW :x"), r#"unknown "NEW""#);
    assert_eq!(read::<Words>("NOTE NEW :x"), "foreign");
}

#[test]
fn a_constant_that_differs_between_entries_is_part_of_each() {
    assert_eq!(back(&Domains::B, &()).0, "B");
    assert_eq!(back(&Domains::C, &()).0, "C");
    // In JSON it is open where the code is new.
    assert_eq!(read::<Domains>(r##"{"type":"error","uri":"z#New"}"##), r#"unknown "New""#);
    assert_eq!(read::<Domains>(r##"{"type":"error","uri":"b#A"}"##), r#"unknown "A""#);
}

#[test]
fn of_entries_without_a_code_the_one_with_a_text_of_its_own_has_that_text() {
    let read = read::<Texts>;
    assert_eq!(read(r#"{"type":"error","message":"Not authorized"}"#), "Middleware");
    assert_eq!(read(r#"{"type":"error","message":"Not authorized","data":1}"#), "Middleware");
    assert_eq!(read(r#"{"type":"error","message":"Invalid namespace"}"#), "Namespace");
}

#[test]
fn ordinary_traffic_is_no_error_where_nothing_of_an_envelope_is_constant() {
    assert_eq!(read::<Plain>(r#"{"message":"full","id":"1"}"#), "Full");
    for frame in ["{}", r#"{"id":"1"}"#, r#"{"message":7}"#, r#"{"message":"new","id":"1"}"#] {
        assert_eq!(read::<Plain>(frame), "foreign", "{frame}");
    }
    assert_eq!(read::<Plain>(r#"{"message":"full","id":"1","room":7}"#), "foreign");
    assert_eq!(back(&Plain::Gone, &Request { id: "1" }).2, json!({"id": "1"}));
}

#[test]
fn a_declared_code_is_never_a_catch_alls() {
    let frame = |name: &str, code: i64| {
        format!(r#"{{"type":"error","errorType":"{name}","errorCode":{code}}}"#)
    };
    assert_eq!(read::<NamesAndCodes>(&frame("BadRequest", 400)), "BadRequest");
    assert_eq!(read::<NamesAndCodes>(&frame("New", 400)), "unknown 400");
    assert_eq!(read::<NamesAndCodes>(&frame("Other", 400)), "unknown 400");
    assert_eq!(read::<NamesAndCodes>(&frame("Other", 401)), "Other");

    // The same where the catch-all has an envelope of its own.
    assert_eq!(read::<CatchAll>(r#"{"type":"error","code":"LIMIT","limit":5}"#), "Limit");
    assert_eq!(read::<CatchAll>(r#"{"type":"error","code":"LIMIT"}"#), r#"unknown "LIMIT""#);
    assert_eq!(read::<CatchAll>(r#"{"type":"error","code":"NEW"}"#), "Other");
}

#[test]
fn of_entries_with_one_code_a_text_that_none_has_is_unknown() {
    assert_eq!(read::<Shared>(r#"{"code":1003,"message":"full"}"#), "Full");
    assert_eq!(read::<Shared>(r#"{"code":1003,"message":"gone: a"}"#), "Gone");
    assert_eq!(read::<Shared>(r#"{"code":1003,"message":"empty"}"#), "unknown 1003");
    // No other text is compared.
    assert_eq!(read::<Shared>(r#"{"code":1004,"message":"too late"}"#), "Late");
}

#[test]
fn null_is_absent_in_an_optional_place_and_a_value_elsewhere() {
    for decoder in [Decoder::of::<Nullable>(), Decoder::of::<Nullable>().checking_types()] {
        for frame in
            [r#"{"code":"Limit","id":null,"limit":null}"#, r#"{"code":"Limit","limit":null}"#]
        {
            let decoded = decoder.decode(frame);
            assert_eq!(said(&decoded), "Limit", "{frame}");
            let received = decoded.received().unwrap();
            assert_eq!(received.context_values().get("id"), None, "{frame}");
            assert_eq!(received.fields().get("limit"), Some(&Value::Null), "{frame}");
        }
        // A code is constant enough for members that no envelope shows.
        let more = r#"{"code":"Limit","id":null,"limit":1,"more":1}"#;
        assert_eq!(said(&decoder.decode(more)), "Limit");
    }
    assert_eq!(back(&Nullable::Limit { limit: None }, &Anything { id: None }).0, "Limit");
}

#[test]
fn text_before_json_keeps_its_values() {
    for ns in ["/admin", "/a,b", ",", "{", "/{\"code\":1},"] {
        let (name, _, context) = back(&Packets::Gone, &Namespace { ns });
        assert_eq!((name.as_str(), &context["ns"]), ("Gone", &json!(ns)));
    }
}

#[test]
fn our_own_frame_is_read_whatever_its_slots_hold() {
    #[derive(Debug, thiserror::Error, WsError)]
    #[ws_error(envelope = "{code}:{self.channel:percent}:{message}")]
    enum Colons {
        #[error("denied")]
        #[ws_error(code = "denied", message = "no way in")]
        Denied { channel: String },
        #[error("full")]
        #[ws_error(code = "full", message = "full")]
        Full { channel: String },
    }
    for channel in ["/a", "/a:b", ":", "", "denied:full:full"] {
        let (name, fields, _) = back(&Colons::Full { channel: channel.into() }, &());
        assert_eq!((name.as_str(), &fields["channel"]), ("Full", &json!(channel)));
    }

    struct Cx {
        before: String,
    }
    #[derive(Debug, thiserror::Error, WsError)]
    #[ws_error(envelope(Cx) = "[{cx.before}," + { "error": code } + "]")]
    enum Listed {
        #[error("gone")]
        Gone,
    }
    for before in ["1", "1,2", "{\"error\":\"Gone\"},7", "],[", ""] {
        let (name, _, context) = back(&Listed::Gone, &Cx { before: before.into() });
        assert_eq!(name, "Gone", "{before}");
        let expected = if before.is_empty() { json!("") } else { json!(before) };
        assert_eq!(context["before"], expected);
    }
}

#[test]
fn characters_are_counted_and_not_bytes() {
    assert_eq!(read::<Accents>(r#"{"error":"ééabc"}"#), "Three");
    assert_eq!(read::<Accents>(r#"{"error":"ééab"}"#), "Two");
}

#[test]
fn what_closes_is_read_as_the_message_that_an_old_client_gets_for_it() {
    assert_eq!(back(&Closing::Token, &Legacy).0, "Token");
    assert_eq!(said_of_close::<Closing>(4001, "token"), "Token");
}

fn said_of_close<E: WsError>(code: u16, reason: &str) -> &'static str {
    Decoder::of::<E>().closed(code, reason).entry().map_or("unknown", |entry| entry.name)
}

#[test]
fn a_reason_is_compared_where_entries_share_a_code_or_the_code_is_a_standard_one() {
    #[derive(Debug, thiserror::Error, WsError)]
    enum Reasons {
        #[error("bye")]
        #[ws_error(close(1000, "going away"))]
        Going,
        #[error("token")]
        #[ws_error(close(4001, "token"))]
        Token,
        #[error("lost")]
        #[ws_error(observed(1006))]
        Lost,
    }
    assert_eq!(said_of_close::<Reasons>(1000, "going away"), "Going");
    assert_eq!(said_of_close::<Reasons>(1000, ""), "unknown");
    assert_eq!(said_of_close::<Reasons>(4001, "other words"), "Token");
    assert_eq!(said_of_close::<Reasons>(1006, "a library's own words"), "Lost");
}

#[test]
fn types_are_checked_where_that_is_asked_for_whatever_the_features_are() {
    #[derive(Debug, thiserror::Error, WsError)]
    #[ws_error(envelope = { "code": code, ..details })]
    enum Typed {
        #[error("limit")]
        Limit { limit: u32 },
    }
    let wrong = r#"{"code":"Limit","limit":"5"}"#;
    let decoder = Decoder::of::<Typed>();
    let decoded = decoder.decode(wrong);
    assert_eq!(said(&decoded), "Limit");
    assert_eq!(decoded.received().unwrap().value::<u32>("limit").unwrap(), Some(5));
    let checking = decoder.checking_types();
    assert_eq!(said(&checking.decode(wrong)), r#"unknown "Limit""#);
    assert_eq!(said(&checking.decode(r#"{"code":"Limit","limit":5}"#)), "Limit");
}
