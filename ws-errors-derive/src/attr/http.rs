//! `http(…)`: how an error is answered over HTTP.

use std::rc::Rc;

use proc_macro2::Span;
use ws_errors_core::catalog::{Format, Node, PROBLEM_JSON};
use ws_errors_core::rules::values;

use super::envelope::Envelope;
use super::item::{Attributes, Item, Read, inside, put};
use super::value;
use crate::cursor::{Cursor, Spanned};
use crate::errors::{Errors, error};
use crate::template::{self, Frame, problem};

/// `http(status = 404, envelope = …, content_type = "…")`, or `http = none`.
pub(crate) struct HttpAttribute {
    pub(crate) span: Span,
    /// It is not answered over HTTP.
    pub(crate) none: bool,
    pub(crate) status: Option<Spanned<u16>>,
    pub(crate) body: Option<Body>,
    pub(crate) content_type: Option<&'static str>,
}

/// The body of a response.
pub(crate) struct Body {
    pub(crate) envelope: Rc<Envelope>,
    /// What it is where nothing else is said.
    pub(crate) content_type: &'static str,
}

const WHAT: &str =
    "`http` is written `http(status = 404, envelope = { \"code\": code, \"message\": message })`";

impl Attributes for HttpAttribute {
    const KEYS: &'static [(&'static str, Read<Self>)] = &[
        ("content_type", |of, item, _| {
            put(&mut of.content_type, item.allowed(values::content_type))
        }),
        ("envelope", |of, item, _| put(&mut of.body, body(item))),
        ("status", |of, item, _| put(&mut of.status, status(item.value()?))),
    ];
}

pub(crate) fn http(item: Item, errors: &Errors) -> syn::Result<HttpAttribute> {
    let span = item.span;
    let mut http =
        HttpAttribute { span, none: false, status: None, body: None, content_type: None };
    if let Some(mut value) = item.value {
        let what = format!("{WHAT}, or `http = none` for what is never answered over HTTP");
        let place = value.span();
        if item.arguments.is_some() || !value.take_word("none") {
            return error(place, what);
        }
        value.expect_end(&what)?;
        http.none = true;
        return Ok(http);
    }
    let has_arguments = item.arguments.as_ref().is_some_and(|inside| !inside.is_empty());
    if has_arguments { Ok(inside(http, item, &[], WHAT, errors)?.0) } else { error(span, WHAT) }
}

fn status(mut cursor: Cursor) -> syn::Result<Spanned<u16>> {
    let what = "`status` takes an HTTP status: `http(status = 404)`";
    let number = value::integer(&mut cursor, what)?;
    cursor.expect_end(what)?;
    Ok(Spanned { value: number.judged(values::error_status)?, span: number.span })
}

fn body(item: Item) -> syn::Result<Body> {
    let span = item.span;
    let cursor = item.value()?;
    let place = cursor.span();
    let (template, frame, content_type) = match problem(&cursor)? {
        Some(template) => (template, Frame::of(Format::Json), Some(PROBLEM_JSON)),
        None => {
            let (template, frame) = template::envelope(cursor)?;
            let is_chain = matches!(template.node, Node::Chain(_));
            let content_type = frame.format.http_media_type().filter(|_| !is_chain);
            (template, frame, content_type)
        }
    };
    match content_type {
        Some(content_type) => {
            Ok(Body { envelope: Rc::new(Envelope { span, template, frame }), content_type })
        }
        None => error(
            place,
            "`http`: a body is JSON, or a text: `envelope = { \"code\": code }`, `envelope = \"{message}\"`",
        ),
    }
}
