//! Rows C1 to C5: chat.

use super::*;

#[test]
fn c1_codes_are_numbers_in_messages_and_the_connection_stays() {
    let error = ChatError::ValidationError { detail: "Human-readable description".into() };
    let output = error.encode(&());
    assert_eq!(text(&output), r#"{"error":{"code":4003,"detail":"Human-readable description"}}"#);
    let messages: Vec<Value> = occurrences::chat()
        .iter()
        .map(|error| error.encode(&()))
        .filter(|output| output.frame.is_some())
        .inspect(|output| assert_eq!(output.close, None))
        .map(|output| value(&output)["error"]["code"].clone())
        .filter(|code| !code.is_null())
        .collect();
    assert_eq!(messages, [4002, 4003, 4003, 4003, 4004, 4005, 4006].map(Value::from));
}

#[test]
fn c2_failed_authentication_is_a_close_frame_and_never_a_message() {
    let output = ChatError::AuthenticationFailed.encode(&());
    assert_eq!(output.frame, None);
    assert_eq!(close(&output), Some((4001, "Authentication Failed")));
    assert_eq!(retry::<ChatError>("authentication_failed").kind, when("sign_in"));
    let closed = Decoder::of::<ChatError>().closed(4001, "Authentication Failed");
    assert_eq!(closed.entry().unwrap().name, "authentication_failed");
    let message = r#"{"error":{"code":4001,"detail":"no"}}"#;
    assert!(matches!(Decoder::of::<ChatError>().decode(message), Decoded::Unknown(_)));
}

#[test]
fn c3_detail_is_a_text_a_list_or_an_object_of_fields_that_nests() {
    let nested = json!({"name": ["This field is required."], "members": {"0": "No such user."}});
    let list = json!(["One.", "Two."]);
    let decoder = Decoder::of::<ChatError>();
    let mut seen = Vec::new();
    for error in occurrences::chat() {
        if let ChatError::ValidationError { detail } = &error {
            let output = error.encode(&());
            assert_eq!(value(&output)["error"]["detail"], serde_json::to_value(detail).unwrap());
            let Decoded::Known(entry, received) = decoder.decode(text(&output)) else {
                panic!("{output:?}")
            };
            assert_eq!(entry.name, "validation_error");
            seen.push(received.message().cloned().unwrap());
        }
    }
    assert_eq!(seen, [json!("Human-readable description"), list, nested]);
    // `Detail` is the type of it in Rust, and so in the schema that TypeScript is made of.
    let _: fn(&ChatError) -> Option<&Detail> = |error| match error {
        ChatError::ValidationError { detail } => Some(detail),
        _ => None,
    };
}

#[test]
fn c5_an_unknown_event_type_has_a_shape_without_a_code_and_decoders_know_both() {
    let output = ChatError::InvalidEventType.encode(&());
    assert_eq!(text(&output), r#"{"error":"invalid event type"}"#);
    let decoder = Decoder::of::<ChatError>();
    let entry_of = |text: &str| decoder.decode(text).entry().map(|entry| entry.name);
    assert_eq!(entry_of(text(&output)), Some("invalid_event_type"));
    assert_eq!(entry_of(r#"{"error":{"code":4005,"detail":"twice"}}"#), Some("integrity_error"));
}
