//! Rows I1 to I4: instant.

use super::*;

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
