//! One entry as JSON.

use super::{constant, policy, said, template};
use crate::catalog::Frame;
use crate::catalog::{
    Catalog, Closing, ClosingCode, Code, Delivery, Details, Entry, HttpForm, Message, Text,
    UserMessage,
};
use crate::export::json_schema::Schemas;
use crate::export::tree::{Members, constant_code};
use crate::export::visible::{Types, VisibleField, visible_contexts, visible_fields};
use crate::export::{example_in, over_http};
use crate::wire::{Shape, Tree};

pub(super) fn of(
    catalog: &'static Catalog,
    entry: &'static Entry,
    types: &mut Types,
) -> Tree<'static> {
    let fields: Vec<Tree<'_>> =
        visible_fields(catalog, entry).map(|field| of_field(field, types)).collect();
    Members::new()
        .with("name", entry.name)
        .with("variant", entry.variant)
        .perhaps("code", of_code(entry.code))
        .with("delivery", of_delivery(&entry.delivery))
        .perhaps("http", of_http(catalog, entry, types))
        .with("retry", policy::of_retry(catalog.retry(entry)))
        .with("recoverable", entry.recoverable)
        .perhaps("message", of_message(entry.message))
        .perhaps("details", of_details(entry.details))
        .with("fields", fields)
        .perhaps("constants", of_constants(entry))
        .perhaps("user", entry.user.as_ref().map(of_user))
        .perhaps("section", entry.section)
        .perhaps("docs", said(entry.docs))
        .perhaps("advice", entry.advice)
        .perhaps("provoke", entry.provoke)
        .perhaps("doc_url", entry.doc_url)
        .perhaps("audience", entry.audience)
        .with("internal", entry.internal)
        .perhaps("since", entry.since)
        .perhaps("deprecated", entry.deprecated)
        .with("examples", examples(catalog, entry, types))
        .into()
}

/// What an entry is to a client, without its texts and its examples.
pub(crate) fn of_entry(catalog: &'static Catalog, entry: &'static Entry) -> Tree<'static> {
    Members::new()
        .with("name", entry.name)
        .perhaps("code", of_code(entry.code))
        .with("delivery", of_delivery(&entry.delivery))
        .perhaps("http", entry.http.as_ref().map(of_form))
        .with("retry", policy::of_retry(catalog.retry(entry)))
        .with("recoverable", entry.recoverable)
        .perhaps("advice", entry.advice)
        .perhaps("user", entry.user.as_ref().map(of_user))
        .perhaps("since", entry.since)
        .perhaps("deprecated", entry.deprecated)
        .into()
}

/// The form over HTTP, without its body.
fn of_form(form: &HttpForm) -> Members {
    Members::new().with("status", form.status).perhaps("content_type", said(form.content_type))
}

fn of_http(
    catalog: &'static Catalog,
    entry: &'static Entry,
    types: &mut Types,
) -> Option<Tree<'static>> {
    let answered = over_http::of(catalog, entry)?;
    let form = of_form(&answered.form);
    let Some(shape) = &answered.shape else { return Some(form.into()) };
    let schema = Schemas::new(types, catalog, entry).of(shape);
    let envelope = answered.form.envelope.and_then(|index| i64::try_from(index).ok());
    let body = form.perhaps("envelope", envelope);
    Some(body.with("body", answered.example).with("schema", schema).into())
}

fn of_code(code: Code) -> Option<Tree<'static>> {
    match code {
        Code::Field(name) => Some(Members::new().with("field", name).into()),
        code => constant_code(code),
    }
}

fn of_delivery(delivery: &Delivery) -> Tree<'static> {
    let members = Members::new().with("kind", delivery.word());
    match delivery {
        Delivery::Soft => members,
        Delivery::Close(closing) | Delivery::SoftThenClose(closing) => {
            members.with("close", of_closing(closing))
        }
        Delivery::Observed { .. } => members.perhaps("close", of_close(delivery)),
        Delivery::Rejected { status, close } => {
            members.perhaps("status", *status).perhaps("close", close.as_ref().map(of_closing))
        }
    }
    .into()
}

/// The close frame of an entry, or what a client sees of one; `None` where there is none.
pub(crate) fn of_close(delivery: &Delivery) -> Option<Members> {
    match delivery {
        Delivery::Observed { code, reason } => {
            let code = (*code)?;
            Some(Members::new().with("code", code).perhaps("reason", of_reason(*reason)))
        }
        _ => delivery.closing().map(of_closing),
    }
}

