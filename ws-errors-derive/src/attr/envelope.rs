//! `envelope = …`, by itself or for a context.

use proc_macro2::Span;
use ws_errors_core::catalog::ContextDelivery;

use super::delivery::of_context;
use super::item::Item;
use crate::cursor::{Cursor, Spanned, plain};
use crate::errors::error;
use crate::template::{self, Frame, Template};

/// `envelope = …` and `envelope(Type) = …`.
pub(crate) struct EnvelopeAttribute {
    pub(crate) span: Span,
    pub(crate) context: Option<Cursor>,
    pub(crate) delivery: Option<Spanned<ContextDelivery>>,
    pub(crate) shape: Shape,
}

/// What stands behind `envelope =`.
pub(crate) enum Shape {
    Template(Template, Frame),
    /// `transparent`, or `transparent(Type)`: the envelope of a nested catalog, and its context.
    Transparent(Option<Cursor>),
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
    let shape = if word.take_ident().is_some_and(|word| word == "transparent") {
        let inner = word.take_parenthesised();
        word.expect_end("`transparent` takes the context of the nested catalog, or nothing: `envelope = transparent`, `envelope(Outer<'_>) = transparent(Inner<'_>)`")?;
        Shape::Transparent(inner)
    } else {
        let (template, frame) = template::envelope(value)?;
        Shape::Template(template, frame)
    };
    Ok(EnvelopeAttribute { span, context, delivery, shape })
}

/// `Type`, or `Type, soft_then_close`.
pub(crate) fn context_of_envelope(
    arguments: &Cursor,
) -> syn::Result<(Option<Cursor>, Option<Spanned<ContextDelivery>>)> {
    let mut parts = arguments.split_types().into_iter();
    let Some(context) = parts.next() else {
        return error(
            arguments.span(),
            "the type of a context is missing: `envelope(Context) = …`",
        );
    };
    let Some(mut word) = parts.next() else { return Ok((Some(context), None)) };
    let span = word.span();
    let delivery = word.take_ident().and_then(|word| of_context(&plain(&word)));
    match (delivery, word.is_empty(), parts.next()) {
        (Some(value), true, None) => Ok((Some(context), Some(Spanned { value, span }))),
        _ => error(
            span,
            "behind the context an envelope takes the delivery of what closes the connection there: `soft`, `close` or `soft_then_close`",
        ),
    }
}
