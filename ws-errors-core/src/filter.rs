//! What filters make of the characters of a slot, and back.

use std::borrow::Cow;

use crate::catalog::Filter;
use crate::escape::{push_escaped, quote, unquote};
use crate::names::{did_you_mean, list_names};

impl Filter {
    /// The filters that stand behind a colon, `{message:quoted}`, by their names.
    pub const NAMED: [(&'static str, Self); 7] = [
        ("quoted", Self::Quoted),
        ("line", Self::Line),
        ("word", Self::Word),
        ("percent", Self::Percent),
        ("stomp", Self::Stomp),
        ("xml", Self::Xml),
        ("raw", Self::Raw),
    ];

    /// The name; `len` is written `{len(message)}`.
    pub fn name(self) -> &'static str {
        let named = Self::NAMED.iter().find(|(_, filter)| *filter == self);
        named.map_or("len", |(name, _)| name)
    }

    /// What stands between the braces of a string in an envelope, `name:quoted` or `len(name)`: the name,
    /// and the filter.
    ///
    /// # Errors
    /// Says which filters there are.
    pub fn split(inside: &str) -> Result<(&str, Option<Self>), String> {
        let trimmed = inside.trim();
        if let Some(name) = trimmed.strip_prefix("len(").and_then(|rest| rest.strip_suffix(')')) {
            return Ok((name.trim(), Some(Self::Len)));
        }
        let Some((name, word)) = trimmed.split_once(':') else { return Ok((trimmed, None)) };
        match Self::NAMED.iter().find(|(name, _)| *name == word.trim()) {
            Some((_, filter)) => Ok((name.trim(), Some(*filter))),
            None => {
                let names = Self::NAMED.map(|(name, _)| name);
                Err(format!(
                    "`{{{trimmed}}}`: no filter is called `{word}`{}\nthere are {} and `{{len({name})}}`",
                    did_you_mean(word.trim(), names),
                    list_names(names),
                ))
            }
        }
    }

    /// What it makes of a text.
    pub fn apply(self, text: &str) -> Cow<'_, str> {
        match self {
            Self::Raw => Cow::Borrowed(text),
            Self::Line => Cow::Owned(text.replace(char::is_control, " ")),
            Self::Word => Cow::Owned(word(text)),
            Self::Percent => Cow::Owned(percent_encoded(text)),
            Self::Stomp => Cow::Owned(with_stomp_escapes(text)),
            Self::Len => Cow::Owned(text.len().to_string()),
            Self::Quoted => Cow::Owned(quote(text)),
            Self::Xml => {
                let mut out = String::with_capacity(text.len());
                for character in text.chars() {
                    match ENTITIES.iter().find(|(_, c)| *c == character) {
                        Some((entity, _)) => out.push_str(entity),
                        // XML 1.0 has no way to write one.
                        None if character.is_control() => out.push(char::REPLACEMENT_CHARACTER),
                        None => out.push(character),
                    }
                }
                Cow::Owned(out)
            }
        }
    }

    /// What it makes of a part of a text, without the quotes around the whole. A word begins where the
    /// text does: `is_first` says that the part stands there.
    pub(crate) fn apply_to_part(self, part: &str, is_first: bool) -> String {
        let before = if is_first { "" } else { "a" };
        let whole = format!("{before}{part}");
        let made = match self {
            Self::Quoted => {
                let mut escaped = String::new();
                push_escaped(&mut escaped, &whole);
                escaped
            }
            filter => filter.apply(&whole).into_owned(),
        };
        made.strip_prefix(before).unwrap_or_default().to_owned()
    }

    /// The text of which it made this, as far as that can be known; `None` where it makes no such
    /// thing.
    pub fn undo(self, text: &str) -> Option<Cow<'_, str>> {
        match self {
            Self::Raw | Self::Line | Self::Word => Some(Cow::Borrowed(text)),
            Self::Percent => Some(percent_decoded(text)),
            Self::Stomp => Some(without_stomp_escapes(text)),
            Self::Quoted => unquote(text).map(Cow::Owned),
            Self::Xml => Some(without_entities(text)),
            // A number says nothing of what was counted.
            Self::Len => None,
        }
    }

    /// Whether what it makes has nothing in it with which these characters begin, so that a reader
    /// sees where it ends.
    pub fn ends_before(self, separator: &str) -> bool {
        let Some(first) = separator.chars().next() else { return self == Self::Quoted };
        match self {
            Self::Quoted => true,
            Self::Line => first.is_control(),
            Self::Word => first.is_whitespace() || first.is_control(),
            Self::Percent => !is_unreserved(first) && first != '%',
            Self::Stomp => first == ':' || first.is_control(),
            Self::Xml => matches!(first, '<' | '>' | '"' | '\'') || first.is_control(),
            Self::Len => !first.is_ascii_digit(),
            Self::Raw => false,
        }
    }
}

