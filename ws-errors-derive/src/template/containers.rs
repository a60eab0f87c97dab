//! Objects and arrays in an envelope.

use proc_macro2::{Ident, Span};
use ws_errors_core::catalog::{Element, Member, Node, Part, Slot};

use super::{Reader, Written, as_json};
use crate::cursor::{Cursor, plain};
use crate::errors::{all, both, error};
use crate::keep;

impl Reader {
    pub(super) fn object(&mut self, inside: &Cursor) -> syn::Result<Node> {
        let mut keys: Vec<(String, Span)> = Vec::new();
        let items = inside.split_at_commas();
        // A slot in braces has no key.
        if let [item] = items.as_slice()
            && let Some(slot) = slot_in_braces(item)
        {
            return error(item.span(), format!("a slot stands without braces: `{slot}`"));
        }
        let members = all(items.into_iter().map(|item| self.member(item, &mut keys)))?;
        Ok(Node::Object(keep::list(members)))
    }

    fn member(&mut self, mut item: Cursor, keys: &mut Vec<(String, Span)>) -> syn::Result<Member> {
        let span = item.span();
        if item.take_puncts('.', '.') {
            return self.splice(item);
        }
        let Some(key) = item.take_string() else {
            let word = item.take_ident().filter(|_| item.peek_punct(':') || item.peek_punct('?'));
            return match word {
                Some(word) => {
                    let word = plain(&word);
                    error(span, format!("a key is in quotes, as in JSON: `\"{word}\": value`"))
                }
                None => error(span, "expected a key in quotes, as in JSON: `\"key\": value`"),
            };
        };
        if let Some((_, first)) = keys.iter().find(|(other, _)| *other == key.value) {
            let words = format!("the key {:?} is there twice; a member has one value", key.value);
            return both(span, words, *first, format!("{:?} is first used here", key.value));
        }
        keys.push((key.value.clone(), span));
        let optional = item.take_punct('?');
        item.expect_punct(':', "expected `:` or `?:` after the key")?;
        if item.is_empty() {
            return error(item.span(), format!("the key {:?} has no value", key.value));
        }
        let place = item.span();
        let value = self.whole(item)?;
        if let Node::Composed([Part::Literal(text)]) = value
            && is_slot(text, &key.value)
        {
            return error(
                place,
                format!(
                    "in quotes `{text}` is a text, and always the same; the slot stands without them: `{:?}: {text}`",
                    key.value
                ),
            );
        }
        Ok(Member::Pair { key: keep::text(&key.value), optional, value: as_json(value) })
    }

    fn splice(&mut self, mut item: Cursor) -> syn::Result<Member> {
        let what = "`..` splices `details` or `self` into an object";
        let span = item.span();
        if item.peek_punct('.') {
            return error(span, "a splice has two dots: `..details`, `..self`");
        }
        let slot = match item.take_name().as_deref() {
            Some("details") => Slot::Details,
            Some("self") => Slot::Fields,
            _ => return error(span, what),
        };
        item.expect_end(what)?;
        self.slots.push(Written::of(slot, span, span));
        Ok(Member::Splice(slot))
    }

    pub(super) fn array(&mut self, inside: &Cursor) -> syn::Result<Node> {
        let mut spliced: Vec<Span> = Vec::new();
        let elements = all(inside.split_at_commas().into_iter().map(|mut item| {
            let element = if item.take_puncts('.', '.') {
                let span = item.span();
                spliced.push(span);
                match self.value(&mut item)? {
                    Node::Slot { slot, .. } => {
                        Element { optional: false, value: Node::Splice(slot) }
                    }
                    _ => {
                        return error(
                            span,
                            "`..` splices a list: `..self.field`, `..cx.field` or `..details`",
                        );
                    }
                }
            } else {
                let Element { optional, value } = self.element(&mut item)?;
                Element { optional, value: as_json(value) }
            };
            item.expect_comma()?;
            Ok(element)
        }))?;
        match spliced[..] {
            [_, second, ..] => error(
                second,
                "one list is spliced into an array: nobody could tell where the first one ends",
            ),
            [first] if elements.iter().any(|element| element.optional) => error(
                first,
                "beside a spliced list no element can be left out: nobody could tell which is which",
            ),
            _ => Ok(Node::Array(keep::list(elements))),
        }
    }
}

/// `code`, `self.channel`, and nothing else.
fn slot_in_braces(item: &Cursor) -> Option<String> {
    let text = item.rest().to_string().replace(' ', "");
    let (mut ahead, word) = (item.clone(), item.clone().take_ident()?);
    Reader::default().word(&ahead.take_ident()?, &mut ahead).ok()?;
    let is_slot = ahead.is_empty() && !["true", "false", "null"].contains(&plain(&word).as_str());
    is_slot.then_some(text)
}

/// Whether a text is one that was meant as a slot: `"self.field"`, or `"code"` under its own name.
fn is_slot(text: &str, key: &str) -> bool {
    let is_word = |text: &str| syn::parse_str::<Ident>(text).is_ok();
    match text.split_once('.') {
        Some(("self" | "cx" | "set", field)) => is_word(field),
        Some(_) => false,
        None => text == key && Slot::named(text).is_ok(),
    }
}
