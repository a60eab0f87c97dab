//! The documented facts of the five catalogs, each by its row.

use std::time::Duration;

use catalog::chat::Detail;
use catalog::instant::{Call, Resource};
use catalog::materi::Moment;
use catalog::metered::Correlation;
use catalog::rooms::Meta;
use catalog::{ChatError, InstantError, MateriError, MeteredError, RoomsError};
use serde_json::{Value, json};
use tests::occurrences;
use ws_errors::catalog::{Code, Delivery, Entry, Jitter, Retry, RetryKind, UserMessage, Wait};
use ws_errors::wire::{Closed, Decoded};
use ws_errors::{CloseCode, Decoder, Envelope, Output, WsError};

const MOMENT: Moment<'_> = Moment { timestamp: "2025-01-07T10:30:00Z" };

fn text(output: &Output) -> &str {
    output.text().expect("a text frame")
}

fn value(output: &Output) -> Value {
    serde_json::from_str(text(output)).expect("JSON")
}

fn close(output: &Output) -> Option<(u16, &str)> {
    let close = output.close.as_ref()?;
    Some((close.code()?.get(), close.reason()))
}

fn entry<E: WsError>(name: &str) -> &'static Entry {
    E::catalog().entry(name).unwrap_or_else(|| panic!("the entry {name}"))
}

fn retry<E: WsError>(name: &str) -> &'static Retry {
    E::catalog().retry(entry::<E>(name))
}

/// materi's back-off (M6).
const BACKOFF: Retry = Retry {
    kind: RetryKind::Backoff { base: Duration::from_secs(1), max: Duration::from_secs(30) },
    attempts: Some(10),
    jitter: Jitter::Add(Duration::from_secs(1)),
    spread: None,
};

fn when(action: &'static str) -> RetryKind {
    RetryKind::When { action, otherwise: None }
}

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

#[test]
fn r1_the_shape_with_its_optional_meta_and_a_message_that_comes_with_the_occurrence() {
    let meta = Meta { request_id: Some("abc-123"), timestamp: Some("2025-08-04T12:00:00Z") };
    let not_found = |resource: &str| RoomsError::NotFound { resource: resource.to_owned() };
    assert_eq!(
        text(&not_found("Room").encode(&meta)),
        r#"{"type":"error","data":{"code":4001,"message":"Room not found"},"meta":{"request_id":"abc-123","timestamp":"2025-08-04T12:00:00Z"}}"#
    );
    assert_eq!(
        text(&not_found("User").encode(&Meta { request_id: Some("abc-123"), timestamp: None })),
        r#"{"type":"error","data":{"code":4001,"message":"User not found"},"meta":{"request_id":"abc-123"}}"#
    );
    assert_eq!(
        text(&not_found("File").encode(&Meta { request_id: None, ..meta })),
        r#"{"type":"error","data":{"code":4001,"message":"File not found"},"meta":{"timestamp":"2025-08-04T12:00:00Z"}}"#
    );
    assert_eq!(
        text(&not_found("Room").encode(&Meta::default())),
        r#"{"type":"error","data":{"code":4001,"message":"Room not found"}}"#
    );
}

#[test]
fn r2_codes_are_4000_to_4005_and_5000_which_is_no_close_code() {
    let mut codes: Vec<i64> = RoomsError::catalog()
        .entries
        .iter()
        .filter_map(|entry| match entry.code {
            Code::Number(code) => Some(code),
            _ => None,
        })
        .collect();
    codes.sort_unstable();
    assert_eq!(codes, [4000, 4001, 4002, 4003, 4004, 4005, 5000]);
    assert!(CloseCode::new(5000).is_err());
    let output = RoomsError::InternalServerError("down".into()).encode(&Meta::default());
    assert_eq!(value(&output)["data"]["code"], 5000);
    assert_eq!(output.close, None);
}

