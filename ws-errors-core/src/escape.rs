//! Strings as JSON writes them.

use std::borrow::Cow;

/// Whether a byte can't stand in a JSON string as it is (RFC 8259, section 7).
const fn is_special(byte: u8) -> bool {
    byte < 0x20 || byte == b'"' || byte == b'\\'
}

/// The same of eight bytes at once, each in a lane of its own: the lowest bit that is set belongs to
/// the first of them.
///
/// Subtracting sets the highest bit of a lane that was below what is subtracted, and of some behind
/// it. The bytes of characters beyond ASCII, which have that bit already, are masked out.
#[inline]
const fn special_lanes(lanes: u64) -> u64 {
    const ONES: u64 = u64::MAX / 255;
    const HIGHEST: u64 = ONES * 0x80;
    let controls = lanes.wrapping_sub(ONES * 0x20) & !lanes;
    let quotes = lanes ^ (ONES * b'"' as u64);
    let quotes = quotes.wrapping_sub(ONES) & !quotes;
    let backslashes = lanes ^ (ONES * b'\\' as u64);
    let backslashes = backslashes.wrapping_sub(ONES) & !backslashes;
    (controls | quotes | backslashes) & HIGHEST
}

/// Whether no byte of a block needs an escape. The loop has no branch, so that the compiler makes
/// vector instructions of it.
#[inline]
fn is_plain_block(block: &[u8; 64]) -> bool {
    !block.iter().fold(false, |any, &byte| any | is_special(byte))
}

/// Whether no byte needs an escape.
#[inline]
fn is_plain(bytes: &[u8]) -> bool {
    let is_special_chunk = |chunk: &[u8; 8]| special_lanes(u64::from_le_bytes(*chunk)) != 0;
    if let Some(last) = bytes.last_chunk::<8>() {
        let (blocks, rest) = bytes.as_chunks::<64>();
        let (chunks, _) = rest.as_chunks::<8>();
        return blocks.iter().all(is_plain_block)
            && !chunks.iter().any(is_special_chunk)
            && !is_special_chunk(last);
    }
    if let (Some(first), Some(last)) = (bytes.first_chunk::<4>(), bytes.last_chunk::<4>()) {
        let (first, last) = (u32::from_le_bytes(*first), u32::from_le_bytes(*last));
        return special_lanes(u64::from(first) | u64::from(last) << 32) == 0;
    }
    !bytes.iter().any(|&byte| is_special(byte))
}

/// How many bytes stand before the first that can't stand in a JSON string as it is.
#[inline]
pub fn plain_length(bytes: &[u8]) -> usize {
    let mut length = 0;
    while let Some(chunk) = bytes.get(length..).and_then(<[u8]>::first_chunk) {
        let lanes = special_lanes(u64::from_le_bytes(*chunk));
        if lanes != 0 {
            return length + lanes.trailing_zeros() as usize / 8;
        }
        length += 8;
    }
    let rest = bytes.get(length..).unwrap_or_default();
    length + rest.iter().position(|&byte| is_special(byte)).unwrap_or(rest.len())
}

/// Writes a text as the inside of a JSON string.
#[inline]
pub fn push_escaped(out: &mut String, text: &str) {
    if is_plain(text.as_bytes()) {
        out.push_str(text);
    } else {
        push_with_escapes(out, text);
    }
}

#[cold]
fn push_with_escapes(out: &mut String, text: &str) {
    let bytes = text.as_bytes();
    let (mut written, mut at) = (0, 0);
    while let Some(rest) = bytes.get(at..).filter(|rest| !rest.is_empty()) {
        if rest.first_chunk::<64>().is_some_and(is_plain_block) {
            at += 64;
            continue;
        }
        let end = at + rest.len().min(64);
        while let Some(rest) = bytes.get(at..).filter(|_| at < end) {
            let (plain, seen) = match rest.first_chunk::<8>() {
                Some(chunk) => (special_lanes(u64::from_le_bytes(*chunk)).trailing_zeros() / 8, 8),
                None => (u32::from(!is_special(rest[0])), 1),
            };
            at += plain as usize;
            if plain < seen {
                // `at` is the place of an ASCII byte, and so a boundary.
                out.push_str(&text[written..at]);
                push_escape(out, bytes[at]);
                at += 1;
                written = at;
            }
        }
    }
    out.push_str(&text[written..]);
}

fn push_escape(out: &mut String, byte: u8) {
    const HEX: [char; 16] =
        ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'];
    out.push('\\');
    match byte {
        b'"' | b'\\' => out.push(char::from(byte)),
        b'\n' => out.push('n'),
        b'\r' => out.push('r'),
        b'\t' => out.push('t'),
        0x08 => out.push('b'),
        0x0c => out.push('f'),
        _ => {
            out.push_str("u00");
            out.push(HEX[usize::from(byte >> 4)]);
            out.push(HEX[usize::from(byte & 15)]);
        }
    }
}

