//! Tokens to a template.

use proc_macro2::{Delimiter, Ident, TokenTree};
use syn::Lit;
use ws_errors_core::catalog::{Cast, Node, Slot, no_call, no_macro};

use super::containers::{array, object};
use super::word::{dotted, parts};
use super::{Item, Template};
use crate::cursor::{Cursor, Spanned, plain};
use crate::errors::error;
use crate::keep;

/// The template of an envelope: one value, or text and JSON joined by `+`.
pub(super) fn root(mut cursor: Cursor) -> syn::Result<Template> {
    let first = element(&mut cursor)?;
    if cursor.is_empty() {
        return if first.optional {
            error(cursor.span(), "an envelope can't be left out as a whole; take the `?` away")
        } else {
            Ok(first.value)
        };
    }
    let mut elements = vec![first];
    while cursor.take_punct('+') {
        elements.push(element(&mut cursor)?);
    }
    cursor.expect_end(
        "expected `+`, or the end of the envelope; commas stand between members only",
    )?;
    Ok(Template::list(elements, Node::Chain))
}

/// One value, and nothing after it.
pub(crate) fn whole(mut cursor: Cursor) -> syn::Result<Template> {
    let template = defaulted(&mut cursor)?;
    cursor.expect_end(match cursor.peek_punct('+') {
        true => "`+` joins text and JSON at the root of an envelope only",
        false => "expected `,` after the value, or the end",
    })?;
    Ok(template)
}

/// A value without slots, as compact JSON.
pub(crate) fn constant(cursor: Cursor) -> syn::Result<&'static str> {
    let span = cursor.span();
    let template = whole(cursor)?;
    if let Some(slot) = template.slots.first() {
        return error(
            slot.span,
            "a constant is expected here, and a slot is none; write JSON: `\"text\"`, `5`, `{ \"key\": true }`",
        );
    }
    match template.node.constant() {
        Some(json) => Ok(keep::text(&json)),
        None => error(span, "a constant is expected here, without `?`, `??` or `..`"),
    }
}

/// `value`, `value ?? default`.
fn defaulted(cursor: &mut Cursor) -> syn::Result<Template> {
    let element = element(cursor)?;
    if element.optional {
        return error(
            cursor.span(),
            "`?` marks what may be left out: behind the key of a member, `\"key\"?: value`, or behind an element of an array",
        );
    }
    Ok(element.value)
}

/// `value`, `value?`, `value ?? default`, `value? ?? default`.
pub(super) fn element(cursor: &mut Cursor) -> syn::Result<Item> {
    let value = value(cursor)?;
    let mut marks = 0;
    while cursor.take_punct('?') {
        marks += 1;
    }
    match marks {
        0 => Ok(Item { optional: false, value }),
        1 => Ok(Item { optional: true, value }),
        2 | 3 => {
            cursor.descend(cursor.span())?;
            let default = self::element(cursor)?;
            if default.optional {
                return error(cursor.span(), "the right side of `??` can't be left out");
            }
            let value = Template::defaulted(value, default.value);
            Ok(Item { optional: marks == 3, value })
        }
        _ => error(
            cursor.span(),
            "`?` leaves out and `??` gives a default; more of them mean nothing",
        ),
    }
}

/// A value, with its cast.
pub(super) fn value(cursor: &mut Cursor) -> syn::Result<Template> {
    let template = primary(cursor)?;
    if !cursor.take_word("as") {
        return Ok(template);
    }
    let span = cursor.span();
    let Some(cast) = cursor.take_name().and_then(|word| Cast::named(&word)) else {
        return error(span, "`as` takes `string` or `number`");
    };
    match template.cast(cast) {
        Some(template) => Ok(template),
        None => error(span, "`as` stands behind a slot"),
    }
}

fn primary(cursor: &mut Cursor) -> syn::Result<Template> {
    if let Some(group) = cursor.take_group(Delimiter::Brace) {
        return object(&cursor.deeper(&group)?);
    }
    if let Some(group) = cursor.take_group(Delimiter::Bracket) {
        return array(&cursor.deeper(&group)?);
    }
    if let Some(group) = cursor.take_group(Delimiter::Parenthesis) {
        return whole(cursor.deeper(&group)?);
    }
    let span = cursor.span();
    if let Some(literal) = cursor.take_literal() {
        return constant_literal(literal);
    }
    match cursor.take_ident() {
        Some(word) => word_or_slot(&word, cursor),
        None => error(
            span,
            "expected a value: a string, a number, `{ … }`, `[ … ]`, or a slot such as `code`",
        ),
    }
}

