//! What changed in how an entry reaches the client, and in its close frame.

use serde_json::Value;

use super::entry::Compared;
use super::read::written;
use super::{Change, Effect, Kind};
use crate::export::delivery_in_words;

pub(super) fn compare(compared: &mut Compared<'_, '_>) {
    let (was, is) = (compared.was.delivery(), compared.is.delivery());
    if was != is {
        let what = format!("was {}, and is {}", delivered(was), delivered(is));
        let change = Change::new(effect(was, is), Kind::Delivery, what);
        compared.push(if change.effect == Effect::Breaking {
            change.instead(
                "declare a new error that is delivered like this, and keep this one as it is",
            )
        } else {
            change
        });
    }
    let (was, is) = (&compared.was.value["delivery"], &compared.is.value["delivery"]);
    let (was, is) = (was.clone(), is.clone());
    if compared.was.delivery() == compared.is.delivery() || both_close(&was, &is) {
        status(compared, &was, &is);
        code(compared, &was["close"], &is["close"]);
        reason(compared, &was["close"], &is["close"]);
    }
}

fn both_close(was: &Value, is: &Value) -> bool {
    was.get("close").is_some() && is.get("close").is_some()
}

/// What the other way of arriving does to a client that expects the first.
pub(super) fn effect(was: &str, is: &str) -> Effect {
    match (was, is) {
        // The message still comes, and what followed it does not.
        ("soft_then_close", "soft") => Effect::Compatible,
        // A message of a code that the client doesn't know comes before what it does.
        ("close", "soft_then_close") => Effect::Compatible,
        // What the server never sent, it sends now: a newer error.
        ("observed", _) => Effect::Possible,
        _ => Effect::Breaking,
    }
}

/// A delivery in words, with the attribute's word for it.
pub(super) fn delivered(kind: &str) -> String {
    match delivery_in_words(kind) {
        Some(words) => format!("{words} (`{kind}`)"),
        None => format!("`{kind}`"),
    }
}

fn status(compared: &mut Compared<'_, '_>, was: &Value, is: &Value) {
    let (was, is) = (&was["status"], &is["status"]);
    if was != is {
        let what = format!("the HTTP status of its refusal was {}, and is {}", said(was), said(is));
        compared.push(Change::new(Effect::Breaking, Kind::Close, what));
    }
}

fn code(compared: &mut Compared<'_, '_>, was: &Value, is: &Value) {
    let (was, is) = (&was["code"], &is["code"]);
    if was == is {
        return;
    }
    // A refusal that says now what to do once the connection has been accepted.
    if was.is_null() && compared.was.delivery() == "rejected" {
        let what = format!("closes with {} where it can't be refused", said(is));
        return compared.push(Change::new(Effect::Compatible, Kind::Close, what));
    }
    let what = format!("its close code was {}, and is {}", said(was), said(is));
    let is_own = was.as_u64().is_some_and(|code| (3000..=4999).contains(&code));
    let retired = match was.as_u64() {
        Some(code) if is_own => format!(" with `retired(close({code}) = \"why\")`"),
        _ => String::new(),
    };
    compared.push(Change::new(Effect::Breaking, Kind::Close, what).instead(format!(
        "keep it; where the other is needed, declare a new error for it, and retire this one{retired}"
    )));
}

fn reason(compared: &mut Compared<'_, '_>, was: &Value, is: &Value) {
    let (was_text, is_text) = (written(&was["reason"]), written(&is["reason"]));
    if was_text == is_text {
        return;
    }
    let what = format!("the reason of its close frame was \"{was_text}\", and is \"{is_text}\"");
    let code = compared.was.close_code();
    compared.push(if code.is_some_and(|code| compared.by_text.tells_close(code)) {
        Change::new(Effect::Breaking, Kind::Close, what).instead(
            "keep the reason: nothing else distinguishes this close from another; or give it a close code of its own",
        )
    } else {
        Change::new(Effect::Wording, Kind::Close, what)
    });
}

fn said(value: &Value) -> String {
    match value {
        Value::Null => "none".to_owned(),
        value => match value.get("field").and_then(Value::as_str) {
            Some(field) => format!("in the field `{field}`"),
            None => value.to_string(),
        },
    }
}