/// Writes a text where no JSON is: a control character becomes U+FFFD, so that a value can't forge
/// the end of a line.
#[inline]
pub fn push_plain(out: &mut String, text: &str) {
    if text.chars().any(char::is_control) {
        out.extend(
            text.chars().map(|c| if c.is_control() { char::REPLACEMENT_CHARACTER } else { c }),
        );
    } else {
        out.push_str(text);
    }
}

/// A text as a JSON string.
pub fn quote(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    push_escaped(&mut out, text);
    out.push('"');
    out
}

/// The text that a JSON string holds; `None` where it is no JSON string. A half of a surrogate pair
/// becomes U+FFFD.
pub fn unquote(json: &str) -> Option<String> {
    unquote_or(json, Some(char::REPLACEMENT_CHARACTER))
}

/// The same with this in place of a half of a surrogate pair; `None` where that is `None`.
pub(crate) fn unquote_or(json: &str, half: Option<char>) -> Option<String> {
    let mut rest = json.strip_prefix('"')?.strip_suffix('"')?;
    let mut out = String::with_capacity(rest.len());
    while let Some(at) = rest.bytes().position(is_special) {
        out.push_str(&rest[..at]);
        let escape = rest[at..].strip_prefix('\\')?;
        let character = escape.chars().next()?;
        rest = &escape[character.len_utf8()..];
        out.push(match character {
            '"' | '\\' | '/' => character,
            'b' => '\u{8}',
            'f' => '\u{c}',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'u' => unicode(&mut rest, half)?,
            _ => return None,
        });
    }
    out.push_str(rest);
    Some(out)
}

/// What stands behind `\u`: four digits, and a second escape where they are half of a pair.
fn unicode(rest: &mut &str, half: Option<char>) -> Option<char> {
    let unit = take_unit(rest)?;
    if !(0xD800..0xDC00).contains(&unit) {
        return char::from_u32(unit).or(half);
    }
    let mut ahead = rest.strip_prefix("\\u").unwrap_or_default();
    match take_unit(&mut ahead) {
        Some(low @ 0xDC00..0xE000) => {
            *rest = ahead;
            char::from_u32(0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00))
        }
        _ => half,
    }
}

fn take_unit(rest: &mut &str) -> Option<u32> {
    let (digits, after) = rest.split_at_checked(4)?;
    *rest = after;
    digits
        .bytes()
        .all(|byte| byte.is_ascii_hexdigit())
        .then(|| u32::from_str_radix(digits, 16))?
        .ok()
}

/// The characters of a JSON value: a string's own, and of anything else its JSON.
pub fn characters_of(json: &str) -> Cow<'_, str> {
    if json.starts_with('"') {
        Cow::Owned(unquote(json).unwrap_or_default())
    } else {
        Cow::Borrowed(json)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn escaped(text: &str) -> String {
        let mut out = String::from("\"");
        push_escaped(&mut out, text);
        out.push('"');
        out
    }

    #[test]
    fn every_character_is_escaped_as_serde_json_does_at_every_place_of_a_block() {
        for code in (0..0x180).chain([0x2028, 0x1f388]) {
            let Some(character) = char::from_u32(code) else { continue };
            for before in [0, 1, 7, 8, 9, 31, 32, 33, 70] {
                let text = format!("{}{character}{}", "a".repeat(before), "é".repeat(20));
                assert_eq!(escaped(&text), serde_json::to_string(&text).unwrap());
            }
        }
    }

    #[test]
    fn every_string_is_read_as_serde_json_reads_it() {
        for json in [
            r#""""#,
            r#""a\"b\\c\/d\b\f\n\r\t""#,
            r#""\u00e9\ud83c\udf88é🎈""#,
            r#""\x""#,
            r#""\u12""#,
            "\"\n\"",
            r#""a"#,
            r#""\""#,
            "4",
        ] {
            assert_eq!(unquote(json), serde_json::from_str::<String>(json).ok(), "{json}");
        }
        assert_eq!(unquote(r#""\ud83c!""#).as_deref(), Some("\u{fffd}!"));
    }

    #[test]
    fn plain_text_keeps_no_control_character() {
        let mut out = String::new();
        push_plain(&mut out, "a\r\nb\u{0}c\u{85}d é");
        assert_eq!(out, "a\u{fffd}\u{fffd}b\u{fffd}c\u{fffd}d é");
    }
}