/// One word, or none: it has neither white space nor a control character in it, and does not begin
/// with the colon that ends the words of IRC (RFC 2812, section 2.3.1).
fn word(text: &str) -> String {
    let is_forged =
        |(at, c): (usize, char)| c.is_whitespace() || c.is_control() || (at == 0 && c == ':');
    text.char_indices().map(|one| if is_forged(one) { '_' } else { one.1 }).collect()
}

/// RFC 3986, section 2.3.
fn is_unreserved(character: char) -> bool {
    character.is_ascii_alphanumeric() || matches!(character, '-' | '.' | '_' | '~')
}

/// RFC 3986, section 2.1.
fn percent_encoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        if is_unreserved(character) {
            out.push(character);
        } else {
            for byte in character.encode_utf8(&mut [0; 4]).bytes() {
                out.push_str(&format!("%{byte:02X}"));
            }
        }
    }
    out
}

/// What is no encoded UTF-8 stays as it is.
fn percent_decoded(text: &str) -> Cow<'_, str> {
    if !text.contains('%') {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(character) = rest.chars().next() {
        let encoded = encoded_prefix(rest);
        let bytes: Vec<u8> = encoded.split('%').skip(1).filter_map(hexadecimal).collect();
        match std::str::from_utf8(&bytes) {
            Ok(decoded) if !encoded.is_empty() => out.push_str(decoded),
            _ if encoded.is_empty() => out.push(character),
            _ => out.push_str(encoded),
        }
        let length = if encoded.is_empty() { character.len_utf8() } else { encoded.len() };
        rest = rest.get(length..).unwrap_or_default();
    }
    Cow::Owned(out)
}

/// The `%XX` with which a text begins, one after the other.
fn encoded_prefix(text: &str) -> &str {
    let is_encoded = |at: usize| {
        text.get(at..at + 3)
            .and_then(|three| three.strip_prefix('%'))
            .is_some_and(|digits| hexadecimal(digits).is_some())
    };
    let mut end = 0;
    while is_encoded(end) {
        end += 3;
    }
    text.get(..end).unwrap_or_default()
}

fn hexadecimal(digits: &str) -> Option<u8> {
    digits.bytes().all(|byte| byte.is_ascii_hexdigit()).then_some(())?;
    u8::from_str_radix(digits, 16).ok()
}

/// STOMP 1.2, *Value Encoding*.
const STOMP: [(&str, char); 4] = [("\\\\", '\\'), ("\\r", '\r'), ("\\n", '\n'), ("\\c", ':')];

fn with_stomp_escapes(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match STOMP.iter().find(|(_, c)| *c == character) {
            Some((escape, _)) => out.push_str(escape),
            // STOMP has no way to write one.
            None if character.is_control() => out.push(char::REPLACEMENT_CHARACTER),
            None => out.push(character),
        }
    }
    out
}

fn without_stomp_escapes(text: &str) -> Cow<'_, str> {
    replaced(text, '\\', &STOMP)
}

