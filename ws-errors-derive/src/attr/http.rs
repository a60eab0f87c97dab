//! `http(…)`: how an error is answered over HTTP.

use proc_macro2::Span;
use ws_errors_core::catalog::{ERROR_STATUSES, PROBLEM_JSON};

use super::item::{Item, named};
use super::value;
use crate::cursor::{Cursor, Spanned};
use crate::errors::error;
use crate::template::{self, Frame, Template, problem};

/// `http(status = 404, envelope = …, content_type = "…")`, or `http = none`.
pub(crate) struct HttpAttribute {
    pub(crate) span: Span,
    /// It is not answered over HTTP.
    pub(crate) none: bool,
    pub(crate) status: Option<Spanned<u16>>,
    pub(crate) body: Option<Body>,
    pub(crate) content_type: Option<String>,
}

/// The body of a response.
pub(crate) struct Body {
    pub(crate) span: Span,
    pub(crate) template: Template,
    pub(crate) frame: Frame,
    /// What it is where nothing else is said.
    pub(crate) content_type: &'static str,
}

const WHAT: &str =
    "`http` is written `http(status = 404, envelope = { \"code\": code, \"message\": message })`";

pub(crate) fn http(item: Item) -> syn::Result<HttpAttribute> {
    let mut http = HttpAttribute {
        span: item.span,
        none: false,
        status: None,
        body: None,
        content_type: None,
    };
    if let Some(mut value) = item.value {
        let what = format!("{WHAT}, or `http = none` for what is never answered over HTTP");
        let span = value.span();
        if item.arguments.is_some() || value.take_ident().is_none_or(|word| word != "none") {
            return error(span, what);
        }
        value.expect_end(&what)?;
        http.none = true;
        return Ok(http);
    }
    let Some(arguments) = item.arguments else { return error(item.span, WHAT) };
    let parts = named("http", &arguments, &["content_type", "envelope", "status"], WHAT)?;
    if parts.is_empty() {
        return error(item.span, WHAT);
    }
    for part in parts {
        let (key, span) = (part.key.clone(), part.span);
        let value = part.value()?;
        match key.as_str() {
            "status" => http.status = Some(status(value)?),
            "envelope" => http.body = Some(body(value, span)?),
            _ => http.content_type = Some(content_type(value)?),
        }
    }
    Ok(http)
}

fn status(mut cursor: Cursor) -> syn::Result<Spanned<u16>> {
    let (first, last) = ERROR_STATUSES;
    let what = "`status` takes an HTTP status: `http(status = 404)`";
    let Spanned { value, span } = value::integer(&mut cursor, what)?;
    cursor.expect_end(what)?;
    match u16::try_from(value) {
        Ok(value) if (first..=last).contains(&value) => Ok(Spanned { value, span }),
        _ => error(
            span,
            format!(
                "`http`: the status {value} is none of an error; one from {first} to {last} is"
            ),
        ),
    }
}

/// A media type (RFC 9110, section 8.3.1), perhaps with parameters.
fn content_type(cursor: Cursor) -> syn::Result<String> {
    let Spanned { value, span } = value::string(cursor, "content_type")?;
    let is_token = |text: &str| {
        let is_of = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(c);
        !text.is_empty() && text.chars().all(is_of)
    };
    let (essence, parameters) = value.split_once(';').unwrap_or((&value, ""));
    let is_visible = parameters.chars().all(|c| c == ' ' || c.is_ascii_graphic());
    let is_type = essence
        .trim_end()
        .split_once('/')
        .is_some_and(|(kind, subtype)| is_token(kind) && is_token(subtype));
    if is_type && is_visible {
        return Ok(value);
    }
    error(
        span,
        format!(
            "`content_type`: {value:?} is no media type; write `content_type = \"application/json\"`"
        ),
    )
}

fn body(cursor: Cursor, span: Span) -> syn::Result<Body> {
    if let Some(template) = problem(&cursor)? {
        return Ok(Body { span, template, frame: Frame::JSON, content_type: PROBLEM_JSON });
    }
    let place = cursor.span();
    let (template, frame) = template::envelope(cursor)?;
    match frame.format.http_media_type() {
        Some(content_type) if !template.is_chain() => {
            Ok(Body { span, template, frame, content_type })
        }
        _ => error(
            place,
            "`http`: a body is JSON, or a text: `envelope = { \"code\": code }`, `envelope = \"{message}\"`",
        ),
    }
}
