//! Objects and arrays in an envelope.

use proc_macro2::{Ident, Span};
use ws_errors_core::catalog::{Member, Node, Part, Slot};

use super::parse::{element, value, whole, word_or_slot};
use super::{Item, Template, Written, pair};
use crate::cursor::{Cursor, plain};
use crate::errors::{all, both, error};

pub(super) fn object(inside: &Cursor) -> syn::Result<Template> {
    let mut keys: Vec<(String, Span)> = Vec::new();
    let items = inside.split_at_commas();
    // A slot in braces has no key.
    if let [item] = items.as_slice()
        && let Some(slot) = slot_in_braces(item)
    {
        return error(item.span(), format!("a slot stands without braces: `{slot}`"));
    }
    let members = items.into_iter().map(|item| member(item, &mut keys));
    Ok(Template::object(all(members)?))
}

/// `code`, `self.channel`, and nothing else.
fn slot_in_braces(item: &Cursor) -> Option<String> {
    let text = item.rest().to_string().replace(' ', "");
    let (mut ahead, word) = (item.clone(), item.clone().take_ident()?);
    word_or_slot(&ahead.take_ident()?, &mut ahead).ok()?;
    let is_slot = ahead.is_empty() && !["true", "false", "null"].contains(&plain(&word).as_str());
    is_slot.then_some(text)
}

fn member(mut item: Cursor, keys: &mut Vec<(String, Span)>) -> syn::Result<(Member, Vec<Written>)> {
    let span = item.span();
    if item.take_puncts('.', '.') {
        return splice(item);
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
    let value = whole(item)?;
    if let Node::Composed([Part::Literal(text)]) = value.node
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
    Ok(pair(&key.value, optional, value))
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

fn splice(mut item: Cursor) -> syn::Result<(Member, Vec<Written>)> {
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
    Ok((Member::Splice(slot), vec![Written { span, field: span, text: slot.to_string() }]))
}

pub(super) fn array(inside: &Cursor) -> syn::Result<Template> {
    let elements = all(inside.split_at_commas().into_iter().map(|mut item| {
        let element = if item.take_puncts('.', '.') {
            let span = item.span();
            let Template { node, slots } = value(&mut item)?;
            match node {
                Node::Slot { slot, .. } => {
                    Item { optional: false, value: Template { node: Node::Splice(slot), slots } }
                }
                _ => {
                    return error(
                        span,
                        "`..` splices a list: `..self.field`, `..cx.field` or `..details`",
                    );
                }
            }
        } else {
            let Item { optional, value } = element(&mut item)?;
            Item { optional, value: value.value() }
        };
        item.expect_comma()?;
        Ok(element)
    }))?;
    let mut spliced = elements.iter().filter_map(|element| match &element.value {
        Template { node: Node::Splice(_), slots } => slots.first().map(|slot| slot.span),
        _ => None,
    });
    if let Some(first) = spliced.next() {
        if let Some(second) = spliced.next() {
            return error(
                second,
                "one list is spliced into an array: nobody could tell where the first one ends",
            );
        }
        if elements.iter().any(|element| element.optional) {
            return error(
                first,
                "beside a spliced list no element can be left out: nobody could tell which is which",
            );
        }
    }
    Ok(Template::list(elements, Node::Array))
}
