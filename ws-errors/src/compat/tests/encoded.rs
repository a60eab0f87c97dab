//! The JSON that a string holds is compared as any other.

use super::*;

/// The object `{ "user": string, "room": integer, "retry"?: number }`.
fn object() -> Value {
    json!({
        "type": "object",
        "required": ["user", "room"],
        "properties": {
            "user": { "type": "string" },
            "room": { "type": "integer" },
            "retry": { "type": "number" },
        },
    })
}

/// A string that holds JSON of a schema.
fn encoded(schema: Value) -> Value {
    json!({ "type": "string", "contentMediaType": "application/json", "contentSchema": schema })
}

fn of_channel(schema: Value) -> Value {
    with(|value| *channel(value) = schema)
}

/// The same change in JSON that a string holds: there and back.
#[track_caller]
fn changed_inside(change: impl FnOnce(&mut Value), there: &[&str], back: &[&str]) {
    let mut new = object();
    change(&mut new);
    both_ways(&of_channel(encoded(object())), &of_channel(encoded(new)), there, back);
}

#[test]
fn a_member_that_encoded_json_loses_breaks_and_one_that_it_gains_does_not() {
    changed_inside(
        |schema| {
            schema["properties"].as_object_mut().unwrap().remove("room");
            schema["required"] = json!(["user"]);
        },
        &["breaking channel_not_authorized: `json([4].channel).room` is gone"],
        &["compatible channel_not_authorized: `json([4].channel).room` is new"],
    );
}

#[test]
fn a_member_of_encoded_json_that_gets_another_type_breaks() {
    changed_inside(
        |schema| schema["properties"]["room"]["type"] = "string".into(),
        &["breaking channel_not_authorized: `json([4].channel).room` was integer, and is string"],
        &["breaking channel_not_authorized: `json([4].channel).room` was string, and is integer"],
    );
    changed_inside(
        |schema| schema["required"] = json!(["user"]),
        &["breaking channel_not_authorized: `json([4].channel).room` may be absent now"],
        &["compatible channel_not_authorized: `json([4].channel).room` is always there now"],
    );
}

#[test]
fn a_member_of_encoded_json_that_is_renamed_breaks() {
    changed_inside(
        |schema| {
            let members = schema["properties"].as_object_mut().unwrap();
            let room = members.remove("room").unwrap();
            members.insert("place".to_owned(), room);
            schema["required"] = json!(["user", "place"]);
        },
        &[
            "breaking channel_not_authorized: `json([4].channel).room` is gone",
            "compatible channel_not_authorized: `json([4].channel).place` is new",
        ],
        &[
            "breaking channel_not_authorized: `json([4].channel).place` is gone",
            "compatible channel_not_authorized: `json([4].channel).room` is new",
        ],
    );
}

#[test]
fn json_in_encoded_json_is_compared_too() {
    let nested = |inner: &str| {
        of_channel(encoded(json!({ "type": "object", "properties": {
            "inner": encoded(json!({ "type": "object", "properties": { "a": { "type": inner } } })),
        } })))
    };
    both_ways(
        &nested("string"),
        &nested("boolean"),
        &[
            "breaking channel_not_authorized: `json(json([4].channel).inner).a` was string, and is boolean",
        ],
        &[
            "breaking channel_not_authorized: `json(json([4].channel).inner).a` was boolean, and is string",
        ],
    );
}

#[test]
fn a_string_that_holds_json_no_longer_breaks_and_one_that_holds_it_now_does_not() {
    both_ways(
        &of_channel(encoded(json!({ "type": "integer" }))),
        &of_channel(json!({ "type": "string" })),
        &[
            "breaking channel_not_authorized: `[4].channel` was string of JSON (integer), and is string",
        ],
        &[
            "compatible channel_not_authorized: `[4].channel` was string, and is string of JSON (integer)",
        ],
    );
}

