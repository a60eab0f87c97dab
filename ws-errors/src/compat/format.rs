//! What changed in the frame around what a message holds: the schema speaks of that alone.

use serde_json::Value;

use super::{Change, Effect, Kind};

/// The change of an envelope's format; `None` where it is the same, or not known.
pub(super) fn compare(was: Option<&Value>, is: Option<&Value>) -> Option<Change> {
    let (was, is) = (was?, is?);
    let (was_said, is_said) = (said(was), said(is));
    if was_said != is_said {
        let what = format!("its frame was {was_said}, and is {is_said}");
        return Some(Change::new(Effect::Breaking, Kind::Message, what).instead(
            "declare the other format for a context that only newer clients ask for: `envelope(V2) = …`",
        ));
    }
    let mut filters = (Vec::new(), Vec::new());
    collect(&was["template"], &mut filters.0);
    collect(&is["template"], &mut filters.1);
    (filters.0 != filters.1).then(|| {
        let what = "a value in its text is written by another filter";
        Change::new(Effect::Possible, Kind::Message, what)
            .instead("see that clients read every value as before, or keep the filter")
    })
}

/// The format in words: what stands before the message, and what writes it.
fn said(envelope: &Value) -> String {
    let format = match envelope["format"].as_str().unwrap_or("json") {
        "json" => "text that is JSON".to_owned(),
        "text" => "text".to_owned(),
        "binary" => "binary".to_owned(),
        "msgpack" => "MessagePack".to_owned(),
        "cbor" => "CBOR".to_owned(),
        "with" => match envelope["with"].as_str() {
            Some(codec) => format!("written by `{codec}`"),
            None => "written by the application".to_owned(),
        },
        other => format!("`{other}`"),
    };
    match envelope.get("prefix") {
        Some(prefix) => format!("{format} behind the bytes {prefix}"),
        None => format,
    }
}

/// The filters of a template, in the order in which they stand.
fn collect<'a>(template: &'a Value, filters: &mut Vec<&'a str>) {
    match template {
        Value::Array(elements) => elements.iter().for_each(|element| collect(element, filters)),
        Value::Object(members) => {
            // A constant may have a member of that name, too.
            filters.extend(members.get("slot").and(members.get("filter")).and_then(Value::as_str));
            members
                .iter()
                .filter(|(key, _)| *key != "constant")
                .for_each(|(_, value)| collect(value, filters));
        }
        _ => {}
    }
}
