//! What a message holds: members, types and texts.

use super::*;

#[test]
fn a_member_that_goes_breaks_and_one_that_comes_does_not() {
    changed(
        |value| {
            schema(value, 0)["properties"].as_object_mut().unwrap().remove("requestId");
        },
        &["breaking channel_not_authorized: `requestId` is gone"],
        &["compatible channel_not_authorized: `requestId` is new"],
    );
}

#[test]
fn a_member_that_may_be_absent_breaks_and_one_that_always_comes_does_not() {
    changed(
        |value| schema(value, 0)["required"].as_array_mut().unwrap().retain(|key| key != "message"),
        &["breaking channel_not_authorized: `message` may be absent now"],
        &["compatible channel_not_authorized: `message` is always there now"],
    );
}

#[test]
fn an_array_that_grows_or_shrinks_breaks() {
    changed(
        |value| {
            let schema = schema(value, 1);
            schema["prefixItems"].as_array_mut().unwrap().push(json!({ "type": "string" }));
        },
        &["breaking channel_not_authorized: `[5]` is new, and makes the array longer"],
        &["breaking channel_not_authorized: `[5]` is gone"],
    );
    changed(
        |value| schema(value, 1)["minItems"] = 4.into(),
        &["breaking channel_not_authorized: `[4]` may be absent now"],
        &["compatible channel_not_authorized: `[4]` is always there now"],
    );
}

#[test]
fn a_constant_of_the_envelope_breaks() {
    changed(
        |value| schema(value, 0)["properties"]["type"]["const"] = "err".into(),
        &["breaking channel_not_authorized: `type` was `\"error\"`, and is `\"err\"`"],
        &["breaking channel_not_authorized: `type` was `\"err\"`, and is `\"error\"`"],
    );
}

#[test]
fn a_constant_object_is_compared_member_by_member() {
    let constant = |constant: Value| with(|value| *channel(value) = json!({ "const": constant }));
    both_ways(
        &constant(json!({ "v": 1 })),
        &constant(json!({ "v": 1, "w": [2] })),
        &["compatible channel_not_authorized: `[4].channel.w` is new"],
        &["breaking channel_not_authorized: `[4].channel.w` is gone"],
    );
    both_ways(
        &constant(json!({ "v": 1 })),
        &constant(json!({ "v": 2 })),
        &["breaking channel_not_authorized: `[4].channel.v` was `1`, and is `2`"],
        &["breaking channel_not_authorized: `[4].channel.v` was `2`, and is `1`"],
    );
}

#[test]
fn a_type_that_becomes_wider_breaks_and_one_that_becomes_narrower_does_not() {
    changed(
        |value| *channel(value) = json!({ "type": ["string", "null"] }),
        &["breaking channel_not_authorized: `[4].channel` was string, and is string or null"],
        &["compatible channel_not_authorized: `[4].channel` was string or null, and is string"],
    );
    changed(
        |value| *channel(value) = json!({ "type": "integer" }),
        &["breaking channel_not_authorized: `[4].channel` was string, and is integer"],
        &["breaking channel_not_authorized: `[4].channel` was integer, and is string"],
    );
    let numbers = |kind: &'static str| with(|value| *channel(value) = json!({ "type": kind }));
    both_ways(
        &numbers("integer"),
        &numbers("number"),
        &["breaking channel_not_authorized: `[4].channel` was integer, and is number"],
        &["compatible channel_not_authorized: `[4].channel` was number, and is integer"],
    );
}

#[test]
fn a_value_of_an_enumeration_that_comes_breaks_whom_it_surprises() {
    let values = |values: Value| {
        with(|value| {
            value["$defs"]["Kind"] = json!({ "enum": values });
            *channel(value) = json!({ "$ref": "#/$defs/Kind" });
        })
    };
    both_ways(
        &values(json!(["a", "b"])),
        &values(json!(["a"])),
        &[
            "compatible channel_not_authorized: `[4].channel` was `\"a\"` or `\"b\"`, and is `\"a\"`",
        ],
        &["breaking channel_not_authorized: `[4].channel` was `\"a\"`, and is `\"a\"` or `\"b\"`"],
    );
}

#[test]
fn of_many_types_only_those_that_come_or_go_are_said() {
    let values = |values: Value| with(|value| *channel(value) = json!({ "enum": values }));
    both_ways(
        &values(json!(["a", "b", "c"])),
        &values(json!(["c", "a"])),
        &["compatible channel_not_authorized: `[4].channel` is never `\"b\"` any more"],
        &["breaking channel_not_authorized: `[4].channel` may be `\"b\"` now, too"],
    );
}

#[test]
fn a_wider_range_is_for_people_to_judge_and_a_narrower_one_is_compatible() {
    let ranged =
        |most: u64| with(|value| *channel(value) = json!({ "type": "integer", "maximum": most }));
    both_ways(
        &ranged(255),
        &ranged(65535),
        &["possible channel_not_authorized: `[4].channel` is integer of another range or format"],
        &[
            "compatible channel_not_authorized: `[4].channel` is integer of a narrower range or format",
        ],
    );
}

