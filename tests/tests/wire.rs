//! What holds for every error of every catalog, from the enum to bytes and back.

use std::collections::BTreeSet;

use catalog::metered::Correlation;
use catalog::{ChatError, MeteredError};
use serde::Serialize;
use serde_json::json;
use tests::occurrences::{self, SECRET};
use ws_errors::wire::{Decoded, MAX_ECHO};
use ws_errors::{Decoder, Envelope, Frame, Output, WsError};

#[test]
fn every_entry_of_every_catalog_occurs_here() {
    let seen: BTreeSet<(&str, &str)> = occurrences::all()
        .iter()
        .map(|occurrence| (occurrence.catalog.name, occurrence.entry.name))
        .collect();
    let declared: BTreeSet<(&str, &str)> = occurrences::catalogs()
        .iter()
        .flat_map(|catalog| catalog.entries.iter().map(|entry| (catalog.name, entry.name)))
        .collect();
    assert_eq!(seen, declared);
}

#[test]
fn nothing_of_a_display_text_or_a_source_is_in_any_frame() {
    let mut with_secret = 0;
    for occurrence in occurrences::all() {
        let sent = format!("{:?}", occurrence.output);
        assert!(!sent.contains(SECRET), "{} leaks: {sent}", occurrence.entry.name);
        with_secret += usize::from(occurrence.display.contains(SECRET));
        if occurrence.entry.internal {
            assert!(!sent.contains(&occurrence.display), "{sent}");
        }
    }
    assert!(with_secret > 0, "a marker that is nowhere would prove nothing");
}

