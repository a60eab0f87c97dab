//! How an error reaches the client.

use proc_macro2::{Delimiter, Span, TokenTree};
use ws_errors_core::catalog::{Closing, ClosingCode, ContextDelivery, Delivery, Piece, Text};
use ws_errors_core::close_code::{MAX_REASON, is_observable};

use super::text::{constant, text};
use super::value;
use crate::cursor::{Cursor, Spanned, plain};
use crate::errors::error;
use crate::keep;

/// How an error reaches the client, as it is written.
#[derive(Debug, Clone)]
pub(crate) struct DeliveryAttribute {
    /// With an empty reason where none is stated.
    pub(crate) delivery: Delivery,
    pub(crate) reason: Option<Spanned<Text>>,
    /// The field of which the close code is taken.
    pub(crate) field: Option<Span>,
}

impl DeliveryAttribute {
    pub(crate) const SOFT: Self = Self { delivery: Delivery::Soft, reason: None, field: None };

    /// The delivery of an error with this name: a reason that is not stated is the name.
    pub(crate) fn of(&self, name: &str) -> Delivery {
        let named = |closing: Closing| match (closing.code, &self.reason) {
            (ClosingCode::None, _) | (_, Some(_)) => closing,
            (_, None) => Closing { reason: constant(name), ..closing },
        };
        match self.delivery {
            Delivery::Close(closing) => Delivery::Close(named(closing)),
            Delivery::SoftThenClose(closing) => Delivery::SoftThenClose(named(closing)),
            Delivery::Rejected { status, close } => {
                Delivery::Rejected { status, close: close.map(named) }
            }
            other => other,
        }
    }
}

/// The delivery that a context gives to what closes the connection.
pub(crate) fn of_context(word: &str) -> Option<ContextDelivery> {
    [ContextDelivery::Soft, ContextDelivery::Close, ContextDelivery::SoftThenClose]
        .into_iter()
        .find(|delivery| delivery.word() == word)
}

pub(crate) const DELIVERIES: [&str; 5] =
    ["soft", "close", "soft_then_close", "observed", "rejected"];

/// Reads what stands behind the word; `arguments` is what is in its parentheses.
pub(crate) fn delivery(word: &str, arguments: Option<Cursor>) -> syn::Result<DeliveryAttribute> {
    let mut arguments = arguments.map(|a| a.split_at_commas()).unwrap_or_default().into_iter();
    let delivery = match word {
        "soft" => DeliveryAttribute::SOFT,
        "close" => closing(&mut arguments, word)?.map(Delivery::Close),
        "soft_then_close" => closing(&mut arguments, word)?.map(Delivery::SoftThenClose),
        "observed" => observed(&mut arguments)?,
        _ => rejected(&mut arguments)?,
    };
    match arguments.next() {
        Some(extra) => error(
            extra.span(),
            format!("`{word}` takes no more values than these; take this one away"),
        ),
        None => Ok(delivery),
    }
}

/// What a close frame holds, as it is written.
struct Frame {
    closing: Closing,
    reason: Option<Spanned<Text>>,
    field: Option<Span>,
}

impl Frame {
    fn map(self, delivery: impl FnOnce(Closing) -> Delivery) -> DeliveryAttribute {
        let Self { closing, reason, field } = self;
        DeliveryAttribute { delivery: delivery(closing), reason, field }
    }
}

fn closing(arguments: &mut impl Iterator<Item = Cursor>, word: &str) -> syn::Result<Frame> {
    let what = format!("`{word}` takes a code and a reason: `{word}(4001, \"reason\")`");
    let Some(mut cursor) = arguments.next() else {
        let closing = Closing { code: ClosingCode::None, reason: Text::EMPTY };
        return Ok(Frame { closing, reason: None, field: None });
    };
    let (code, field) = match value::take_integer(&mut cursor)? {
        Some(number) => {
            (ClosingCode::Constant(value::sendable(number.value, number.span, word)?), None)
        }
        None => {
            let (name, span) = field_of_self(&mut cursor, &what)?;
            (ClosingCode::Field(keep::text(&name)), Some(span))
        }
    };
    cursor.expect_comma()?;
    let reason = reason(arguments)?;
    let text = reason.as_ref().map_or(Text::EMPTY, |reason| reason.value);
    Ok(Frame { closing: Closing { code, reason: text }, reason, field })
}

