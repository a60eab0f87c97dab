//! Strings as JSON writes them.

/// How many bytes are looked at together. The loop over a block has no branch, so the compiler
/// makes vector instructions of it.
const BLOCK: usize = 32;

/// Whether a byte can't stand in a JSON string as it is (RFC 8259, section 7).
const fn is_special(byte: u8) -> bool {
    byte < 0x20 || byte == b'"' || byte == b'\\'
}

/// Where the first byte that needs an escape is.
fn first_special(bytes: &[u8]) -> Option<usize> {
    let mut start = 0;
    while let Some(block) = bytes[start..].first_chunk::<BLOCK>() {
        if block.iter().fold(false, |any, &byte| any | is_special(byte)) {
            break;
        }
        start += BLOCK;
    }
    while let Some(block) = bytes[start..].first_chunk::<8>() {
        if block.iter().fold(false, |any, &byte| any | is_special(byte)) {
            break;
        }
        start += 8;
    }
    bytes[start..].iter().position(|&byte| is_special(byte)).map(|found| start + found)
}

/// Writes a text as the inside of a JSON string.
pub(crate) fn push_escaped(out: &mut String, mut text: &str) {
    while let Some(at) = first_special(text.as_bytes()) {
        // `at` is the place of an ASCII byte, and so a boundary.
        out.push_str(&text[..at]);
        push_escape(out, text.as_bytes()[at]);
        text = &text[at + 1..];
    }
    out.push_str(text);
}

#[cold]
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
pub(crate) fn push_plain(out: &mut String, text: &str) {
    if text.chars().any(char::is_control) {
        out.extend(
            text.chars().map(|c| if c.is_control() { char::REPLACEMENT_CHARACTER } else { c }),
        );
    } else {
        out.push_str(text);
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
    fn plain_text_keeps_no_control_character() {
        let mut out = String::new();
        push_plain(&mut out, "a\r\nb\u{0}c\u{85}d é");
        assert_eq!(out, "a\u{fffd}\u{fffd}b\u{fffd}c\u{fffd}d é");
    }
}