fn of_closing(closing: &Closing) -> Members {
    match closing.code {
        ClosingCode::None => Members::new(),
        ClosingCode::Constant(code) => {
            Members::new().with("code", code).perhaps("reason", of_reason(closing.reason))
        }
        ClosingCode::Field(name) => Members::new()
            .with("code", Members::new().with("field", name))
            .perhaps("reason", of_reason(closing.reason)),
    }
}

fn of_reason(reason: Text) -> Option<Tree<'static>> {
    (reason.constant() != Some("")).then(|| template::of_text(reason))
}

fn of_message(message: Message) -> Option<Tree<'static>> {
    let (kind, text) = match message {
        Message::None => return None,
        Message::Text(text) => ("text", text),
        Message::Display(text) => ("display", text),
        Message::Field(name) => {
            return Some(Members::new().with("kind", "field").with("field", name).into());
        }
    };
    Some(Members::new().with("kind", kind).with("text", template::of_text(text)).into())
}

fn of_details(details: Details) -> Option<&'static str> {
    match details {
        Details::Nothing => None,
        Details::Object => Some("object"),
        Details::Value => Some("value"),
        Details::Array => Some("array"),
    }
}

fn of_field(visible: VisibleField, types: &mut Types) -> Tree<'static> {
    let VisibleField { field, is_value, .. } = visible;
    Members::new()
        .with("name", field.name)
        .with("ident", field.ident)
        .perhaps("docs", said(field.docs))
        .with("optional", field.ty.optional)
        .perhaps("schema", types.of(visible).map(|schema| Tree::of(&schema)))
        .perhaps("as", field.cast.map(template::of_cast))
        .perhaps("example", field.example.and_then(constant))
        .with("is_value", is_value)
        .with("in_details", field.in_details)
        .into()
}

fn of_constants(entry: &'static Entry) -> Option<Tree<'static>> {
    (!entry.constants.is_empty()).then(|| {
        entry
            .constants
            .iter()
            .map(|(name, node)| {
                Members::new().with("name", *name).with("value", template::of_node(node)).into()
            })
            .collect()
    })
}

fn of_user(user: &'static UserMessage) -> Tree<'static> {
    Members::new()
        .with("title", template::of_text(user.title))
        .with("message", template::of_text(user.message))
        .perhaps("action", user.action.map(template::of_text))
        .with("fallback", user.fallback)
        .into()
}

fn examples(catalog: &'static Catalog, entry: &'static Entry, types: &mut Types) -> Tree<'static> {
    visible_contexts(catalog)
        .filter_map(|(index, context)| {
            let (shape, _) = Shape::of(catalog, entry, index)?;
            let values = example_in(catalog, entry, index);
            let frame = values.encode(catalog, entry, index).frame?;
            let holds = values.written(catalog, entry, index)?;
            let (text, bytes) = match &frame {
                Frame::Text(text) => (Some(text.to_string()), None),
                Frame::Binary(bytes) => (None, Some(hexadecimal(bytes))),
            };
            let holds = Some(holds).filter(|holds| text.as_ref() != Some(holds));
            let envelope = i64::try_from(entry.envelope(index)?).ok()?;
            Some(
                Members::new()
                    .with("context", context.name)
                    .with("envelope", envelope)
                    .perhaps("frame", text)
                    .perhaps("bytes", bytes)
                    .perhaps("holds", holds)
                    .with("schema", Schemas::new(types, catalog, entry).of(&shape))
                    .into(),
            )
        })
        .collect()
}

/// Bytes as two digits each.
fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_delivery_says_what_ends_the_connection() {
        let reason = Text(&[crate::catalog::Piece::Literal("gone")]);
        let code = ClosingCode::Constant(4404);
        for (delivery, json) in [
            (Delivery::Soft, r#"{"kind":"soft"}"#),
            (
                Delivery::SoftThenClose(Closing { code, reason }),
                r#"{"kind":"soft_then_close","close":{"code":4404,"reason":"gone"}}"#,
            ),
            (
                Delivery::Close(Closing { code: ClosingCode::None, reason: Text::EMPTY }),
                r#"{"kind":"close","close":{}}"#,
            ),
            (
                Delivery::Close(Closing { code: ClosingCode::Field("code"), reason: Text::EMPTY }),
                r#"{"kind":"close","close":{"code":{"field":"code"}}}"#,
            ),
            (
                Delivery::Rejected { status: Some(404), close: Some(Closing { code, reason }) },
                r#"{"kind":"rejected","status":404,"close":{"code":4404,"reason":"gone"}}"#,
            ),
            (Delivery::Observed { code: None, reason: Text::EMPTY }, r#"{"kind":"observed"}"#),
        ] {
            assert_eq!(of_delivery(&delivery).compact(), json);
        }
    }
}