#[test]
fn r3_unauthorized_is_a_message_and_then_a_close() {
    let output =
        RoomsError::Unauthorized { message: "Token expired".into() }.encode(&Meta::default());
    assert_eq!(text(&output), r#"{"type":"error","data":{"code":4003,"message":"Token expired"}}"#);
    assert_eq!(close(&output), Some((4003, "Unauthorized")));
    let decoder = Decoder::of::<RoomsError>();
    let message = decoder.decode(text(&output)).entry().map(|entry| entry.name);
    let closed = decoder.closed(4003, "Unauthorized").entry().map(|entry| entry.name);
    assert_eq!((message, closed), (Some("unauthorized"), Some("unauthorized")));
}

#[test]
fn r4_three_groups_of_which_one_is_only_observed_and_a_path_is_refused() {
    let sections: Vec<_> =
        RoomsError::catalog().entries.iter().filter_map(|entry| entry.section).collect();
    let mut groups = sections.clone();
    groups.dedup();
    assert_eq!(groups, ["Connection", "Application", "Transport"]);
    let lost = entry::<RoomsError>("connection_lost");
    assert!(matches!(lost.delivery, Delivery::Observed { code: Some(1006), .. }));
    assert!(matches!(
        entry::<RoomsError>("ping_timeout").delivery,
        Delivery::Observed { code: None, .. }
    ));
    assert!(matches!(
        entry::<RoomsError>("unsupported_path").delivery,
        Delivery::Rejected { status: Some(404), .. }
    ));
    for error in [
        RoomsError::ConnectionLost,
        RoomsError::PingTimeout,
        RoomsError::UnsupportedPath { path: "/".into() },
    ] {
        assert!(error.encode(&Meta::default()).is_empty(), "{error} is never sent");
    }
    let closed = Decoder::of::<RoomsError>().closed(1006, "");
    assert_eq!(closed.entry().map(|entry| entry.name), Some("connection_lost"));
}

#[test]
fn m1_the_shape_its_member_order_and_the_documents_example() {
    let error = MateriError::InsufficientPermissions {
        message: "You do not have write permissions for this document".into(),
        required_permission: "document:write".into(),
        user_permissions: vec!["document:read".into()],
    };
    assert_eq!(
        text(&error.encode(&MOMENT)),
        r#"{"type":"system","event":"error","data":{"error_code":"INSUFFICIENT_PERMISSIONS","message":"You do not have write permissions for this document","details":{"required_permission":"document:write","user_permissions":["document:read"]},"recoverable":false,"timestamp":"2025-01-07T10:30:00Z"}}"#
    );
    for (name, recoverable) in [
        ("VERSION_CONFLICT", true),
        ("RATE_LIMIT_EXCEEDED", true),
        ("OPERATION_TIMEOUT", true),
        ("AUTHENTICATION_FAILED", false),
        ("TOKEN_EXPIRED", false),
        ("INSUFFICIENT_PERMISSIONS", false),
        ("DOCUMENT_DELETED", false),
    ] {
        assert_eq!(entry::<MateriError>(name).recoverable, recoverable, "{name}");
        let frames = occurrences::all();
        for occurrence in frames.iter().filter(|occurrence| occurrence.entry.name == name) {
            assert_eq!(value(&occurrence.output)["data"]["recoverable"], recoverable);
        }
    }
    let without = value(&MateriError::DocumentDeleted.encode(&MOMENT));
    assert!(without["data"].get("details").is_none(), "details are optional");
}

#[test]
fn m2_nineteen_codes_in_five_groups_each_with_its_recovery() {
    let catalog = MateriError::catalog();
    let mut groups: Vec<(&str, usize)> = Vec::new();
    for entry in catalog.entries.iter().filter(|entry| entry.delivery.has_message()) {
        match groups.last_mut() {
            Some((section, count)) if entry.section == Some(section) => *count += 1,
            _ => groups.push((entry.section.unwrap(), 1)),
        }
    }
    assert_eq!(
        groups,
        [
            ("Connection", 4),
            ("Authentication", 4),
            ("Documents", 4),
            ("Operations", 4),
            ("System", 3)
        ]
    );
    for (name, kind) in [
        ("CONNECTION_FAILED", BACKOFF.kind),
        ("CONNECTION_TIMEOUT", BACKOFF.kind),
        ("PROTOCOL_ERROR", RetryKind::Never),
        ("AUTHENTICATION_FAILED", when("login")),
        ("TOKEN_EXPIRED", RetryKind::When { action: "refresh_token", otherwise: Some("login") }),
        ("TOKEN_REVOKED", when("login")),
        ("INSUFFICIENT_PERMISSIONS", RetryKind::Never),
        ("DOCUMENT_NOT_FOUND", RetryKind::Never),
        ("DOCUMENT_DELETED", RetryKind::Leave { code: 1000, reason: "Document deleted" }),
        ("VERSION_CONFLICT", when("sync")),
        ("INVALID_OPERATION", RetryKind::Never),
        ("OPERATION_REJECTED", RetryKind::Never),
        ("OPERATION_TIMEOUT", RetryKind::Now),
        ("INTERNAL_ERROR", BACKOFF.kind),
        ("SERVICE_UNAVAILABLE", BACKOFF.kind),
    ] {
        assert_eq!(retry::<MateriError>(name).kind, kind, "{name}");
    }
    for name in ["CONNECTION_LIMIT_EXCEEDED", "MAINTENANCE_MODE"] {
        assert!(matches!(retry::<MateriError>(name).kind, RetryKind::Backoff { .. }), "{name}");
    }
    assert!(matches!(retry::<MateriError>("DOCUMENT_LOCKED").kind, RetryKind::After(_)));
    assert!(MateriError::RefreshFailed.encode(&MOMENT).is_empty(), "it is the client's own");
}

#[test]
fn m3_details_are_typed_and_the_wait_is_in_milliseconds() {
    let decoder = Decoder::of::<MateriError>();
    let conflict =
        MateriError::VersionConflict { client_version: 41, server_version: 43 }.encode(&MOMENT);
    assert_eq!(
        value(&conflict)["data"]["details"],
        json!({"client_version": 41, "server_version": 43})
    );
    let received = decoder.decode(text(&conflict));
    let received = received.received().unwrap();
    assert_eq!(received.value::<u32>("client_version").unwrap(), Some(41));
    assert_eq!(received.value::<u32>("server_version").unwrap(), Some(43));
    assert_eq!(received.value::<String>("timestamp").unwrap().as_deref(), Some(MOMENT.timestamp));

    let limited = MateriError::RateLimitExceeded { retry_after: Some(5000) }.encode(&MOMENT);
    assert_eq!(value(&limited)["data"]["details"], json!({"retry_after": 5000}));
    let absent = MateriError::RateLimitExceeded { retry_after: None }.encode(&MOMENT);
    assert!(value(&absent)["data"].get("details").is_none());
    assert_eq!(
        retry::<MateriError>("RATE_LIMIT_EXCEEDED").kind,
        RetryKind::After(Wait { field: Some("retry_after"), fixed: Some(Duration::from_secs(1)) })
    );

    let denied = occurrences::materi()
        .into_iter()
        .find(|error| matches!(error, MateriError::InsufficientPermissions { .. }))
        .unwrap()
        .encode(&MOMENT);
    let received = decoder.decode(text(&denied));
    let received = received.received().unwrap();
    assert_eq!(
        received.value::<String>("required_permission").unwrap().as_deref(),
        Some("document:write")
    );
    assert_eq!(
        received.value::<Vec<String>>("user_permissions").unwrap(),
        Some(vec!["document:read".to_owned()])
    );
}

#[test]
fn m4_each_close_code_has_its_policy() {
    let decoder = Decoder::of::<MateriError>();
    let catalog = MateriError::catalog();
    let refresh = RetryKind::When { action: "refresh_token", otherwise: Some("login") };
    let in_30_s = RetryKind::After(Wait { field: None, fixed: Some(Duration::from_secs(30)) });
    for (code, reason, kind) in [
        (1000, "Normal Closure", RetryKind::Never),
        (1001, "Going Away", BACKOFF.kind),
        (1002, "Protocol Error", BACKOFF.kind),
        (1003, "Unsupported Data", BACKOFF.kind),
        (1006, "", BACKOFF.kind),
        (1011, "Internal Error", BACKOFF.kind),
        (4000, "Heartbeat Timeout", RetryKind::Now),
        (4001, "Auth Expired", refresh),
        (4002, "Permission Denied", RetryKind::Never),
        (4003, "Document Locked", in_30_s),
        (4004, "Kicked", RetryKind::Never),
        (4999, "Error storm", BACKOFF.kind),
    ] {
        let closed = decoder.closed(code, reason);
        let entry = closed.entry().unwrap_or_else(|| panic!("{code}"));
        assert_eq!(catalog.retry(entry).kind, kind, "{code}");
    }
    for name in ["PERMISSION_DENIED", "DOCUMENT_UNAVAILABLE", "KICKED"] {
        assert!(entry::<MateriError>(name).user.is_some(), "{name} is shown to the user");
    }
    for name in ["ABNORMAL_CLOSURE", "ERROR_STORM"] {
        assert!(matches!(entry::<MateriError>(name).delivery, Delivery::Observed { .. }));
    }
    for name in ["WEB_SOCKET_PROTOCOL_ERROR", "UNSUPPORTED_DATA", "SERVER_ERROR", "ERROR_STORM"] {
        let entry = entry::<MateriError>(name);
        assert_eq!(entry.retry.kind, RetryKind::Unknown, "{name} has no case of its own");
    }
}

#[test]
fn m5_any_other_close_code_is_reported_with_its_reason_and_connects_again() {
    for (code, reason) in [(1012, "Service Restart"), (3999, ""), (4500, "new one")] {
        let Closed::Unknown { code: seen, reason: why, retry } =
            Decoder::of::<MateriError>().closed(code, reason)
        else {
            panic!("{code} is not declared")
        };
        assert_eq!((seen, why.as_str(), *retry), (code, reason, BACKOFF));
    }
}

#[test]
fn m9_six_codes_have_a_user_message_and_all_others_the_fallback() {
    let catalog = MateriError::catalog();
    let shown =
        |name: &str| -> &'static UserMessage { catalog.user(entry::<MateriError>(name)).unwrap() };
    for (name, title, message, action) in [
        (
            "AUTHENTICATION_FAILED",
            "Session Expired",
            "Please log in again to continue editing.",
            Some("Log In"),
        ),
        (
            "INSUFFICIENT_PERMISSIONS",
            "Access Denied",
            "You no longer have permission to edit this document.",
            Some("Request Access"),
        ),
        (
            "DOCUMENT_LOCKED",
            "Document Locked",
            "This document is temporarily unavailable. Please try again shortly.",
            Some("Retry"),
        ),
        (
            "RATE_LIMIT_EXCEEDED",
            "Slow Down",
            "You're making changes too quickly. Please wait a moment.",
            None,
        ),
        (
            "CONNECTION_FAILED",
            "Connection Lost",
            "Unable to connect to the server. Retrying...",
            Some("Retry Now"),
        ),
        (
            "INTERNAL_ERROR",
            "Something Went Wrong",
            "An unexpected error occurred. Our team has been notified.",
            Some("Reload"),
        ),
    ] {
        let user = shown(name);
        assert_eq!(user.title.constant(), Some(title));
        assert_eq!(user.message.constant(), Some(message));
        assert_eq!(user.action.map(|action| action.constant().unwrap()), action);
    }
    let fallback = shown("INTERNAL_ERROR");
    for name in ["VERSION_CONFLICT", "TOKEN_EXPIRED", "OPERATION_TIMEOUT", "MAINTENANCE_MODE"] {
        assert_eq!(shown(name), fallback, "{name}");
    }
    assert_eq!(catalog.fallback(), Some(fallback));
}

#[test]
fn t1_the_shape_with_a_request_id_only_where_the_request_had_one() {
    let error = MeteredError::ChannelNotAuthorized { channel: "other-app/room-1".into() };
    assert_eq!(
        text(&error.encode(&Correlation { request_id: Some("pub-2") })),
        r#"{"type":"error","requestId":"pub-2","code":"channel_not_authorized","message":"not authorized: other-app/room-1"}"#
    );
    assert_eq!(
        text(&error.encode(&Correlation { request_id: None })),
        r#"{"type":"error","code":"channel_not_authorized","message":"not authorized: other-app/room-1"}"#
    );
}

#[test]
fn t2_thirteen_soft_codes_with_when_to_retry() {
    let soft: Vec<&Entry> = MeteredError::catalog()
        .entries
        .iter()
        .filter(|entry| matches!(entry.delivery, Delivery::Soft))
        .collect();
    let backoff =
        RetryKind::Backoff { base: Duration::from_millis(500), max: Duration::from_secs(30) };
    let policies: Vec<_> = soft.iter().map(|entry| (entry.name, entry.retry.kind)).collect();
    assert_eq!(
        policies,
        [
            ("malformed_message", RetryKind::Never),
            ("unknown_type", RetryKind::Never),
            ("missing_data", RetryKind::Never),
            ("invalid_channel", RetryKind::Never),
            ("channel_not_authorized", RetryKind::NeverOnConnection),
            ("channel_reserved", RetryKind::Never),
            ("channel_limit_exceeded", when("unsubscribe")),
            ("invalid_peer_id", RetryKind::Never),
            ("peer_not_found", when("peer_online")),
            ("action_not_permitted", RetryKind::NeverOnConnection),
            ("over_message_quota", when("quota_renewed")),
            ("backend_error", backoff),
            ("internal_error", backoff),
        ]
    );
    let not_in_a_loop = retry::<MeteredError>("peer_not_found");
    assert!(not_in_a_loop.attempts.is_some());
    for name in ["backend_error", "internal_error"] {
        let advice = entry::<MeteredError>(name).advice.unwrap();
        assert!(advice.contains("support ticket"), "{advice}");
    }
    assert!(entry::<MeteredError>("channel_limit_exceeded").docs.contains("100"));
}

#[test]
fn t3_four_close_frames_without_a_message() {
    let closes: Vec<(u16, String)> = occurrences::metered()
        .iter()
        .map(|error| error.encode(&Correlation::default()))
        .filter(|output| output.frame.is_none())
        .filter_map(|output| close(&output).map(|(code, reason)| (code, reason.to_owned())))
        .collect();
    let expected = [
        (4001, "invalid_token"),
        (4010, "over_concurrent_limit"),
        (4011, "over_message_rate"),
        (4020, "admin_disconnect"),
    ];
    assert_eq!(closes, expected.map(|(code, reason)| (code, reason.to_owned())));
}

#[test]
fn t5_the_message_carries_the_value_and_clients_branch_on_the_code_alone() {
    let error = MeteredError::ChannelReserved { channel: "_system/health".into() };
    let output = error.encode(&Correlation::default());
    assert_eq!(value(&output)["message"], "reserved channel: _system/health");
    let decoder = Decoder::of::<MeteredError>();
    let reworded = text(&output).replace("reserved channel: _system/health", "Kanal belegt");
    assert_eq!(decoder.decode(&reworded).entry().map(|entry| entry.name), Some("channel_reserved"));
    let docs = entry::<MeteredError>("channel_reserved").docs;
    for prefix in ["_metered/", "_internal/", "_system/"] {
        assert!(docs.contains(prefix), "{docs}");
    }
}

#[test]
fn i1_an_array_with_a_fifth_element_only_when_there_are_details() {
    let call = Call { call_id: "ce6th2qed7j", ..Call::default() };
    let without = InstantError::NotFoundError { resource: Resource::Room, details: None };
    assert_eq!(
        text(&without.encode(&call)),
        r#"[4,"ce6th2qed7j","http://domain/exceptions#NotFoundError","The room does not exist any more."]"#
    );
    let with = InstantError::NotFoundError {
        resource: Resource::Room,
        details: Some([("room_id".to_owned(), json!(7))].into()),
    };
    let output = with.encode(&call);
    assert_eq!(
        text(&output),
        r#"[4,"ce6th2qed7j","http://domain/exceptions#NotFoundError","The room does not exist any more.",{"room_id":7}]"#
    );
    let Decoded::Known(entry, received) = Decoder::of::<InstantError>().decode(text(&output))
    else {
        panic!("{output:?}")
    };
    assert_eq!(entry.name, "NotFoundError");
    assert_eq!(received.value::<String>("call_id").unwrap().as_deref(), Some("ce6th2qed7j"));
    assert_eq!(received.value::<Value>("details").unwrap(), Some(json!({"room_id": 7})));
    assert_eq!(InstantError::catalog().correlate, Some("call_id"));
}

#[test]
fn i2_an_unhandled_failure_has_three_elements_and_says_nothing() {
    let output = InstantError::Unhandled("connection to 10.0.0.7 refused".into())
        .encode(&Call { call_id: "ce6th2qed7j", ..Call::default() });
    assert_eq!(text(&output), r#"[4,"ce6th2qed7j","An error occurred."]"#);
    let decoded = Decoder::of::<InstantError>().decode(text(&output));
    assert_eq!(decoded.entry().map(|entry| entry.name), Some("Unhandled"));
}

#[test]
fn i4_ten_exception_names_one_of_which_differs_from_its_constant() {
    let codes: Vec<_> = InstantError::catalog()
        .entries
        .iter()
        .filter_map(|entry| match entry.code {
            Code::Text(code) => Some(code),
            _ => None,
        })
        .collect();
    let mut sorted = codes.clone();
    sorted.sort_unstable();
    assert_eq!(
        sorted,
        [
            "DefaultTeamRoomRestriction",
            "ForwardValidationError",
            "InvalidOperation",
            "ManagedRoomsRestriction",
            "MessageEditTimeoutExceeded",
            "NotAuthorized",
            "NotFoundError",
            "OutOfRangeError",
            "SessionError",
            "UnknownError",
        ]
    );
    let entry = entry::<InstantError>("DefaultTeamRestriction");
    assert_eq!(entry.code, Code::Text("DefaultTeamRoomRestriction"));
}
