//! Rows R1 to R4: rooms.

use super::*;

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
