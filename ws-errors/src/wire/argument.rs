//! What an occurrence brings to an encoding.

use std::fmt::{self, Write as _};
use std::io;

use ws_errors_core::cut;
use ws_errors_core::encoding::Within;
use ws_errors_core::escape::{characters_of, push_escaped, push_plain};

/// The most bytes that a value may have inside a text. It is often an echo of what a client sent,
/// which must not decide how much is sent back.
pub const MAX_ECHO: usize = 1024;

/// The value of an argument.
#[derive(Clone, Copy)]
pub enum Argument<'a> {
    /// `None`.
    Nothing,
    /// A text.
    Text(&'a str),
    /// Any value that serializes.
    Json(&'a dyn Json),
    /// Any value that has a `Display` text.
    Display(&'a dyn fmt::Display),
    /// A value that is known only as JSON and as text.
    Sample(&'a Sample),
}

/// A value that is given by name, and not by an occurrence.
#[derive(Debug, Clone)]
pub struct Sample {
    /// As JSON.
    pub json: String,
    /// As text.
    pub text: String,
}

impl Argument<'_> {
    /// The value as far as it is an echo: a text is cut, and anything else is data.
    #[must_use]
    pub fn echo(self) -> Self {
        match self {
            Self::Text(text) => Self::Text(cut(text, MAX_ECHO)),
            Self::Sample(sample)
                if sample.json.starts_with('"') && sample.text.len() > MAX_ECHO =>
            {
                Self::Text(cut(&sample.text, MAX_ECHO))
            }
            value => value,
        }
    }

    #[inline]
    pub(crate) fn is_nothing(&self) -> bool {
        matches!(self, Self::Nothing)
    }

    /// How many bytes will be written, without quotes; exact for texts without escapes.
    #[inline]
    pub(crate) fn size_hint(&self) -> usize {
        match self {
            Self::Nothing => 0,
            Self::Text(text) => text.len(),
            Self::Sample(sample) => sample.text.len(),
            Self::Json(_) | Self::Display(_) => 16,
        }
    }

    /// Writes it as JSON; `false` where it can't be serialized, and is `null`.
    #[inline]
    pub(crate) fn push_json(&self, out: &mut String) -> bool {
        match self {
            Self::Nothing => out.push_str("null"),
            Self::Text(text) => {
                out.push('"');
                push_escaped(out, text);
                out.push('"');
            }
            Self::Json(value) => {
                if !value.push_json(out) {
                    out.push_str("null");
                    return false;
                }
            }
            Self::Display(value) => {
                out.push('"');
                let is_whole = push_display(out, *value, Within::String, false);
                out.push('"');
                return is_whole;
            }
            Self::Sample(sample) => out.push_str(&sample.json),
        }
        true
    }

    /// Writes its characters; `false` where it can't be serialized or shown, and there are none.
    #[inline]
    pub(crate) fn push_characters(&self, out: &mut String, within: Within, bounded: bool) -> bool {
        match self {
            Self::Nothing => {}
            Self::Text(text) => {
                push_text(out, if bounded { cut(text, MAX_ECHO) } else { text }, within)
            }
            Self::Sample(Sample { text, .. }) => {
                push_text(out, if bounded { cut(text, MAX_ECHO) } else { text }, within);
            }
            Self::Display(value) => return push_display(out, *value, within, bounded),
            Self::Json(_) => {
                let mut json = String::new();
                if !self.push_json(&mut json) {
                    return false;
                }
                let text = characters_of(&json);
                push_text(out, if bounded { cut(&text, MAX_ECHO) } else { &text }, within);
            }
        }
        true
    }
}

#[inline]
fn push_text(out: &mut String, text: &str, within: Within) {
    match within {
        Within::String => push_escaped(out, text),
        Within::Text => push_plain(out, text),
        Within::Raw => out.push_str(text),
    }
}

fn push_display(out: &mut String, value: &dyn fmt::Display, within: Within, bounded: bool) -> bool {
    let start = out.len();
    let left = if bounded { MAX_ECHO } else { usize::MAX };
    let mut writer = DisplayWriter { out, within, left };
    // The writer says no only when it has enough; any other error is the value's own.
    let failed = write!(writer, "{value}").is_err() && writer.left > 0;
    if failed {
        out.truncate(start);
    }
    !failed
}

/// Escapes what `Display` writes, and stops it where it gets too long.
struct DisplayWriter<'a> {
    out: &'a mut String,
    within: Within,
    left: usize,
}

impl fmt::Write for DisplayWriter<'_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        if text.len() <= self.left {
            self.left -= text.len();
            push_text(self.out, text, self.within);
            return Ok(());
        }
        let text = cut(text, self.left);
        self.left = 0;
        push_text(self.out, text, self.within);
        Err(fmt::Error)
    }
}

