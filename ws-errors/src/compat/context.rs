//! What changed in how contexts deliver, and settle requests.

use std::collections::BTreeMap;

use serde_json::Value;

use super::read::{Read, text};
use super::{Change, Changes, Effect, Kind};

pub(super) fn compare(old: &Read<'_>, new: &Read<'_>, changes: &mut Changes) {
    correlate(old, new, changes);
    // Where nothing closes the connection, a context has nothing to say about it.
    if !(closes(old) && closes(new)) {
        return;
    }
    let (was, is) = (deliveries(old), deliveries(new));
    for (name, was) in was {
        let Some(is) = is.get(name).copied() else { continue };
        if was == is {
            continue;
        }
        let said = |way: Option<&str>| match way {
            Some(way) => super::close::delivered(way),
            None => "what each declares".to_owned(),
        };
        let what = format!(
            "what comes of errors that close the connection was {}, and is {}",
            said(was),
            said(is)
        );
        let effect = match (was, is) {
            (Some(was), Some(is)) => super::close::effect(was, is),
            _ => Effect::Possible,
        };
        let mut change = Change::new(effect, Kind::Context, what);
        change.context = Some(if name.is_empty() { "()" } else { name }.to_owned());
        changes.push(if effect == Effect::Compatible {
            change
        } else {
            change.instead("declare the new delivery for a context that only newer clients get")
        });
    }
}

fn closes(read: &Read<'_>) -> bool {
    read.entries.iter().any(|entry| matches!(entry.delivery(), "close" | "soft_then_close"))
}

/// The contexts, and the delivery that each gives to what closes the connection.
fn deliveries<'a>(read: &Read<'a>) -> BTreeMap<&'a str, Option<&'a str>> {
    let contexts = read.value["contexts"].as_array().into_iter().flatten();
    contexts
        .filter_map(|context: &Value| Some((text(context, "name")?, text(context, "delivery"))))
        .collect()
}

fn correlate(old: &Read<'_>, new: &Read<'_>, changes: &mut Changes) {
    match (text(old.value, "correlate"), text(new.value, "correlate")) {
        (was, is) if was == is => {}
        (None, Some(is)) => {
            let what = format!("`{is}` says now which request failed");
            changes.push(Change::new(Effect::Compatible, Kind::Context, what));
        }
        (Some(was), None) => {
            let what = format!("`{was}` no longer says which request failed");
            changes.push(Change::new(Effect::Breaking, Kind::Context, what).instead(
                "keep `correlate`: clients wait for these requests until they time out otherwise",
            ));
        }
        (Some(was), Some(is)) => {
            // What it is called on the wire is compared with the messages.
            let what = format!("which request failed was said by `{was}`, and is by `{is}`");
            changes.push(Change::new(Effect::Possible, Kind::Context, what));
        }
        _ => {}
    }
}
