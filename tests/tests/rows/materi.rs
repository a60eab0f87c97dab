//! Rows M1 to M9: materi.

use super::*;

const MOMENT: Moment<'_> = Moment { timestamp: "2025-01-07T10:30:00Z" };

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
        RetryKind::After(Wait {
            field: Some("retry_after"),
            fixed: Some(Duration::from_secs(1)),
            unit: TimeUnit::Milliseconds
        })
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
    let in_30_s = RetryKind::After(Wait {
        field: None,
        fixed: Some(Duration::from_secs(30)),
        unit: TimeUnit::Milliseconds,
    });
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