/// `self.field`.
pub(crate) fn field_of_self(cursor: &mut Cursor, what: &str) -> syn::Result<(String, Span)> {
    let span = cursor.span();
    if cursor.take_ident().is_none_or(|ident| ident != "self") || !cursor.take_punct('.') {
        return error(span, what);
    }
    let span = cursor.span();
    match cursor.next() {
        Some(TokenTree::Ident(ident)) => Ok((plain(&ident), span)),
        Some(TokenTree::Literal(index)) => Ok((index.to_string(), span)),
        _ => error(span, what),
    }
}

fn reason(arguments: &mut impl Iterator<Item = Cursor>) -> syn::Result<Option<Spanned<Text>>> {
    let Some(cursor) = arguments.next() else { return Ok(None) };
    let literal = value::quoted(cursor, "a close reason is a text")?;
    let text = text(&literal)?;
    let length = |piece: &Piece| match piece {
        Piece::Literal(text) => text.len(),
        Piece::Field { .. } => 0,
    };
    let length: usize = text.value.0.iter().map(length).sum();
    if length > MAX_REASON {
        return error(
            literal.span,
            format!("a close reason has at most {MAX_REASON} bytes, and this one has {length}"),
        );
    }
    Ok(Some(text))
}

fn observed(arguments: &mut impl Iterator<Item = Cursor>) -> syn::Result<DeliveryAttribute> {
    let what = "`observed` takes the close code that the client sees: `observed(1006)`";
    let code = match arguments.next() {
        None => None,
        Some(mut cursor) => {
            let Spanned { value, span } = value::integer(&mut cursor, what)?;
            cursor.expect_comma()?;
            match u16::try_from(value) {
                Ok(code) if is_observable(code) => Some(code),
                _ => {
                    return error(
                        span,
                        format!(
                            "`observed`: no client ever sees the close code {value}; it sees 1000 to 1015 and 3000 to 4999"
                        ),
                    );
                }
            }
        }
    };
    let reason = reason(arguments)?;
    let text = reason.as_ref().map_or(Text::EMPTY, |reason| reason.value);
    let delivery = Delivery::Observed { code, reason: text };
    Ok(DeliveryAttribute { delivery, reason, field: None })
}

fn rejected(arguments: &mut impl Iterator<Item = Cursor>) -> syn::Result<DeliveryAttribute> {
    let alone = |status| DeliveryAttribute {
        delivery: Delivery::Rejected { status, close: None },
        ..DeliveryAttribute::SOFT
    };
    let what = "`rejected` takes an HTTP status, and perhaps a close: `rejected(404, close(4404))`";
    let Some(mut cursor) = arguments.next() else {
        return Ok(alone(None));
    };
    let Spanned { value, span } = value::integer(&mut cursor, what)?;
    cursor.expect_comma()?;
    let status = match u16::try_from(value) {
        Ok(status @ 300..=599) => Some(status),
        _ => {
            return error(
                span,
                format!(
                    "`rejected`: the status {value} refuses no upgrade; one from 300 to 599 does"
                ),
            );
        }
    };
    let Some(mut cursor) = arguments.next() else {
        return Ok(alone(status));
    };
    let span = cursor.span();
    if cursor.take_ident().is_none_or(|word| word != "close") {
        return error(span, what);
    }
    let mut inner = match cursor.take_group(Delimiter::Parenthesis) {
        Some(group) => Cursor::inside(&group).split_at_commas().into_iter(),
        None => Vec::new().into_iter(),
    };
    let close = closing(&mut inner, "close")?;
    if let Some(extra) = inner.next() {
        return error(extra.span(), "`close` takes no more values");
    }
    cursor.expect_end(what)?;
    Ok(close.map(|close| Delivery::Rejected { status, close: Some(close) }))
}