#[test]
fn what_is_advised_is_not_there_already() {
    let deprecated = with(|value| value["entries"][1]["deprecated"] = "".into());
    let advice = |old: &Value| {
        let mut new = old.clone();
        new["entries"].as_array_mut().unwrap().remove(1);
        report(old, &new).changes[0].instead.clone().unwrap()
    };
    assert!(advice(&released()).starts_with("keep it as long as clients know it, as `#[dep"));
    assert!(advice(&deprecated).starts_with("keep it as long as clients know it; or declare"));
}

#[test]
fn a_type_that_holds_itself_comes_to_an_end() {
    let detail = |more: Value| {
        with(|value| {
            value["$defs"]["Detail"] = json!({ "anyOf": [
                { "type": "string" },
                { "type": "array", "items": { "$ref": "#/$defs/Detail" } },
                more,
            ] });
            *channel(value) = json!({ "$ref": "#/$defs/Detail" });
        })
    };
    let (strings, integers) =
        (detail(json!({ "type": "null" })), detail(json!({ "type": "integer" })));
    assert!(said(&strings, &strings).is_empty());
    let said = said(&strings, &integers);
    assert!(matches!(said.as_slice(), [one] if one.starts_with("breaking ")), "{said:?}");
}

#[test]
fn a_members_place_is_said_however_deep_it_is() {
    let list = |inner: Value| {
        with(|value| {
            *channel(value) = json!({ "type": "array", "items": {
                "type": "object", "required": ["a"], "properties": { "a": inner },
            } });
        })
    };
    both_ways(
        &list(json!({ "type": "string" })),
        &list(json!({ "type": "boolean" })),
        &["breaking channel_not_authorized: `[4].channel[].a` was string, and is boolean"],
        &["breaking channel_not_authorized: `[4].channel[].a` was boolean, and is string"],
    );
}

#[test]
fn another_format_of_the_frame_breaks_though_it_holds_the_same() {
    let format = |format: Value| {
        with(|value| {
            for envelope in value["envelopes"].as_array_mut().unwrap() {
                let template = envelope["template"].clone();
                *envelope = format.clone();
                envelope["template"] = template;
            }
            value["entries"].as_array_mut().unwrap().remove(0);
        })
    };
    both_ways(
        &format(json!({ "format": "json" })),
        &format(json!({ "format": "msgpack" })),
        &["breaking backend_error: its frame was text that is JSON, and is MessagePack"],
        &["breaking backend_error: its frame was MessagePack, and is text that is JSON"],
    );
    both_ways(
        &format(json!({ "format": "cbor", "prefix": [1] })),
        &format(json!({ "format": "cbor" })),
        &["breaking backend_error: its frame was CBOR behind the bytes [1], and is CBOR"],
        &["breaking backend_error: its frame was CBOR, and is CBOR behind the bytes [1]"],
    );
    both_ways(
        &format(json!({ "format": "text" })),
        &format(json!({ "format": "binary" })),
        &["breaking backend_error: its frame was text, and is binary"],
        &["breaking backend_error: its frame was binary, and is text"],
    );
    both_ways(
        &format(json!({ "format": "with", "with": "one" })),
        &format(json!({ "format": "with", "with": "other" })),
        &["breaking backend_error: its frame was written by `one`, and is written by `other`"],
        &["breaking backend_error: its frame was written by `other`, and is written by `one`"],
    );
}

#[test]
fn another_filter_is_for_people_to_judge() {
    let text = |filter: &str| {
        let slot = json!({ "slot": "message", "filter": filter });
        with(|value| {
            value["entries"].as_array_mut().unwrap().remove(0);
            value["envelopes"][0] =
                json!({ "format": "text", "template": { "composed": ["ERR ", slot] } });
        })
    };
    let sentence = "possible backend_error: a value in its text is written by another filter";
    both_ways(&text("quoted"), &text("raw"), &[sentence], &[sentence]);
}

/// The first entry with one message, of this template, and this schema of its one field.
fn of_template(template: Value, message: Value, channel: Value) -> Value {
    with(|value| {
        value["envelopes"][0] = json!({ "format": "json", "template": template });
        let entry = &mut value["entries"][0];
        entry["examples"].as_array_mut().unwrap().truncate(1);
        entry["examples"][0]["schema"] = message;
        entry["fields"][0]["schema"] = channel;
        entry["constants"] = json!([{ "name": "text", "value": { "composed": [
            "on ", { "slot": "field", "name": "channel" },
        ] } }]);
    })
}