#[test]
fn a_constant_string_is_read_as_the_json_that_it_is() {
    let constant = |text: &str| of_channel(json!({ "const": text }));
    let effect = |old: &Value, new: &Value| report(old, new).changes[0].effect;
    let numbers = of_channel(encoded(json!({ "type": "integer" })));
    assert_eq!(effect(&numbers, &constant("1")), Effect::Compatible);
    assert_eq!(effect(&numbers, &constant("1.5")), Effect::Breaking);
    assert_eq!(effect(&numbers, &constant("one")), Effect::Breaking);
    assert_eq!(effect(&constant("1"), &numbers), Effect::Breaking);
}

#[test]
fn json_of_another_encoding_breaks() {
    let in_base64 = |schema: Value| {
        let mut schema = encoded(schema);
        schema["contentEncoding"] = "base64".into();
        of_channel(schema)
    };
    let number = || json!({ "type": "integer" });
    both_ways(
        &of_channel(encoded(number())),
        &in_base64(number()),
        &[
            "breaking channel_not_authorized: `[4].channel` was string of JSON (integer), and is string of JSON in `base64` (integer)",
        ],
        &[
            "breaking channel_not_authorized: `[4].channel` was string of JSON in `base64` (integer), and is string of JSON (integer)",
        ],
    );
    both_ways(
        &in_base64(object()),
        &in_base64(json!({ "type": "object", "properties": { "user": { "type": "string" } } })),
        &[
            "breaking channel_not_authorized: `json([4].channel).retry` is gone",
            "breaking channel_not_authorized: `json([4].channel).room` is gone",
            "breaking channel_not_authorized: `json([4].channel).user` may be absent now",
        ],
        &[
            "compatible channel_not_authorized: `json([4].channel).user` is always there now",
            "compatible channel_not_authorized: `json([4].channel).retry` is new",
            "compatible channel_not_authorized: `json([4].channel).room` is new",
        ],
    );
}

#[test]
fn encoded_json_that_holds_itself_comes_to_an_end() {
    let node = |leaf: &str| {
        with(|value| {
            let child = encoded(json!({ "$ref": "#/$defs/Node" }));
            value["$defs"]["Node"] = json!({ "anyOf": [child.clone(), child, { "type": leaf }] });
            *channel(value) = json!({ "$ref": "#/$defs/Node" });
        })
    };
    let (strings, integers) = (node("boolean"), node("integer"));
    assert!(said(&strings, &strings).is_empty());
    let said = said(&strings, &integers);
    assert!(matches!(said.as_slice(), [one] if one.starts_with("breaking ")), "{said:?}");
}

#[test]
fn json_between_other_characters_is_compared_too() {
    let text = |pattern: &str, pieces: Vec<Value>| {
        with(|value| {
            let frame = json!({ "type": "string", "pattern": pattern, "x-ws-json": pieces });
            value["entries"][0]["examples"][1]["schema"] = frame;
        })
    };
    let mut smaller = object();
    smaller["properties"].as_object_mut().unwrap().remove("retry");
    let event = r"^44[\s\S]*$";
    both_ways(
        &text(event, vec![object()]),
        &text(event, vec![smaller.clone()]),
        &["breaking channel_not_authorized: `retry` is gone"],
        &["compatible channel_not_authorized: `retry` is new"],
    );
    let two = r"^[\s\S]*,[\s\S]*$";
    both_ways(
        &text(two, vec![object(), object()]),
        &text(two, vec![object(), smaller]),
        &["breaking channel_not_authorized: `[1].retry` is gone"],
        &["compatible channel_not_authorized: `[1].retry` is new"],
    );
    both_ways(
        &text(event, vec![object()]),
        &text(r"^45[\s\S]*$", vec![object()]),
        &[
            r"breaking channel_not_authorized: its message was string that matches `^44[\s\S]*$`, and is string that matches `^45[\s\S]*$`",
        ],
        &[
            r"breaking channel_not_authorized: its message was string that matches `^45[\s\S]*$`, and is string that matches `^44[\s\S]*$`",
        ],
    );
}
