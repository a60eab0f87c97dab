//! Language tags, and which of the languages that there are a reader gets.

/// Whether a text is shaped as a language tag (BCP 47): subtags of at most eight ASCII letters and
/// digits, the first of letters only, between hyphens.
pub fn is_language_tag(tag: &str) -> bool {
    let is_subtag = |subtag: &str| {
        (1..=8).contains(&subtag.len()) && subtag.bytes().all(|byte| byte.is_ascii_alphanumeric())
    };
    let mut subtags = tag.split('-');
    subtags.next().is_some_and(|first| {
        first.len() > 1 && is_subtag(first) && first.bytes().all(|byte| byte.is_ascii_alphabetic())
    }) && subtags.all(is_subtag)
}

/// The languages in which a reader is to get a text, the first in which there is one; after them the
/// source language. None of them is the source language.
///
/// `wanted` is one tag, or a list as in the header `Accept-Language` (RFC 9110): `de-AT, fr;q=0.5`.
/// The first range that matches decides, by the lookup of RFC 4647: of `de-AT-1996` the languages
/// `de-AT-1996`, `de-AT` and `de` as far as they are available. What is in no language of that range
/// is in the source language then, and not in one that the reader wants less: a page in one language
/// reads better than one in three.
pub fn lookup<'a>(
    wanted: &str,
    available: impl Iterator<Item = &'a str> + Clone,
    source: &str,
) -> Vec<&'a str> {
    for range in ranges(wanted) {
        let mut found = Vec::new();
        for tag in truncations(range) {
            if tag.eq_ignore_ascii_case(source) {
                return found;
            }
            found.extend(available.clone().find(|other| other.eq_ignore_ascii_case(tag)));
        }
        if !found.is_empty() {
            return found;
        }
    }
    Vec::new()
}

/// The language ranges of a list, the most wanted first. What is not wanted at all (`q=0`), and what
/// stands for any (`*`), is not among them.
fn ranges(list: &str) -> Vec<&str> {
    let mut ranges: Vec<(&str, u16)> = list
        .split(',')
        .filter_map(|item| {
            let mut parts = item.split(';').map(str::trim);
            let range = parts.next().filter(|range| is_language_tag(range))?;
            let weight = parts.find_map(|part| part.strip_prefix("q=").or(part.strip_prefix("Q=")));
            let weight = weight.map_or(Some(1000), thousandths)?;
            (weight > 0).then_some((range, weight))
        })
        .collect();
    ranges.sort_by_key(|(_, weight)| std::cmp::Reverse(*weight));
    ranges.into_iter().map(|(range, _)| range).collect()
}

/// `0.5` as 500; `None` for what is no weight.
fn thousandths(weight: &str) -> Option<u16> {
    let (whole, part) = weight.split_once('.').unwrap_or((weight, ""));
    if part.len() > 3 || !part.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let part: u16 = format!("{part:0<3}").parse().ok()?;
    match whole {
        "0" => Some(part),
        "1" if part == 0 => Some(1000),
        _ => None,
    }
}

/// A tag, and what is left of it when its subtags go from the end; a single letter, which introduces
/// others, goes with them.
fn truncations(tag: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(tag), |tag| {
        let (mut rest, _) = tag.rsplit_once('-')?;
        while let Some((before, [_])) = rest.rsplit_once('-').map(|(b, last)| (b, last.as_bytes()))
        {
            rest = before;
        }
        Some(rest)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_is_letters_and_digits_between_hyphens() {
        for tag in ["en", "de-AT", "zh-Hant-TW", "de-CH-1996", "de-x-formal", "sr-Latn"] {
            assert!(is_language_tag(tag), "{tag}");
        }
        for tag in ["", "e", "de_AT", "de-", "-de", "*", "4", "../de", "de--AT", "abcdefghi", "é"]
        {
            assert!(!is_language_tag(tag), "{tag}");
        }
    }

    #[test]
    fn a_tag_loses_its_subtags_from_the_end() {
        let all: Vec<&str> = truncations("zh-Hant-CN-x-private1-private2").collect();
        assert_eq!(
            all,
            [
                "zh-Hant-CN-x-private1-private2",
                "zh-Hant-CN-x-private1",
                "zh-Hant-CN",
                "zh-Hant",
                "zh"
            ]
        );
    }

    /// The same table is read by the tests of the TypeScript client.
    #[test]
    fn a_reader_gets_the_first_language_that_there_is() {
        let cases = include_str!("language.cases.txt");
        let mut count = 0;
        for line in cases.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
            let columns: Vec<&str> = line.split('|').map(str::trim).collect();
            let [wanted, available, expected] = columns[..] else { panic!("{line}") };
            let found = lookup(wanted, available.split_whitespace(), "en");
            assert_eq!(found.join(" "), expected, "{line}");
            count += 1;
        }
        assert!(count > 10);
    }

    #[test]
    fn weights_decide_before_the_order_does() {
        let found = |wanted| lookup(wanted, ["de", "fr"].into_iter(), "en");
        assert_eq!(found("de;q=0.5, fr;q=0.9"), ["fr"]);
        assert_eq!(found("de;q=0, fr;q=0.001"), ["fr"]);
        assert_eq!(found("de;q=0.8, en, fr;q=0.9"), [""; 0]);
        assert_eq!(found("de;q=2, fr;q=0.1"), ["fr"], "no weight");
        assert_eq!(found("de;q=0.12345, fr;q=é"), [""; 0], "no weight");
        assert_eq!(found(" *, de ; q=0.7"), ["de"]);
        assert_eq!(found("de;level=1;q=0.1, fr;Q=0.2"), ["fr"]);
    }
}