fn constant_literal(literal: Spanned<Lit>) -> syn::Result<Template> {
    let span = literal.span;
    match literal.value {
        Lit::Str(text) => Ok(Template::composed(parts(&Spanned { value: text.value(), span })?)),
        Lit::Int(int) if int.suffix().is_empty() => Ok(Template::constant(int.base10_digits())),
        Lit::Float(float) if float.base10_parse::<f64>().is_ok_and(f64::is_infinite) => error(
            span,
            "a number in JSON is finite, and this one is too large; write a smaller one",
        ),
        Lit::Float(float) if float.suffix().is_empty() => match float.base10_digits() {
            // `1.` is a number to Rust, and none to JSON.
            digits if digits.ends_with('.') => Ok(Template::constant(&format!("{digits}0"))),
            digits => Ok(Template::constant(digits)),
        },
        Lit::Int(_) | Lit::Float(_) => {
            error(span, "a number in JSON has no suffix; write it without")
        }
        Lit::ByteStr(_) => error(
            span,
            "bytes stand before what is packed, `binary(b\"\\x01\") + msgpack({ … })`; for other binary frames there is `with(encode, decode, { … })`",
        ),
        _ => error(span, "JSON has strings in double quotes, numbers, `true`, `false` and `null`"),
    }
}

pub(super) fn word_or_slot(word: &Ident, cursor: &mut Cursor) -> syn::Result<Template> {
    let span = word.span();
    let name = plain(word);
    if cursor.peek_punct('!') {
        return error(span, no_macro(&name));
    }
    match name.as_str() {
        "true" | "false" | "null" => return Ok(Template::constant(&name)),
        "json" => {
            if let Some(group) = cursor.take_group(Delimiter::Parenthesis) {
                return Ok(Template::encoded(whole(cursor.encoded(&group)?)?));
            }
        }
        _ => {
            let is_call = cursor.take_group(Delimiter::Parenthesis).is_some();
            if is_call || name == "problem" {
                return error(span, no_call(&name));
            }
        }
    }
    let splices = cursor.clone().take_puncts('.', '.');
    let (slot, field) = if !splices && cursor.take_punct('.') {
        let place = cursor.span();
        let field = match cursor.next() {
            Some(TokenTree::Ident(field)) => field,
            Some(TokenTree::Literal(index)) if name == "self" => {
                let slot = Slot::Field(keep::text(&index.to_string()));
                return Ok(Template::slot(slot, span, place));
            }
            _ if Slot::named(&name).is_ok() => {
                return error(place, format!("expected `,` behind `{name}`, and not `.`"));
            }
            _ => return error(place, format!("expected a name after `{name}.`")),
        };
        if cursor.peek_punct('.') {
            return error(
                cursor.span(),
                "a slot has one dot; give the context or the variant a field of its own for what is deeper",
            );
        }
        (dotted(&name, &field, span)?, field.span())
    } else {
        (Slot::named(&name).or_else(|words| error(span, words))?, span)
    };
    Ok(Template::slot(slot, span, field))
}

#[cfg(test)]
mod tests {
    use proc_macro2::Span;

    use super::*;

    fn parse(text: &str) -> Node {
        root(Cursor::new(text.parse().unwrap(), Span::call_site())).unwrap().node
    }

    #[test]
    fn spacing_does_not_count_and_question_marks_do() {
        for text in ["[args? ?? []]", "[args ???[]]", "[args?? ? []]"] {
            let text = text.replace("args", "self.args");
            let Node::Array(elements) = parse(&text) else { panic!("{text}") };
            assert!(elements[0].optional, "{text}");
            assert!(matches!(&elements[0].value, Node::Default { .. }), "{text}");
        }
    }

    #[test]
    fn a_cast_binds_tighter_than_a_default_and_a_default_than_a_chain() {
        let template = parse(r#""44" + cx.id as string ?? null"#);
        let Node::Chain(elements) = template else { panic!("a chain") };
        let Node::Default { node, .. } = &elements[1].value else { panic!("a default") };
        assert!(matches!(node, Node::Slot { cast: Some(Cast::String), .. }));
    }
}
