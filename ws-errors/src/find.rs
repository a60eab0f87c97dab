//! What a name, a code or a close code stands for, and what was meant by one that nothing has.

use ws_errors_core::distinct::distinct;
use ws_errors_core::names::{self, list_names};

use crate::catalog::{Catalog, Entry};

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
    let entries = catalogs.iter().flat_map(|catalog| catalog.entries);
    Err(unknown(&nothing, key, distinct(entries.map(|entry| entry.name))))
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
            list_names(found.iter().map(|(_, entry)| entry.name))
        ),
        _ => format!(
            "{key:?} stands for several errors: {}; give the catalog and the name of one",
            list_names(
                found.iter().map(|(catalog, entry)| format!("{} {}", catalog.name, entry.name))
            )
        ),
    })
}

/// The entries of a catalog that a key stands for: those with this name, else those with this
/// variant, this code or this close code.
fn entries(catalog: &'static Catalog, key: &str) -> Vec<&'static Entry> {
    let is_code = |entry: &&Entry| entry.code_text().as_deref() == Some(key);
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
    let known = list_names(known.into_iter().take(LISTED));
    format!("{nothing} {name:?}{meant}\n       available: {known}{more}")
}

/// The known name that was probably meant, whatever its case and what stands between its words.
fn nearest<'a>(name: &str, known: &[&'a str]) -> Option<&'a str> {
    let plain = |name: &str| name.to_lowercase().replace(['-', '_', ' '], "");
    let all: Vec<String> = known.iter().map(|known| plain(known)).collect();
    let plain_name = plain(name);
    let meant = names::nearest(&plain_name, all.iter().map(String::as_str))?;
    known.get(all.iter().position(|one| one == meant)?).copied()
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
}
