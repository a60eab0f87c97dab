//! Texts with fields of the variant in them: `message`, `reason`, `user(…)`.

use proc_macro2::Span;
use ws_errors_core::catalog::{Piece, Text};
use ws_errors_core::placeholder;
pub(crate) use ws_errors_core::placeholder::Segment;

use crate::cursor::Spanned;
use crate::errors::error;
use crate::keep;

/// Reads Rust's own formatting: `{field}`, `{field:>4}`, `{0}`, `{{`, `}}`.
pub(crate) fn text(text: &Spanned<String>) -> syn::Result<Spanned<Text>> {
    let mut pieces = Vec::new();
    for segment in segments(text)? {
        pieces.push(match segment {
            Segment::Literal(literal) => Piece::Literal(keep::text(&literal)),
            Segment::Placeholder(inside) => piece(&inside, text.span)?,
        });
    }
    Ok(Spanned { value: Text(keep::list(pieces)), span: text.span })
}

/// A text without fields.
pub(crate) fn constant(text: &str) -> Text {
    match text {
        "" => Text::EMPTY,
        text => Text(keep::list(vec![Piece::Literal(keep::text(text))])),
    }
}

fn piece(inside: &str, span: Span) -> syn::Result<Piece> {
    let (name, spec) = inside.split_once(':').unwrap_or((inside, ""));
    let name = name.trim();
    if let Some(field) = name.strip_prefix("self.") {
        return error(
            span,
            format!("`{{{inside}}}`: in a text a field stands without `self`: `{{{field}}}`"),
        );
    }
    if name.is_empty() {
        return error(
            span,
            format!(
                "`{{{inside}}}` names no field; write `{{field}}`, or `{{0}}` in a tuple variant"
            ),
        );
    }
    let is_name = name.chars().all(|c| c == '_' || c.is_alphanumeric());
    if !is_name {
        return error(
            span,
            format!(
                "`{{{inside}}}` is no placeholder: a text takes fields of the variant, `{{field}}`; braces themselves are written `{{{{` and `}}}}`"
            ),
        );
    }
    let spec = spec.trim_end();
    if spec.contains('$') || spec.contains(".*") {
        return error(
            span,
            format!(
                "`{{{inside}}}` takes its width from an argument, and a text has none; write a number"
            ),
        );
    }
    if !is_format(spec) {
        return error(
            span,
            format!(
                "`{{{inside}}}`: `{spec}` is no format of Rust's; write one such as `{{{name}:>8}}`, `{{{name}:.2}}` or `{{{name}:?}}`"
            ),
        );
    }
    Ok(Piece::Field { name: keep::text(name), spec: keep::text(spec) })
}

/// Whether Rust knows what stands behind the colon:
/// `[[fill]align][sign]['#']['0'][width]['.' precision][type]`.
fn is_format(spec: &str) -> bool {
    let is_align = |c: Option<char>| matches!(c, Some('<' | '^' | '>'));
    let mut rest = spec.chars();
    let second = spec.chars().nth(1);
    if is_align(second) {
        rest.nth(1);
    } else if is_align(spec.chars().next()) {
        rest.next();
    }
    let mut rest = rest.as_str();
    rest = rest.strip_prefix(['+', '-']).unwrap_or(rest);
    rest = rest.strip_prefix('#').unwrap_or(rest);
    let is_number = |digits: &str| digits.parse::<u16>().is_ok();
    let end = |text: &str| text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let (width, after) = rest.split_at(end(rest));
    let mut rest = after;
    if let Some(after) = rest.strip_prefix('.') {
        let (precision, after) = after.split_at(end(after));
        if !is_number(precision) {
            return false;
        }
        rest = after;
    }
    (width.is_empty() || is_number(width))
        && ["", "?", "x?", "X?", "x", "X", "o", "b", "e", "E", "p"].contains(&rest)
}

/// Cuts a string at its braces; `{{` and `}}` are braces themselves.
pub(crate) fn segments(text: &Spanned<String>) -> syn::Result<Vec<Segment>> {
    placeholder::segments(&text.value).or_else(|message| error(text.span, message))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_format_is_one_of_rusts() {
        for spec in ["", "?", "#?", ">8", "*^8.2", "08.3", "+#010x", "<<4", "x?", "é>3", "e"] {
            assert!(is_format(spec), "{spec}");
        }
        for spec in ["json", "5q", ".", "99999999", ".999999", "??", "xx", ">>>"] {
            assert!(!is_format(spec), "{spec}");
        }
    }
}
