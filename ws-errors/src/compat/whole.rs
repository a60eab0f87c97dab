//! What changed in what holds for a whole catalog.

use serde_json::Value;

use super::entry::different;
use super::read::{Read, Retired, text};
use super::retry::{self, Patience};
use super::{Change, Changes, Effect, Kind};

/// The members of a catalog that are compared here or entry by entry, or say nothing to clients.
const KNOWN: [&str; 17] = [
    "$comment",
    "version",
    "name",
    "docs",
    "language",
    "contexts",
    "envelopes",
    "entries",
    "$defs",
    "closes",
    "codes",
    "guards",
    "correlate",
    "retired",
    "hidden",
    "success",
    "doc_url",
];

pub(super) fn compare(old: &Read<'_>, new: &Read<'_>, changes: &mut Changes) {
    if old.name != new.name {
        let what = format!("the catalog was `{}`, and is `{}`", old.name, new.name);
        changes.push(Change::new(Effect::Wording, Kind::Text, what));
    }
    let texts = [
        ("docs", "the docs of the catalog"),
        ("language", "the language of its texts"),
        ("doc_url", "the address of its reference"),
    ];
    for (key, what) in texts {
        if text(old.value, key) != text(new.value, key) {
            changes.push(Change::new(Effect::Wording, Kind::Text, format!("{what} changed")));
        }
    }
    retired(old, new, changes);
    undeclared(old, new, "closes", "close code", changes);
    undeclared(old, new, "codes", "code", changes);
    if old.value.get("guards") != new.value.get("guards") {
        let what = "what clients guard themselves with, `client(…)`, changed; clients that are deployed keep theirs";
        changes.push(Change::new(Effect::Compatible, Kind::Guards, what));
    }
    for key in different(old.value, new.value) {
        if !KNOWN.contains(&key.as_str()) {
            let what = format!("the catalog's `{key}` changed, and this program does not know it");
            changes.push(Change::new(Effect::Possible, Kind::Unknown, what));
        }
    }
}

fn retired(old: &Read<'_>, new: &Read<'_>, changes: &mut Changes) {
    for code in old.retired() {
        if new.retired().any(|other| other == code) {
            continue;
        }
        let written = code.written();
        let is_used = |other: Option<&Value>, close: Option<u64>| {
            other.map(Retired::Code) == Some(code) || close.map(Retired::Close) == Some(code)
        };
        let visible = new.entries.iter().find(|entry| is_used(entry.code(), entry.close_code()));
        let hidden = || new.hidden().find(|hidden| is_used(hidden.code, hidden.close_code));
        let used = visible.map(|entry| entry.name).or_else(|| hidden().map(|hidden| hidden.name));
        changes.push(match used {
            Some(name) => Change::new(
                Effect::Breaking,
                Kind::Retired,
                format!("uses {written} again, which was retired"),
            )
            .of(name)
            .instead("give it a code that was never used"),
            None => Change::new(
                Effect::Possible,
                Kind::Retired,
                format!("{written} is not retired any more, and may be used again"),
            )
            .instead(format!("keep `retired({written} = \"why\")`")),
        });
    }
    for code in new.retired() {
        if !old.retired().any(|other| other == code) {
            let what = format!("{} is retired", code.written());
            changes.push(Change::new(Effect::Compatible, Kind::Retired, what));
        }
    }
}

/// Compares the policies for codes that nobody declared, range by range.
fn undeclared(old: &Read<'_>, new: &Read<'_>, key: &str, named: &str, changes: &mut Changes) {
    let (was, is) = (&old.value[key], &new.value[key]);
    let mut said: Vec<Segment> = Vec::new();
    for (first, last) in segments(was, is) {
        let Some((patience, what)) = retry::compare(policy(was, first), policy(is, first)) else {
            continue;
        };
        match said.last_mut() {
            Some(before) if before.what == what && before.last.checked_add(1) == Some(first) => {
                before.last = last;
            }
            _ => said.push(Segment { first, last, patience, what }),
        }
    }
    let other = retry::compare(&was["unknown"], &is["unknown"]);
    if let Some((patience, what)) = other {
        let words = format!("the policy for any other undeclared {named} {what}");
        changes.push(Change::new(patience.effect(), Kind::Undeclared, words));
    }
    for Segment { first, last, patience, what } in said {
        let codes = if first == last {
            format!("{named} {first}")
        } else {
            format!("{named}s {first} to {last}")
        };
        let words = format!("the policy for {codes} {what}");
        changes.push(Change::new(patience.effect(), Kind::Undeclared, words));
    }
}

struct Segment {
    first: i64,
    last: i64,
    patience: Patience,
    what: String,
}

/// The pieces of all ranges of both versions, none of which a bound divides.
fn segments(was: &Value, is: &Value) -> Vec<(i64, i64)> {
    let ranges = || [was, is].into_iter().flat_map(ranges);
    let mut starts: Vec<i64> = ranges()
        .flat_map(|(first, last, _)| [Some(first), last.checked_add(1)])
        .flatten()
        .collect();
    starts.sort_unstable();
    starts.dedup();
    let ends = starts.iter().skip(1).map(|next| next - 1).chain([i64::MAX]);
    let is_within = |code: i64| ranges().any(|(first, last, _)| (first..=last).contains(&code));
    starts.iter().copied().zip(ends).filter(|(first, _)| is_within(*first)).collect()
}

fn ranges(policies: &Value) -> impl Iterator<Item = (i64, i64, &Value)> {
    policies["ranges"].as_array().into_iter().flatten().filter_map(|range| {
        Some((range["first"].as_i64()?, range["last"].as_i64()?, &range["retry"]))
    })
}

fn policy(policies: &Value, code: i64) -> &Value {
    ranges(policies)
        .find(|(first, last, _)| (*first..=*last).contains(&code))
        .map_or(&policies["unknown"], |(_, _, retry)| retry)
}