#[test]
fn another_type_of_what_stands_in_a_text_is_for_people_to_judge() {
    let channel = json!({ "slot": "field", "name": "channel" });
    let (string, integer) = (json!({ "type": "string" }), json!({ "type": "integer" }));
    let there =
        "possible channel_not_authorized: `self.channel` in its text was string, and is integer";
    let back =
        "possible channel_not_authorized: `self.channel` in its text was integer, and is string";
    for template in [
        json!({ "composed": ["on ", channel] }),
        json!({ "slot": "field", "name": "channel", "as": "string" }),
        json!({ "slot": "set", "name": "text" }),
    ] {
        let of = |schema: &Value| of_template(template.clone(), string.clone(), schema.clone());
        both_ways(&of(&string), &of(&integer), &[there], &[back]);
    }
    // Where it stands as it is, too, that is said, and breaks.
    let template = json!({ "array": [
        { "optional": false, "value": channel },
        { "optional": false, "value": { "slot": "set", "name": "text" } },
    ] });
    let of = |schema: &Value| {
        let message = json!({ "type": "array", "prefixItems": [schema, string], "minItems": 2 });
        of_template(template.clone(), message, schema.clone())
    };
    both_ways(
        &of(&string),
        &of(&integer),
        &["breaking channel_not_authorized: `[0]` was string, and is integer"],
        &["breaking channel_not_authorized: `[0]` was integer, and is string"],
    );
}

#[test]
fn another_type_of_a_contexts_field_in_a_text_is_for_people_to_judge() {
    let composed = json!({ "composed": ["re ", { "slot": "context", "name": "request_id" }] });
    let of = |schema: Value| {
        let string = json!({ "type": "string" });
        let mut value = of_template(composed.clone(), string.clone(), string);
        value["entries"].as_array_mut().unwrap().truncate(1);
        value["contexts"][0]["fields"][0]["schema"] = schema;
        value
    };
    both_ways(
        &of(json!({ "type": "integer" })),
        &of(json!({ "type": ["integer", "null"] })),
        &[
            "possible channel_not_authorized: `cx.request_id` in its text was integer, and is integer or null",
        ],
        &[
            "compatible channel_not_authorized: `cx.request_id` in its text was integer or null, and is integer",
        ],
    );
}

#[test]
fn texts_are_wording() {
    changed(
        |value| {
            value["docs"] = "Other.".into();
            let entry = &mut value["entries"][0];
            entry["message"]["text"] = "no".into();
            entry["docs"] = "Other.".into();
            entry["advice"] = "Other.".into();
            entry["user"]["title"] = "Other".into();
            entry["fields"][0]["docs"] = "Other.".into();
        },
        &[
            "wording *: the docs of the catalog changed",
            "wording channel_not_authorized: its text was \"not authorized: {channel}\", and is \"no\"",
            "wording channel_not_authorized: its `docs` changed",
            "wording channel_not_authorized: its `advice` changed",
            "wording channel_not_authorized: its message for the user changed",
            "wording channel_not_authorized: the docs of its fields changed",
        ],
        &[
            "wording *: the docs of the catalog changed",
            "wording channel_not_authorized: its text was \"no\", and is \"not authorized: {channel}\"",
            "wording channel_not_authorized: its `docs` changed",
            "wording channel_not_authorized: its `advice` changed",
            "wording channel_not_authorized: its message for the user changed",
            "wording channel_not_authorized: the docs of its fields changed",
        ],
    );
    changed(
        |value| value["entries"][1]["deprecated"] = "".into(),
        &["wording backend_error: is deprecated now"],
        &["wording backend_error: is not deprecated any more"],
    );
}

#[test]
fn a_field_that_comes_changes_no_docs() {
    changed(
        |value| {
            let fields = value["entries"][0]["fields"].as_array_mut().unwrap();
            let mut field = fields[0].clone();
            field["name"] = "room".into();
            fields.push(field);
        },
        &[],
        &[],
    );
}

#[test]
fn a_text_that_clients_tell_an_error_by_breaks() {
    // Two errors of the same shape, without a code.
    let alike = with(|value| {
        let mut other = value["entries"][1].clone();
        other["name"] = "other_fault".into();
        other["code"] = "other_fault".into();
        other["message"]["text"] = "another fault".into();
        value["entries"].as_array_mut().unwrap().push(other);
    });
    let mut new = alike.clone();
    new["entries"][4]["message"]["text"] = "reworded".into();
    both_ways(
        &alike,
        &new,
        &["breaking other_fault: its text was \"another fault\", and is \"reworded\""],
        &["breaking other_fault: its text was \"reworded\", and is \"another fault\""],
    );
}

#[test]
fn a_message_that_another_field_brings_is_wording() {
    changed(
        |value| value["entries"][1]["message"] = json!({ "kind": "field", "field": "text" }),
        &[
            "wording backend_error: its text was \"temporary server fault\", and is the field `text`",
        ],
        &[
            "wording backend_error: its text was the field `text`, and is \"temporary server fault\"",
        ],
    );
}
