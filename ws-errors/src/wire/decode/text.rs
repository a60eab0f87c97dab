//! Text against fragments, and against a chain of text and JSON.

use serde::Deserialize;
use serde::de::IgnoredAny;

use super::matching::Matching;
use super::pattern::{Fragment, Link, LinkValue, Pattern};
use crate::catalog::Filter;
use crate::wire::json::Json;

impl Matching {
    /// A string of several fragments.
    pub(super) fn fragments(&mut self, fragments: &[Fragment], text: &str) -> bool {
        self.string(fragments, &[], text)
    }

    /// One string, and the links behind it.
    fn string(&mut self, fragments: &[Fragment], rest: &[Link], text: &str) -> bool {
        let is_literal = |fragment: &Fragment| matches!(fragment, Fragment::Literal(_));
        self.constants += usize::from(fragments.iter().any(is_literal));
        self.text(fragments, rest, text)
    }

    /// Text and JSON one after the other. An optional link is taken where it can be.
    pub(super) fn links(&mut self, links: &[Link], text: &str) -> bool {
        let Some((Link { optional, value }, rest)) = links.split_first() else {
            return text.is_empty();
        };
        self.attempt(|matching| match value {
            LinkValue::Text(fragments) => matching.string(fragments, rest, text),
            LinkValue::Json(pattern) => split_json(text).is_some_and(|(json, text)| {
                matching.value(pattern, &json) && matching.links(rest, text)
            }),
        }) || *optional && self.links(rest, text)
    }

    /// A slot ends at the next literal, and the last one takes the rest.
    fn text(&mut self, fragments: &[Fragment], rest: &[Link], text: &str) -> bool {
        let Some((fragment, after)) = fragments.split_first() else {
            return self.links(rest, text);
        };
        match fragment {
            Fragment::Literal(literal) => {
                self.literal += literal.len();
                text.strip_prefix(literal.as_str()).is_some_and(|text| self.text(after, rest, text))
            }
            Fragment::Open(Pattern::Filtered(Filter::Quoted, pattern)) => {
                // It says itself where it ends.
                let Some((Json::String(slot), text)) = split_json(text) else { return false };
                self.characters(pattern, &slot) && self.text(after, rest, text)
            }
            Fragment::Open(pattern) => end_of_slot(after, rest, text)
                .and_then(|end| text.split_at_checked(end))
                .is_some_and(|(slot, text)| {
                    self.characters(pattern, slot) && self.text(after, rest, text)
                }),
        }
    }
}

/// Where the characters of a slot end, which these fragments and links follow.
fn end_of_slot(after: &[Fragment], rest: &[Link], text: &str) -> Option<usize> {
    match (after, rest) {
        ([], []) => Some(text.len()),
        // Nothing comes behind the literal, so it is the last of its kind that ends the slot.
        ([Fragment::Literal(literal)], []) => {
            text.strip_suffix(literal.as_str()).map(|slot| slot.len())
        }
        ([Fragment::Literal(literal), ..], _) => text.find(literal.as_str()),
        ([Fragment::Open(Pattern::Filtered(Filter::Quoted, _)), ..], _) => text.find('"'),
        // Two slots side by side: all characters are the second's.
        ([Fragment::Open(_), ..], _) => Some(0),
        ([], [Link { value: LinkValue::Text(fragments), .. }, rest @ ..]) => {
            end_of_slot(fragments, rest, text)
        }
        ([], [Link { value: LinkValue::Json(pattern), .. }, ..]) => {
            text.find(|character| opens(pattern, character))
        }
    }
}

/// Whether JSON of this pattern can begin with the character.
fn opens(pattern: &Pattern, character: char) -> bool {
    match pattern {
        Pattern::Object(_) => character == '{',
        Pattern::Array(_) => character == '[',
        Pattern::Composed(_) | Pattern::Encoded(_) => character == '"',
        Pattern::Lenient(pattern) => opens(pattern, character),
        Pattern::Default(pattern, default) => {
            opens(pattern, character) || opens(default, character)
        }
        _ => matches!(character, '{' | '[' | '"' | '-' | '0'..='9' | 't' | 'f' | 'n'),
    }
}

/// The JSON with which a text begins, and what follows it.
pub(super) fn split_json(text: &str) -> Option<(Json<'_>, &str)> {
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let json = Json::deserialize(&mut deserializer).ok()?;
    let end = deserializer.into_iter::<IgnoredAny>().byte_offset();
    Some((json, text.get(end..)?))
}
