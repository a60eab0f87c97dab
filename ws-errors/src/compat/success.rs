//! What changed in the codes that are no errors.

use serde_json::Value;

use super::read::Read;
use super::{Change, Changes, Effect, Kind};

pub(super) fn compare(old: &Read<'_>, new: &Read<'_>, changes: &mut Changes) {
    let (was, is) = (success(old), success(new));
    for code in was.iter().filter(|code| !has(&is, code)) {
        let what = format!("{} success any more", said(code, "not "));
        changes.push(Change::new(Effect::Breaking, Kind::Success, what).instead(
            "clients that are deployed take them for success: give errors codes that never were",
        ));
    }
    for code in is.iter().filter(|code| !has(&was, code)) {
        let what = format!("{} success now", said(code, ""));
        changes.push(Change::new(Effect::Possible, Kind::Success, what).instead(
            "clients that are deployed take them for errors: send them where only newer ones are",
        ));
    }
}

/// A code of success, or a range of them.
#[derive(PartialEq)]
enum Code<'a> {
    Numbers(i64, i64),
    Text(&'a str),
}

fn success<'a>(read: &Read<'a>) -> Vec<Code<'a>> {
    let success = read.value["success"].as_array().into_iter().flatten();
    success
        .filter_map(|one: &'a Value| match one["code"].as_str() {
            Some(text) => Some(Code::Text(text)),
            None => Some(Code::Numbers(one["first"].as_i64()?, one["last"].as_i64()?)),
        })
        .collect()
}

/// Whether all of these are among those.
fn has(codes: &[Code<'_>], wanted: &Code<'_>) -> bool {
    let Code::Numbers(first, last) = *wanted else { return codes.contains(wanted) };
    let mut ranges: Vec<(i64, i64)> = codes
        .iter()
        .filter_map(|code| match code {
            Code::Numbers(first, last) => Some((*first, *last)),
            Code::Text(_) => None,
        })
        .collect();
    ranges.sort_unstable();
    // The first that no range has had yet.
    let mut next = Some(first);
    for (from, to) in ranges {
        match next {
            Some(wanted) if from <= wanted && wanted <= to => next = to.checked_add(1),
            _ => {}
        }
    }
    next.is_none_or(|next| next > last)
}

fn said(code: &Code<'_>, not: &str) -> String {
    match code {
        Code::Numbers(first, last) if first == last => format!("the code {first} is {not}a"),
        Code::Numbers(first, last) => format!("the codes {first} to {last} are {not}all"),
        Code::Text(text) => format!("the code {text:?} is {not}a"),
    }
}
