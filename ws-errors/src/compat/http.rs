//! What changed of an error over HTTP.

use serde_json::Value;

use super::entry::Compared;
use super::read::{ReadEntry, ReadMessage, text};
use super::{Change, Effect, Kind};

/// What the report calls this way, where it names the context of a message.
pub(super) const CONTEXT: &str = "HTTP";

const CLIENTS: &str = "clients that are deployed know the error by what it was: keep that, and give what is new to an error of its own";

pub(super) fn compare(compared: &mut Compared<'_, '_>) {
    let form = |entry: &ReadEntry<'_>| entry.value.get("http").cloned();
    match (form(&compared.was), form(&compared.is)) {
        (None, None) => {}
        (None, Some(is)) => {
            let what = format!("is answered over HTTP now, with {}", is["status"]);
            compared.push(Change::new(Effect::Compatible, Kind::Http, what));
        }
        (Some(_), None) => {
            let what = "has no form over HTTP any more";
            compared.push(Change::new(Effect::Breaking, Kind::Http, what).instead(CLIENTS));
        }
        (Some(was), Some(is)) => both(compared, &was, &is),
    }
}

fn both(compared: &mut Compared<'_, '_>, was: &Value, is: &Value) {
    let changed = |key: &str| was.get(key) != is.get(key);
    if changed("status") {
        let what = format!("its HTTP status was {}, and is {}", was["status"], is["status"]);
        compared.push(Change::new(Effect::Breaking, Kind::Http, what).instead(CLIENTS));
    }
    let media = |form: &Value| text(form, "content_type").unwrap_or("none").to_owned();
    if changed("content_type") {
        let what = format!("the media type of its body was {}, and is {}", media(was), media(is));
        compared.push(Change::new(Effect::Possible, Kind::Http, what));
    }
    match (body(was), body(is)) {
        (Some(was), Some(is)) => compared.message(was, is),
        (Some(_), None) => {
            let change =
                Change::new(Effect::Breaking, Kind::Http, "has no body over HTTP any more");
            compared.push(change.instead(CLIENTS));
        }
        (None, Some(_)) => {
            compared.push(Change::new(Effect::Compatible, Kind::Http, "has a body over HTTP now"));
        }
        (None, None) => {}
    }
}

/// The body, as a message in a context of its own.
fn body(form: &Value) -> Option<ReadMessage<'_>> {
    Some(ReadMessage {
        context: CONTEXT,
        schema: form.get("schema")?,
        envelope: form["envelope"].as_u64().and_then(|index| index.try_into().ok()),
    })
}
