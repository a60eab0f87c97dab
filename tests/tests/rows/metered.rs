//! Rows T1 to T5: metered.

use super::*;

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
