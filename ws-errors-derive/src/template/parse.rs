//! Tokens to a template.

use proc_macro2::{Delimiter, Ident, Span, TokenTree};
use syn::Lit;
use ws_errors_core::catalog::{Cast, Element, Node, Slot, no_call, no_macro};

use super::word::dotted;
use super::{Reader, Written, as_json, kept};
use crate::cursor::{Cursor, Spanned, plain};
use crate::errors::error;
use crate::keep;

impl Reader {
    /// The template of an envelope: one value, or text and JSON joined by `+`.
    pub(super) fn root(&mut self, mut cursor: Cursor) -> syn::Result<Node> {
        let first = self.element(&mut cursor)?;
        if cursor.is_empty() {
            return match first.optional {
                true => error(
                    cursor.span(),
                    "an envelope can't be left out as a whole; take the `?` away",
                ),
                false => Ok(first.value),
            };
        }
        let mut elements = vec![first];
        while cursor.take_punct('+') {
            elements.push(self.element(&mut cursor)?);
        }
        cursor.expect_end(
            "expected `+`, or the end of the envelope; commas stand between members only",
        )?;
        Ok(Node::Chain(keep::list(elements)))
    }

    /// One value, perhaps with a default, and nothing after it.
    pub(super) fn whole(&mut self, mut cursor: Cursor) -> syn::Result<Node> {
        let element = self.element(&mut cursor)?;
        if element.optional {
            return error(
                cursor.span(),
                "`?` marks what may be left out: behind the key of a member, `\"key\"?: value`, or behind an element of an array",
            );
        }
        cursor.expect_end(match cursor.peek_punct('+') {
            true => "`+` joins text and JSON at the root of an envelope only",
            false => "expected `,` after the value, or the end",
        })?;
        Ok(element.value)
    }

    /// `value`, `value?`, `value ?? default`, `value? ?? default`.
    pub(super) fn element(&mut self, cursor: &mut Cursor) -> syn::Result<Element> {
        let value = self.value(cursor)?;
        let mut marks = 0;
        while cursor.take_punct('?') {
            marks += 1;
        }
        match marks {
            0 | 1 => Ok(Element { optional: marks == 1, value }),
            2 | 3 => {
                cursor.descend(cursor.span())?;
                let default = self.element(cursor)?;
                if default.optional {
                    return error(cursor.span(), "the right side of `??` can't be left out");
                }
                // What stands for nothing is exactly that.
                let default = match default.value.constant() {
                    Some(json) => Node::Constant(keep::text(&json)),
                    None => default.value,
                };
                let (node, default) = (kept(as_json(value)), kept(default));
                Ok(Element { optional: marks == 3, value: Node::Default { node, default } })
            }
            _ => error(
                cursor.span(),
                "`?` leaves out and `??` gives a default; more of them mean nothing",
            ),
        }
    }

    /// A value, with its cast.
    pub(super) fn value(&mut self, cursor: &mut Cursor) -> syn::Result<Node> {
        let node = self.primary(cursor)?;
        if !cursor.take_word("as") {
            return Ok(node);
        }
        let span = cursor.span();
        let Some(cast) = cursor.take_name().and_then(|word| Cast::named(&word)) else {
            return error(span, "`as` takes `string` or `number`");
        };
        match node {
            Node::Slot { slot, .. } => match slot.cannot_be(cast) {
                None => Ok(Node::Slot { slot, cast: Some(cast) }),
                Some(words) => error(span, words),
            },
            _ => error(span, "`as` stands behind a slot"),
        }
    }

    fn primary(&mut self, cursor: &mut Cursor) -> syn::Result<Node> {
        if let Some(group) = cursor.take_group(Delimiter::Brace) {
            return self.object(&cursor.deeper(&group)?);
        }
        if let Some(group) = cursor.take_group(Delimiter::Bracket) {
            return self.array(&cursor.deeper(&group)?);
        }
        if let Some(group) = cursor.take_group(Delimiter::Parenthesis) {
            return self.whole(cursor.deeper(&group)?);
        }
        let span = cursor.span();
        if let Some(literal) = cursor.take_literal() {
            return self.literal(literal);
        }
        match cursor.take_ident() {
            Some(word) => self.word(&word, cursor),
            None => error(
                span,
                "expected a value: a string, a number, `{ … }`, `[ … ]`, or a slot such as `code`",
            ),
        }
    }

    fn literal(&mut self, literal: Spanned<Lit>) -> syn::Result<Node> {
        let span = literal.span;
        match literal.value {
            Lit::Str(text) => self.string(&text.value(), span),
            Lit::Int(int) if int.suffix().is_empty() => Ok(constant(int.base10_digits())),
            Lit::Float(float) if float.base10_parse::<f64>().is_ok_and(f64::is_infinite) => error(
                span,
                "a number in JSON is finite, and this one is too large; write a smaller one",
            ),
            Lit::Float(float) if float.suffix().is_empty() => match float.base10_digits() {
                // `1.` is a number to Rust, and none to JSON.
                digits if digits.ends_with('.') => Ok(constant(&format!("{digits}0"))),
                digits => Ok(constant(digits)),
            },
            Lit::Int(_) | Lit::Float(_) => {
                error(span, "a number in JSON has no suffix; write it without")
            }
            Lit::ByteStr(_) => error(
                span,
                "bytes stand before what is packed, `binary(b\"\\x01\") + msgpack({ … })`; for other binary frames there is `with(encode, decode, { … })`",
            ),
            _ => error(
                span,
                "JSON has strings in double quotes, numbers, `true`, `false` and `null`",
            ),
        }
    }

    /// A slot, or a word of JSON.
    pub(super) fn word(&mut self, word: &Ident, cursor: &mut Cursor) -> syn::Result<Node> {
        let span = word.span();
        let name = plain(word);
        if cursor.peek_punct('!') {
            return error(span, no_macro(&name));
        }
        match name.as_str() {
            "true" | "false" | "null" => return Ok(constant(&name)),
            "json" => {
                if let Some(group) = cursor.take_group(Delimiter::Parenthesis) {
                    let node = self.whole(cursor.encoded(&group)?)?;
                    return Ok(Node::Encoded(kept(as_json(node))));
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
                    return Ok(self.slot(slot, span, place));
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
        Ok(self.slot(slot, span, field))
    }

    fn slot(&mut self, slot: Slot, span: Span, field: Span) -> Node {
        self.slots.push(Written::of(slot, span, field));
        Node::Slot { slot, cast: None }
    }
}

/// A number, `true`, `false` or `null`.
fn constant(json: &str) -> Node {
    Node::Constant(keep::text(json))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Node {
        let cursor = Cursor::new(text.parse().unwrap(), Span::call_site());
        Reader::default().root(cursor).unwrap()
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

    #[test]
    fn braces_in_a_string_of_an_example_are_themselves() {
        let text = r#"["{\"op\":\"join\"}", { "a": "{{code}}" }]"#;
        let cursor = Cursor::new(text.parse().unwrap(), Span::call_site());
        let json = super::super::constant(cursor).unwrap();
        assert_eq!(json, r#"["{\"op\":\"join\"}",{"a":"{{code}}"}]"#);
    }
}