#[test]
fn what_asks_for_its_display_text_sends_it() {
    #[derive(Debug, thiserror::Error, WsError)]
    #[ws_error(envelope = { "code": code, "message": message })]
    enum Asks {
        #[error("the room {room} is full")]
        #[ws_error(message = display)]
        Full { room: String },
    }
    let output = Asks::Full { room: "a \"b\"".into() }.encode(&());
    assert_eq!(output.text(), Some(r#"{"code":"Full","message":"the room a \"b\" is full"}"#));
}

#[test]
fn every_message_decodes_to_its_entry_with_its_fields_and_context() {
    for occurrence in occurrences::all() {
        let Some(text) = occurrence.output.text() else { continue };
        let Decoded::Known(entry, received) = Decoder::new(occurrence.catalog).decode(text) else {
            panic!("{text} is known")
        };
        assert_eq!(entry.name, occurrence.entry.name);
        for field in entry.fields.iter().filter(|field| field.in_details) {
            let sent: serde_json::Value = serde_json::from_str(text).unwrap();
            if let Some(value) = received.fields().get(field.name) {
                let found = sent.to_string().contains(&value.to_string());
                assert!(found, "{value} of {} in {text}", field.name);
            }
        }
    }
}

#[test]
fn a_code_newer_than_the_client_is_ours_and_unknown_and_other_traffic_is_not_ours() {
    let decoder = Decoder::of::<MeteredError>();
    let newer = r#"{"type":"error","requestId":"r-1","code":"channel_melted","message":"oh"}"#;
    let Decoded::Unknown(received) = decoder.decode(newer) else { panic!("unknown") };
    assert_eq!(received.code(), Some(&json!("channel_melted")));
    assert_eq!(received.text(), Some("oh"));
    assert_eq!(received.value::<String>("request_id").unwrap().as_deref(), Some("r-1"));
    for foreign in [
        r#"{"type":"message","channel":"a","data":{"type":"error"}}"#,
        r#"{"type":"ack","requestId":"r-1"}"#,
        "[1,2]",
        "null",
        "",
        "{",
    ] {
        assert!(decoder.decode(foreign).is_foreign(), "{foreign}");
    }
}

#[test]
fn an_error_without_values_is_a_borrowed_constant_and_costs_no_allocation() {
    let output = ChatError::InvalidEventType.encode(&());
    let Some(Frame::Text(text)) = &output.frame else { panic!("{output:?}") };
    assert_eq!(text.constant(), Some(&**text));
    let constant = allocation_counter::measure(|| drop(ChatError::InvalidEventType.encode(&())));
    assert_eq!(constant.count_total, 0);
    // The first use of a catalog unfolds it, and the first of an entry makes its plan.
    drop(MeteredError::InvalidToken.encode(&Correlation::default()));
    let close = allocation_counter::measure(|| {
        drop(MeteredError::InvalidToken.encode(&Correlation::default()))
    });
    assert_eq!(close.count_total, 0);
    let error = MeteredError::ChannelNotAuthorized { channel: "other-app/room-1".into() };
    let cx = Correlation { request_id: Some("pub-2") };
    drop(error.encode(&cx));
    let dynamic = allocation_counter::measure(|| drop(error.encode(&cx)));
    assert_eq!(dynamic.count_total, 1, "a frame with values is one allocation");
}

#[test]
fn an_error_is_appended_to_a_text_that_is_used_again_without_allocation() {
    let cx = Correlation { request_id: Some("pub-2") };
    let mut text = String::from("before ");
    for error in [
        MeteredError::ChannelNotAuthorized { channel: "other-app/room-1".into() },
        MeteredError::MissingData,
        MeteredError::InvalidToken,
    ] {
        text.truncate("before ".len());
        let rest = error.encode_into(&cx, &mut text);
        let whole = error.encode(&cx);
        assert_eq!(text, format!("before {}", whole.text().unwrap_or_default()));
        assert_eq!(rest, Output { frame: None, ..whole });
        text.truncate("before ".len());
        let again = allocation_counter::measure(|| drop(error.encode_into(&cx, &mut text)));
        assert_eq!(again.count_total, 0, "{error:?}");
    }
}

#[test]
fn a_clone_of_a_shared_output_allocates_nothing() {
    let error = MeteredError::ChannelNotAuthorized { channel: "other-app/room-1".into() };
    let output = error.encode(&Correlation { request_id: Some("pub-2") }).shared();
    // The first clone makes what is shared.
    let first = output.clone();
    let clones = allocation_counter::measure(|| {
        for _ in 0..100 {
            drop(first.clone());
        }
    });
    assert_eq!(clones.count_total, 0);
    assert_eq!(first.text().map(str::as_ptr), output.text().map(str::as_ptr));
}

#[test]
fn ordinary_traffic_allocates_nothing_wherever_it_is_told_from_errors() {
    let decoder = Decoder::of::<MeteredError>();
    for text in [
        r#"{"type":"message","data":{"text":"hello","tags":["a","b"]},"at":1731234567}"#,
        r#"{"data":{"text":"hello","tags":["a","b"]},"at":1731234567,"type":"message"}"#,
        r#"{"data":["error",{"type":"error"},-1.5e3],"text":"a \"quote\"","type":"message"}"#,
        r#"{"type":"error","requestId":"pub-2","message":"no code"}"#,
        r#"{"type":"error","requestId":"pub-2""#,
        r#"["error"]"#,
        "PING",
        "",
    ] {
        let traffic = allocation_counter::measure(|| assert!(decoder.decode(text).is_foreign()));
        assert_eq!(traffic.count_total, 0, "{text}");
    }
}

#[test]
fn an_error_is_read_however_its_strings_are_escaped() {
    let decoder = Decoder::of::<MeteredError>();
    let plain = r#"{"type":"error","requestId":"pub/2","code":"missing_data","message":"missing field: data"}"#;
    let entry = decoder.decode(plain);
    assert!(entry.entry().is_some_and(|entry| entry.name == "missing_data"));
    for (from, to) in [
        ("error", r"\u0065rror"),
        ("type", r"t\u0079pe"),
        ("missing_data", r"missing\u005Fdata"),
        ("pub/2", r"pub\/2"),
    ] {
        let escaped = plain.replacen(from, to, 1);
        assert_eq!(format!("{:?}", decoder.decode(&escaped)), format!("{entry:?}"), "{escaped}");
    }
}

#[test]
fn an_error_travels_inside_an_applications_own_message() {
    #[derive(Serialize)]
    #[serde(untagged)]
    enum ServerMessage<E> {
        Error(E),
    }
    let error = MeteredError::ChannelReserved { channel: "_system/x".into() };
    let cx = Correlation { request_id: Some("r-7") };
    let message = ServerMessage::Error(error.with(&cx));
    let sent = serde_json::to_string(&message).unwrap();
    assert_eq!(Some(sent.as_str()), error.encode(&cx).text(), "member order included");
    let close = ServerMessage::Error(MeteredError::InvalidToken.with(&cx));
    assert_eq!(serde_json::to_string(&close).unwrap(), "null");
}

#[test]
fn errors_of_several_enums_are_objects_of_one_type_where_the_context_is_fixed() {
    #[derive(Debug, thiserror::Error, WsError)]
    #[ws_error(envelope = { "oops": code })]
    enum Other {
        #[error("gone")]
        Gone,
    }
    let errors: Vec<Box<dyn Envelope>> =
        vec![Box::new(ChatError::InvalidEventType), Box::new(Other::Gone)];
    let frames: Vec<String> = errors
        .iter()
        .map(|error| error.encode(&()).text().unwrap_or_default().to_owned())
        .collect();
    assert_eq!(frames, [r#"{"error":"invalid event type"}"#, r#"{"oops":"Gone"}"#]);
    assert_eq!(errors[1].entry().name, "Gone");
    assert_eq!(serde_json::to_string(&errors[1].with(&())).unwrap(), frames[1]);
}

#[test]
fn a_value_of_the_clients_is_cut_before_it_decides_how_much_is_sent_back() {
    let error = MeteredError::ChannelNotAuthorized { channel: "é".repeat(1_000_000) };
    let output = error.encode(&Correlation::default());
    assert!(output.text().unwrap().len() < 1200);
    assert!(Decoder::of::<MeteredError>().decode(output.text().unwrap()).entry().is_some());
}

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(catalog = "echoes", envelope = { "code": code, "message"?: message, ..details })]
enum Echoes {
    #[error("an echo")]
    #[ws_error(message = "no room {room}")]
    NoRoom { room: String, hint: String },
    #[error("an echo that is asked for as it is")]
    #[ws_error(message = "no room {room}")]
    Whole {
        #[ws_error(whole)]
        room: String,
    },
    #[error("an echo in the close reason")]
    #[ws_error(soft_then_close(4004, "{reason}"))]
    Reason { reason: Box<str> },
}

#[test]
fn a_field_that_a_text_shows_is_cut_wherever_it_stands_unless_it_is_asked_for_whole() {
    let long = || "é".repeat(2_000);
    let lengths = |error: Echoes, keys: [&str; 2]| {
        let output = error.encode(&());
        let frame: serde_json::Value = serde_json::from_str(output.text().unwrap()).unwrap();
        keys.map(|key| frame[key].as_str().map_or(0, str::len))
    };
    // What no text shows is data, and whole.
    let error = Echoes::NoRoom { room: long(), hint: long() };
    assert_eq!(lengths(error, ["room", "hint"]), [MAX_ECHO, 4_000]);
    let error = Echoes::Reason { reason: long().into() };
    assert_eq!(lengths(error, ["reason", "message"]), [MAX_ECHO, 0]);
    let error = Echoes::Whole { room: long() };
    assert_eq!(lengths(error, ["room", "message"]), [4_000, MAX_ECHO + "no room ".len()]);
}

/// The same frames go through the generated TypeScript: `tests/run typescript`.
#[test]
fn a_known_code_whose_fields_have_changed_is_unknown_and_keeps_its_code() {
    let rows: Vec<serde_json::Value> =
        serde_json::from_str(include_str!("../src/changed.json")).unwrap();
    assert!(rows.len() > 50);
    for row in rows {
        let catalogs = occurrences::catalogs();
        let catalog = catalogs.iter().find(|catalog| row["catalog"] == catalog.name).unwrap();
        let frame = row["frame"].as_str().unwrap();
        let decoded = Decoder::new(catalog).checking_types().decode(frame);
        let kind = match decoded.entry() {
            Some(entry) => Some(entry.name),
            None => decoded.received().map(|_| "$unknown"),
        };
        assert_eq!(kind, row["kind"].as_str(), "{frame}");
        if kind == Some("$unknown") {
            assert!(decoded.received().unwrap().code().is_some(), "{frame}");
        }
    }
}
