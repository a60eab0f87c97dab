//! `envelope = …`, by itself or for a context.

use std::rc::Rc;

use proc_macro2::Span;
use ws_errors_core::catalog::ContextDelivery;

use super::context::Context;
use super::item::Item;
use crate::cursor::{Cursor, Spanned};
use crate::errors::error;
use crate::template::{self, Frame, Template};

/// `envelope = …` and `envelope(Type) = …`.
pub(crate) struct EnvelopeAttribute {
    pub(crate) span: Span,
    pub(crate) context: Option<Context>,
    pub(crate) delivery: Option<Spanned<ContextDelivery>>,
    pub(crate) usage: Usage,
}

/// An envelope where it is declared.
#[derive(Debug)]
pub(crate) struct Envelope {
    pub(crate) span: Span,
    pub(crate) template: Template,
    pub(crate) frame: Frame,
}

impl Envelope {
    /// The same in the catalog.
    pub(crate) fn declared(&self) -> ws_errors_core::catalog::Envelope {
        ws_errors_core::catalog::Envelope {
            template: self.template.node,
            format: self.frame.format,
        }
    }
}

/// How the entries of a nested catalog are encoded in a context; all others are under an envelope.
#[derive(Clone)]
pub(crate) enum Usage {
    /// They don't exist in it.
    Absent,
    /// In the envelope of the nested catalog, in the context that is named: `transparent(Type)`.
    Kept(Option<Rc<Context>>),
    /// In one that is declared here.
    Under(Rc<Envelope>),
}

/// `envelope = …` or `envelope(Type) = …`.
pub(crate) fn envelope(item: Item) -> syn::Result<EnvelopeAttribute> {
    let span = item.span;
    let Some(value) = item.value else {
        return error(
            span,
            "`envelope` takes a template: `envelope = { \"code\": code, \"message\": message }`",
        );
    };
    let (context, delivery) = match item.arguments {
        Some(arguments) => context_of_envelope(&arguments)?,
        None => (None, None),
    };
    let mut word = value.clone();
    let usage = if word.take_word("transparent") {
        let inner = word.take_parenthesised();
        word.expect_end("`transparent` takes the context of the nested catalog, or nothing: `envelope = transparent`, `envelope(Outer<'_>) = transparent(Inner<'_>)`")?;
        Usage::Kept(inner.map(|inner| Context::parse(&inner)).transpose()?.map(Rc::new))
    } else {
        let (template, frame) = template::envelope(value)?;
        Usage::Under(Rc::new(Envelope { span, template, frame }))
    };
    Ok(EnvelopeAttribute { span, context, delivery, usage })
}

/// `Type`, or `Type, soft_then_close`.
fn context_of_envelope(
    arguments: &Cursor,
) -> syn::Result<(Option<Context>, Option<Spanned<ContextDelivery>>)> {
    let mut parts = arguments.split_types().into_iter();
    let Some(context) = parts.next() else {
        return error(
            arguments.span(),
            "the type of a context is missing: `envelope(Context) = …`",
        );
    };
    let context = Some(Context::parse(&context)?);
    let Some(mut word) = parts.next() else { return Ok((context, None)) };
    let span = word.span();
    let delivery = word.take_name().and_then(|word| ContextDelivery::named(&word));
    match (delivery, word.is_empty(), parts.next()) {
        (Some(value), true, None) => Ok((context, Some(Spanned { value, span }))),
        _ => error(
            span,
            "behind the context an envelope takes the delivery of what closes the connection there: `soft`, `close` or `soft_then_close`",
        ),
    }
}
