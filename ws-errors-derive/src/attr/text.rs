//! Texts with fields of the variant in them: `message`, `reason`, `user(…)`.

use ws_errors_core::catalog::{Piece, Text};
use ws_errors_core::placeholder::{Segment, field, segments};

use crate::cursor::Spanned;
use crate::keep;

/// Reads Rust's own formatting: `{field}`, `{field:>4}`, `{0}`, `{{`, `}}`.
pub(crate) fn text(text: Spanned<&'static str>) -> syn::Result<Spanned<Text>> {
    let read = |text: &str| segments(text)?.iter().map(|segment| piece(segment, field)).collect();
    let pieces: Vec<Piece> = text.judged(read)?;
    Ok(Spanned { value: Text(keep::list(pieces)), span: text.span })
}

/// Reads a format string of somebody else's, whose placeholders need not be fields.
pub(crate) fn loose(text: &str) -> Text {
    fn field(inside: &str) -> Result<(&str, &str), String> {
        let (name, spec) = inside.split_once(':').unwrap_or((inside, ""));
        Ok((name.trim(), spec))
    }
    let segments = segments(text).unwrap_or_default();
    let pieces = segments.iter().filter_map(|segment| piece(segment, field).ok());
    Text(keep::list(pieces.collect()))
}

/// `field` takes a placeholder apart: the name of a field, and its format.
fn piece(
    segment: &Segment,
    field: impl Fn(&str) -> Result<(&str, &str), String>,
) -> Result<Piece, String> {
    Ok(match segment {
        Segment::Literal(literal) => Piece::Literal(keep::text(literal)),
        Segment::Placeholder(inside) => {
            let (name, spec) = field(inside)?;
            Piece::Field { name: keep::text(name), spec: keep::text(spec) }
        }
    })
}

/// A text without fields.
pub(crate) fn constant(text: &'static str) -> Text {
    match text {
        "" => Text::EMPTY,
        text => Text(keep::list(vec![Piece::Literal(text)])),
    }
}
