//! The kind of frame that an envelope makes: what stands around its template.

use proc_macro2::{Delimiter, Span, TokenTree};
use syn::{Lit, Path};
use ws_errors_core::catalog::{Codec, Format, Node, PROBLEM};
use ws_errors_core::rules::values::text_envelope;

use super::{Frame, Reader, Template, whole};
use crate::cursor::Cursor;
use crate::errors::error;
use crate::keep;

/// The template of an envelope, and its kind of frame.
pub(crate) fn envelope(cursor: Cursor) -> syn::Result<(Template, Frame)> {
    let mut ahead = cursor.clone();
    let mut prefix: Option<(Cursor, Span)> = None;
    loop {
        let span = ahead.span();
        let word = ahead.take_name().unwrap_or_default();
        let Some(group) = ahead.take_group(Delimiter::Parenthesis) else {
            return match prefix {
                Some((_, span)) => error(
                    span,
                    "behind `binary(…) +` stands `msgpack(…)` or `cbor(…)`; text joins text inside of `binary(…)`",
                ),
                None => text(cursor),
            };
        };
        let inside = ahead.deeper(&group)?;
        let packed: fn(&'static [u8]) -> Format = match word.as_str() {
            "binary" if ahead.is_empty() && prefix.is_none() => {
                let template = Template::read(inside, Reader::root)?;
                return Ok((template, Frame::of(Format::Binary)));
            }
            "binary" if prefix.is_none() && ahead.take_punct('+') => {
                prefix = Some((inside, span));
                continue;
            }
            "msgpack" => Format::MessagePack,
            "cbor" => Format::Cbor,
            "with" if prefix.is_none() => {
                ahead.expect_end("nothing may follow `with(…)`")?;
                return with(&inside, span);
            }
            _ => return text(cursor),
        };
        ahead.expect_end(
            "nothing may follow what is packed: only its own decoder knows where it ends",
        )?;
        let prefix = prefix.map(|(prefix, _)| bytes(prefix)).transpose()?.unwrap_or_default();
        return Ok((whole(inside)?, Frame::of(packed(keep::list(prefix)))));
    }
}

/// `"\u{1}"`, `b"\xff"`: bytes that are always the same.
fn bytes(mut cursor: Cursor) -> syn::Result<Vec<u8>> {
    let what = "before what is packed stand constant bytes: `binary(b\"\\x01\") + msgpack({ … })`";
    let span = cursor.span();
    let bytes = match cursor.take_literal().map(|literal| literal.value) {
        Some(Lit::Str(text)) => text.value().into_bytes(),
        Some(Lit::ByteStr(bytes)) => bytes.value(),
        _ => return error(span, what),
    };
    cursor.expect_end(what)?;
    Ok(bytes)
}

/// `encode`, `encode, decode`, each perhaps with a template that names the slots.
fn with(inside: &Cursor, span: Span) -> syn::Result<(Template, Frame)> {
    let what = "`with` takes the path of an encoder, perhaps of a decoder, and perhaps the slots that they get by name: `with(encode, decode, { \"code\": code })`";
    let mut parts = inside.split_at_commas();
    let is_object = |part: &Cursor| matches!(part.peek(), Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Brace);
    let template = match parts.last() {
        Some(last) if is_object(last) => whole(last.clone())?,
        _ => Template::of_word(Codec::ALL_SLOTS, span),
    };
    parts.retain(|part| !is_object(part));
    let mut paths = Vec::new();
    for part in &parts {
        match syn::parse2::<Path>(part.rest()) {
            Ok(_) => paths.push(part.rest()),
            Err(_) => return error(part.span(), what),
        }
    }
    let mut paths = paths.into_iter();
    match (paths.next(), paths.next(), paths.next()) {
        (Some(encode), decode, None) => {
            // The functions themselves are the application's: here only the name is known.
            let codec =
                Codec { name: keep::text(&encode.to_string().replace(' ', "")), functions: || &() };
            let frame = Frame { format: Format::With(codec), codec: Some((encode, decode)) };
            Ok((template, frame))
        }
        _ => error(span, what),
    }
}

/// A text frame: JSON, or a string as it is.
fn text(cursor: Cursor) -> syn::Result<(Template, Frame)> {
    if let Some(text) = cursor.clone().take_string() {
        text_envelope(&text.value).or_else(|words| error(text.span, words))?;
    }
    let template = Template::read(cursor, Reader::root)?;
    let format = match template.node {
        Node::Composed(_) => Format::Text,
        _ => Format::Json,
    };
    Ok((template, Frame::of(format)))
}

/// Problem details (RFC 9457) as the body of a response; `None` where something else is written.
pub(crate) fn problem(cursor: &Cursor) -> syn::Result<Option<Template>> {
    let mut ahead = cursor.clone();
    let span = ahead.span();
    if !ahead.take_word("problem") {
        return Ok(None);
    }
    if ahead.take_parenthesised().is_some() {
        return error(
            span,
            "`problem` stands alone; its `type` begins with the address of your reference, which the enum gives: `doc_url = \"https://example.com/errors\"`",
        );
    }
    ahead.expect_end("nothing may follow `problem`")?;
    Ok(Some(Template::of_word(PROBLEM, span)))
}
