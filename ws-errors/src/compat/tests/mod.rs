//! Two versions of a catalog, and what the difference means to clients.

mod delivery;
mod encoded;
mod errors;
mod messages;
mod policies;
mod reports;

use serde_json::{Value, json};

use super::*;
use crate::export::json as exported;
use crate::fixture::METERED;

/// The fixture's catalog, as it was released.
fn released() -> Value {
    serde_json::from_str(&exported(&METERED).unwrap()).unwrap()
}

/// The same with a change.
fn with(change: impl FnOnce(&mut Value)) -> Value {
    let mut value = released();
    change(&mut value);
    value
}

fn report(old: &Value, new: &Value) -> Report {
    diff(&old.to_string(), &new.to_string()).unwrap()
}

/// The changes with their effects, from the first to the second.
fn said(old: &Value, new: &Value) -> Vec<String> {
    report(old, new)
        .changes
        .iter()
        .map(|change| {
            let entry = change.entry.as_deref().unwrap_or("*");
            format!("{} {entry}: {}", change.effect.word(), change.what)
        })
        .collect()
}

/// What a change does there and back.
#[track_caller]
fn both_ways(old: &Value, new: &Value, there: &[&str], back: &[&str]) {
    assert_eq!(said(old, new), there, "there");
    assert_eq!(said(new, old), back, "back");
}

#[track_caller]
fn changed(change: impl FnOnce(&mut Value), there: &[&str], back: &[&str]) {
    both_ways(&released(), &with(change), there, back);
}

/// The schema of the first entry's message: `[0]` is the object, `[1]` the array.
fn schema(value: &mut Value, message: usize) -> &mut Value {
    &mut value["entries"][0]["examples"][message]["schema"]
}

/// The schema of its `details.channel`.
fn channel(value: &mut Value) -> &mut Value {
    &mut schema(value, 1)["prefixItems"][4]["properties"]["channel"]
}