const ENTITIES: [(&str, char); 5] =
    [("&amp;", '&'), ("&lt;", '<'), ("&gt;", '>'), ("&quot;", '"'), ("&#39;", '\'')];

fn without_entities(text: &str) -> Cow<'_, str> {
    replaced(text, '&', &ENTITIES)
}

/// The text with each escape replaced by its character. All begin with the mark; one that begins no
/// escape stays.
fn replaced<'t>(text: &'t str, mark: char, escapes: &[(&str, char)]) -> Cow<'t, str> {
    if !text.contains(mark) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(mark) {
        let (before, marked) = rest.split_at(at);
        out.push_str(before);
        match escapes.iter().find(|(escape, _)| marked.starts_with(escape)) {
            Some((escape, character)) => {
                out.push(*character);
                rest = marked.strip_prefix(escape).unwrap_or_default();
            }
            None => {
                out.push(mark);
                rest = marked.strip_prefix(mark).unwrap_or_default();
            }
        }
    }
    out.push_str(rest);
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    const REVERSIBLE: [Filter; 6] =
        [Filter::Quoted, Filter::Xml, Filter::Raw, Filter::Line, Filter::Percent, Filter::Stomp];

    #[test]
    fn what_a_filter_makes_of_a_text_gives_the_text_again() {
        for text in
            ["", "a & b", "<a href=\"x\">it's</a>", "&amp;lt;", "\\ \" é 🎈", "%41%zz", "\\c:"]
        {
            for filter in REVERSIBLE {
                let made = filter.apply(text);
                assert_eq!(filter.undo(&made).as_deref(), Some(text), "{filter:?}: {made}");
            }
        }
        assert_eq!(Filter::Quoted.undo(&Filter::Quoted.apply("a\r\nb")).as_deref(), Some("a\r\nb"));
    }

    #[test]
    fn no_filter_but_raw_lets_a_control_character_through() {
        let filters = Filter::NAMED.map(|(_, filter)| filter).into_iter().chain([Filter::Len]);
        for filter in filters.filter(|filter| *filter != Filter::Raw) {
            assert!(!filter.apply("a\r\n\u{0}\u{85}b").contains(['\r', '\n', '\u{0}']));
        }
        assert_eq!(Filter::Raw.apply("a\r\n"), "a\r\n");
        assert_eq!(Filter::Len.apply("é"), "2");
    }

    #[test]
    fn nothing_ends_a_slot_too_early_that_its_filter_writes() {
        let values =
            ["", ":", " ", "\r\n", "\"", "<a>", "#a b :x", "a,b;c|d/e", "-1.5", "é\u{2028}"];
        let separators = [":", " ", "\n", "\"", ",", "<", ">", "/", "|", " :", ";", "\u{2028}"];
        for (_, filter) in Filter::NAMED.into_iter().filter(|(_, one)| *one != Filter::Quoted) {
            for separator in separators.into_iter().filter(|one| filter.ends_before(one)) {
                for value in values {
                    let made = filter.apply(value);
                    assert!(!made.contains(separator), "{filter:?}: {made} before {separator:?}");
                }
            }
        }
    }

    #[test]
    fn a_word_is_one_whatever_it_is_made_of() {
        for (text, word) in [("#a b :x", "#a_b_:x"), ("", ""), (":x", "_x"), ("a\r\nb", "a__b")] {
            assert_eq!(Filter::Word.apply(text), word);
        }
    }

    #[test]
    fn what_was_never_encoded_stays_as_it_is() {
        assert_eq!(Filter::Percent.apply("/a:b é%"), "%2Fa%3Ab%20%C3%A9%25");
        assert_eq!(Filter::Percent.undo("100%, %ff, %C3%A9").as_deref(), Some("100%, %ff, é"));
        assert_eq!(Filter::Stomp.apply("a:b\\\n\0"), "a\\cb\\\\\\n\u{fffd}");
        assert_eq!(Filter::Stomp.undo("a\\tb").as_deref(), Some("a\\tb"));
    }
}
