//! Texts that stay on their line of the log.

#![cfg_attr(not(feature = "tracing"), allow(dead_code))]

use std::error::Error;
use std::fmt::{self, Write};

/// The most bytes that one field of an event has.
const MAX: usize = 4096;

/// A text that stays on its line: whatever could end the line, or make a terminal show it as
/// something else, is escaped; and it ends after 4 KiB.
pub(super) struct Line<T>(pub(super) T);

impl<T: fmt::Display> fmt::Display for Line<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut writer = Writer { f, left: MAX };
        match write!(writer, "{}", self.0) {
            // It stops the text, and no more than that.
            Err(_) if writer.left == 0 => writer.f.write_str("…"),
            result => result,
        }
    }
}

struct Writer<'a, 'b> {
    f: &'a mut fmt::Formatter<'b>,
    left: usize,
}

impl fmt::Write for Writer<'_, '_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        for character in text.chars() {
            let Some(left) = self.left.checked_sub(character.len_utf8()) else {
                self.left = 0;
                return Err(fmt::Error);
            };
            self.left = left;
            if leaves_the_line(character) {
                write!(self.f, "{}", character.escape_unicode())?;
            } else {
                self.f.write_char(character)?;
            }
        }
        Ok(())
    }
}

/// Control characters (line ends and the terminal's escape among them), Unicode's own line ends,
/// and what turns the direction of writing around.
fn leaves_the_line(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{2028}' | '\u{2029}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// The causes of an error, from the nearest to the first.
pub(super) struct Sources<'a>(pub(super) Option<&'a (dyn Error + 'static)>);

impl fmt::Display for Sources<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut next = self.0;
        let mut separator = "";
        // A chain that is longer than this goes round in circles.
        for _ in 0..64 {
            let Some(error) = next else { break };
            write!(f, "{separator}{error}")?;
            separator = ": ";
            next = error.source();
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_ends_the_line_or_reaches_the_terminal() {
        let hostile = "a\nb\r\x1b[2Jc\u{2028}d\u{202e}e\0\u{7f}\u{85}";
        let line = Line(hostile).to_string();
        assert_eq!(line, r"a\u{a}b\u{d}\u{1b}[2Jc\u{2028}d\u{202e}e\u{0}\u{7f}\u{85}");
        assert_eq!(Line("über 日本 🎈").to_string(), "über 日本 🎈");
    }

    #[test]
    fn a_long_text_ends_at_a_character() {
        let line = Line("é".repeat(3000)).to_string();
        assert_eq!(line, format!("{}…", "é".repeat(2048)));
        assert_eq!(Line("x".repeat(4096)).to_string(), "x".repeat(4096));
    }
}
