//! What a name, a code or a close code stands for, and what was meant by one that nothing has.

use std::fmt::Display;

use crate::catalog::{Catalog, Code, Entry};

/// The most names that are listed where one is unknown.
const LISTED: usize = 20;

/// An entry, and the catalog that has it.
pub(crate) type Found = (&'static Catalog, &'static Entry);

/// The entries of the catalogs that a key stands for.
///
/// # Errors
/// Says what there is where nothing is found.
pub(crate) fn all(catalogs: &[&'static Catalog], key: &str) -> Result<Vec<Found>, String> {
    let of = |catalog| entries(catalog, key).into_iter().map(move |entry| (catalog, entry));
    let found: Vec<Found> = catalogs.iter().copied().flat_map(of).collect();
    if !found.is_empty() {
        return Ok(found);
    }
    let nothing = match catalogs {
        [catalog] => format!("`{}` has no error", catalog.name),
        _ => "no catalog has an error".to_owned(),
    };
    let mut names: Vec<&str> = Vec::new();
    for entry in catalogs.iter().flat_map(|catalog| catalog.entries) {
        if !names.contains(&entry.name) {
            names.push(entry.name);
        }
    }
    Err(unknown(&nothing, key, names))
}

/// The one entry of the catalogs that a key stands for.
///
/// # Errors
/// Says what there is where nothing is found, and which it may be where several are.
pub(crate) fn one(catalogs: &[&'static Catalog], key: &str) -> Result<Found, String> {
    let found = all(catalogs, key)?;
    if let [one] = found.as_slice() {
        return Ok(*one);
    }
    Err(match catalogs {
        [catalog] => format!(
            "{key:?} stands for several errors of `{}`: {}; give the name of one",
            catalog.name,
            quoted(found.iter().map(|(_, entry)| entry.name))
        ),
        _ => format!(
            "{key:?} stands for several errors: {}; give the catalog and the name of one",
            quoted(found.iter().map(|(catalog, entry)| format!("{} {}", catalog.name, entry.name)))
        ),
    })
}

/// The entries of a catalog that a key stands for: those with this name, else those with this
/// variant, this code or this close code.
fn entries(catalog: &'static Catalog, key: &str) -> Vec<&'static Entry> {
    let is_code = |entry: &&Entry| match entry.code {
        Code::Number(number) => number.to_string() == key,
        Code::Text(text) => text == key,
        Code::None | Code::Field(_) => false,
    };
    let is_close =
        |entry: &&Entry| entry.delivery.close_code().is_some_and(|code| code.to_string() == key);
    let entries = || catalog.entries.iter();
    let found: [Vec<&Entry>; 4] = [
        entries().filter(|entry| entry.name == key).collect(),
        entries().filter(|entry| entry.variant == key).collect(),
        entries().filter(is_code).collect(),
        entries().filter(is_close).collect(),
    ];
    found.into_iter().find(|found| !found.is_empty()).unwrap_or_default()
}

/// Says that nothing has this name, as `there is no format` or `` `chat` has no error `` begins it: with
/// the nearest name, and all that are known.
pub(crate) fn unknown<'a>(
    nothing: &str,
    name: &str,
    known: impl IntoIterator<Item = &'a str>,
) -> String {
    let known: Vec<&str> = known.into_iter().collect();
    let meant = nearest(name, &known)
        .map_or(String::new(), |nearest| format!("; did you mean `{nearest}`?"));
    if known.is_empty() {
        return format!("{nothing} {name:?}, nor any other");
    }
    let more = known.len().saturating_sub(LISTED);
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    let known = quoted(known.into_iter().take(LISTED));
    format!("{nothing} {name:?}{meant}\n       available: {known}{more}")
}

fn quoted(names: impl Iterator<Item = impl Display>) -> String {
    let names: Vec<String> = names.map(|name| format!("`{name}`")).collect();
    names.join(", ")
}

/// The known name that differs least, unless it differs in too much.
fn nearest<'a>(name: &str, known: &[&'a str]) -> Option<&'a str> {
    let plain = |name: &str| name.to_lowercase().replace(['-', '_', ' '], "");
    let wanted = plain(name);
    known
        .iter()
        .map(|known| (distance(&wanted, &plain(known)), *known))
        .filter(|(distance, known)| *distance <= known.chars().count().max(3) / 3)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, known)| known)
}

/// How many characters must be added, removed or replaced to make one text of the other.
fn distance(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.chars().collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (index, c) in one.chars().enumerate() {
        let mut next = vec![index + 1];
        let mut left = index + 1;
        for (above, (d, diagonal)) in row.iter().skip(1).zip(other.iter().zip(&row)) {
            left = (diagonal + usize::from(c != *d)).min(above + 1).min(left + 1);
            next.push(left);
        }
        row = next;
    }
    row.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_name_is_the_one_that_was_meant() {
        let known = ["rate_limited", "room_not_found", "invalid_token"];
        assert_eq!(nearest("rate-limitd", &known), Some("rate_limited"));
        assert_eq!(nearest("RoomNotFound", &known), Some("room_not_found"));
        assert_eq!(nearest("token_invalid", &known), None);
        assert_eq!(nearest("xyz", &known), None);
    }

    #[test]
    fn a_distance_counts_changes() {
        assert_eq!(distance("kitten", "sitting"), 3);
        assert_eq!(distance("", "abc"), 3);
        assert_eq!(distance("abc", ""), 3);
        assert_eq!(distance("é", "é"), 0);
    }
}
