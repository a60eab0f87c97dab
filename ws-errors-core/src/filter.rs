//! What filters make of the characters of a slot, and back.

use std::borrow::Cow;

use crate::catalog::Filter;
use crate::escape::{quote, unquote};

impl Filter {
    /// What it makes of a text.
    pub fn apply(self, text: &str) -> Cow<'_, str> {
        match self {
            Self::Raw => Cow::Borrowed(text),
            Self::Line => Cow::Owned(text.replace(char::is_control, " ")),
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

    /// The text of which it made this, as far as that can be told; `None` where it makes no such
    /// thing.
    pub fn undo(self, text: &str) -> Option<Cow<'_, str>> {
        match self {
            Self::Raw | Self::Line => Some(Cow::Borrowed(text)),
            Self::Quoted => unquote(text).map(Cow::Owned),
            Self::Xml => Some(without_entities(text)),
            // A number says nothing of what was counted.
            Self::Len => None,
        }
    }
}

const ENTITIES: [(&str, char); 5] =
    [("&amp;", '&'), ("&lt;", '<'), ("&gt;", '>'), ("&quot;", '"'), ("&#39;", '\'')];

fn without_entities(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, _)) = rest.split_once('&') {
        out.push_str(before);
        rest = rest.strip_prefix(before).unwrap_or_default();
        let entity = ENTITIES.iter().find(|(entity, _)| rest.starts_with(entity));
        let (entity, character) = entity.unwrap_or(&("&", '&'));
        out.push(*character);
        rest = rest.strip_prefix(entity).unwrap_or_default();
    }
    out.push_str(rest);
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_filter_makes_of_a_text_gives_the_text_again() {
        for text in ["", "a & b", "<a href=\"x\">it's</a>", "&amp;lt;", "\\ \" é 🎈"] {
            for filter in [Filter::Quoted, Filter::Xml, Filter::Raw, Filter::Line] {
                let made = filter.apply(text);
                assert_eq!(filter.undo(&made).as_deref(), Some(text), "{filter:?}: {made}");
            }
        }
        assert_eq!(Filter::Quoted.undo(&Filter::Quoted.apply("a\r\nb")).as_deref(), Some("a\r\nb"));
    }

    #[test]
    fn no_filter_but_raw_lets_a_control_character_through() {
        for filter in [Filter::Quoted, Filter::Xml, Filter::Line, Filter::Len] {
            assert!(!filter.apply("a\r\n\u{0}\u{85}b").contains(['\r', '\n', '\u{0}']));
        }
        assert_eq!(Filter::Raw.apply("a\r\n"), "a\r\n");
        assert_eq!(Filter::Len.apply("é"), "2");
    }
}