/// A value that serializes, whatever its type.
pub trait Json {
    /// Writes it as compact JSON; nothing, and `false`, where its `Serialize` fails.
    fn push_json(&self, out: &mut String) -> bool;
}

impl<T: serde::Serialize> Json for T {
    fn push_json(&self, out: &mut String) -> bool {
        // A string of its own costs an allocation, and less for each piece.
        if const { size_of::<Self>() <= SCALAR } {
            push_short(out, &mut |json| is_ok(serde_json::to_writer(json, self)))
        } else {
            push_long(out, serde_json::to_string(self))
        }
    }
}

/// Drops the error here: else what drops it is compiled for each type that serializes.
#[inline(never)]
fn is_ok(written: serde_json::Result<()>) -> bool {
    written.is_ok()
}

/// How many bytes a number, a flag or a word has in Rust: more hold a text, a list or several fields.
const SCALAR: usize = 16;

/// Collects what serde_json writes in pieces, so that it is checked and copied once.
#[inline(never)]
fn push_short(out: &mut String, write: &mut dyn FnMut(&mut Pieces) -> bool) -> bool {
    let mut json = Pieces { short: [0; SHORT], length: 0, long: Vec::new() };
    let text = write(&mut json).then(|| std::str::from_utf8(json.bytes()).ok()).flatten();
    text.is_some_and(|text| {
        out.push_str(text);
        true
    })
}

#[inline(never)]
fn push_long(out: &mut String, json: serde_json::Result<String>) -> bool {
    json.is_ok_and(|json| {
        out.push_str(&json);
        true
    })
}

/// How many bytes need no allocation: a number has fewer.
const SHORT: usize = 32;

/// Bytes: a few in place, more on the heap.
struct Pieces {
    short: [u8; SHORT],
    length: usize,
    /// All of them, where they are more.
    long: Vec<u8>,
}

impl Pieces {
    fn bytes(&self) -> &[u8] {
        match self.length {
            length if length <= SHORT => &self.short[..length],
            _ => &self.long,
        }
    }
}

impl io::Write for Pieces {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.write_all(bytes)?;
        Ok(bytes.len())
    }

    #[inline]
    fn write_all(&mut self, bytes: &[u8]) -> io::Result<()> {
        let end = self.length + bytes.len();
        match self.short.get_mut(self.length..end) {
            Some(place) => place.copy_from_slice(bytes),
            None => {
                if self.long.is_empty() {
                    self.long.reserve(8 * SHORT);
                    self.long.extend_from_slice(&self.short[..self.length]);
                }
                self.long.extend_from_slice(bytes);
            }
        }
        self.length = end;
        Ok(())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Fails;

    impl serde::Serialize for Fails {
        fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            use serde::ser::{Error as _, SerializeSeq as _};
            let mut list = serializer.serialize_seq(None)?;
            list.serialize_element("half")?;
            Err(S::Error::custom("no"))
        }
    }

    impl fmt::Display for Fails {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("half")?;
            Err(fmt::Error)
        }
    }

    fn characters(argument: Argument<'_>, within: Within) -> String {
        let mut out = String::from("<");
        argument.push_characters(&mut out, within, true);
        out + ">"
    }

    #[test]
    fn a_value_that_fails_to_serialize_becomes_null() {
        let mut out = String::from("[1,");
        Argument::Json(&Fails).push_json(&mut out);
        assert_eq!(out, "[1,null");
    }

    #[test]
    fn a_value_that_fails_to_display_becomes_empty() {
        assert_eq!(characters(Argument::Display(&Fails), Within::String), "<>");
    }

    #[test]
    fn the_characters_of_a_value_are_those_of_its_string_or_else_its_json() {
        assert_eq!(characters(Argument::Json(&"a\"\u{e9}\n"), Within::String), "<a\\\"é\\n>");
        assert_eq!(characters(Argument::Json(&"a\"\u{e9}\n"), Within::Text), "<a\"é\u{fffd}>");
        assert_eq!(characters(Argument::Json(&-7), Within::String), "<-7>");
    }

    #[test]
    fn an_echo_is_cut_at_a_character_however_it_is_written() {
        let long = "é".repeat(10_000);
        for argument in [Argument::Text(&long), Argument::Display(&long), Argument::Json(&long)] {
            assert_eq!(characters(argument, Within::String).len(), MAX_ECHO + 2);
        }
        let odd = format!("a{long}");
        assert_eq!(characters(Argument::Display(&odd), Within::String).len(), MAX_ECHO - 1 + 2);
    }
}
