//! How an error reaches the client.

use proc_macro2::Span;
use ws_errors_core::catalog::{Closing, ClosingCode, Delivery, Text};
use ws_errors_core::rules::values::{close_code, close_reason, observed_code, refusing_status};

use super::text::{constant, text};
use super::value;
use crate::cursor::{Cursor, Spanned};
use crate::errors::error;

/// How an error reaches the client, as it is written.
#[derive(Debug, Clone, Copy)]
pub(crate) struct DeliveryAttribute {
    /// With an empty reason where none is stated.
    pub(crate) delivery: Delivery,
    pub(crate) places: Places,
}

/// Where parts of a delivery are written.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Places {
    pub(crate) reason: Option<Span>,
    /// The field of which the close code is taken.
    pub(crate) field: Option<Span>,
}

impl DeliveryAttribute {
    pub(crate) const SOFT: Self =
        Self { delivery: Delivery::Soft, places: Places { reason: None, field: None } };

    /// The delivery of an error with this name: a reason that is not stated is the name.
    pub(crate) fn of(&self, name: &'static str) -> Delivery {
        let mut delivery = self.delivery;
        if let Some(closing) = delivery.closing_mut()
            && closing.code != ClosingCode::None
            && self.places.reason.is_none()
        {
            closing.reason = constant(name);
        }
        delivery
    }
}

/// Reads what stands behind the word: what is in its parentheses.
pub(crate) fn delivery(
    word: &str,
    mut arguments: impl Iterator<Item = Cursor>,
) -> syn::Result<DeliveryAttribute> {
    let (mut places, values) = (Places::default(), &mut arguments);
    let delivery = match word {
        "soft" => Delivery::Soft,
        "close" => Delivery::Close(closing(values, word, &mut places)?),
        "soft_then_close" => Delivery::SoftThenClose(closing(values, word, &mut places)?),
        "observed" => observed(values, &mut places)?,
        _ => rejected(values, &mut places)?,
    };
    match arguments.next() {
        Some(extra) => error(
            extra.span(),
            format!("`{word}` takes no more values than these; take this one away"),
        ),
        None => Ok(DeliveryAttribute { delivery, places }),
    }
}

fn closing(
    values: &mut impl Iterator<Item = Cursor>,
    word: &str,
    places: &mut Places,
) -> syn::Result<Closing> {
    let what = format!("`{word}` takes a code and a reason: `{word}(4001, \"reason\")`");
    let Some(mut cursor) = values.next() else {
        return Ok(Closing { code: ClosingCode::None, reason: Text::EMPTY });
    };
    let code = match value::take_integer(&mut cursor)? {
        Some(number) => ClosingCode::Constant(number.judged(|code| close_code(code, word))?),
        None => {
            let field = value::field_of("self", &mut cursor, &what)?;
            places.field = Some(field.span);
            ClosingCode::Field(field.value)
        }
    };
    cursor.expect_comma()?;
    Ok(Closing { code, reason: reason(values, places)? })
}

/// The reason, where one is stated.
fn reason(values: &mut impl Iterator<Item = Cursor>, places: &mut Places) -> syn::Result<Text> {
    let Some(cursor) = values.next() else { return Ok(Text::EMPTY) };
    let reason = text(value::quoted(cursor, "a close reason is a text")?)?;
    places.reason = Some(reason.span);
    Ok(reason.allowed(|reason| close_reason(&reason))?.value)
}

fn observed(
    values: &mut impl Iterator<Item = Cursor>,
    places: &mut Places,
) -> syn::Result<Delivery> {
    let what = "`observed` takes the close code that the client sees: `observed(1006)`";
    let code = values.next().map(|cursor| number(cursor, what)?.judged(observed_code));
    Ok(Delivery::Observed { code: code.transpose()?, reason: reason(values, places)? })
}

fn rejected(
    values: &mut impl Iterator<Item = Cursor>,
    places: &mut Places,
) -> syn::Result<Delivery> {
    let what = "`rejected` takes an HTTP status, and perhaps a close: `rejected(404, close(4404))`";
    let status = values.next().map(|cursor| number(cursor, what)?.judged(refusing_status));
    let status = status.transpose()?;
    let Some(mut cursor) = values.next() else {
        return Ok(Delivery::Rejected { status, close: None });
    };
    let span = cursor.span();
    if !cursor.take_word("close") {
        return error(span, what);
    }
    let mut inner = cursor.take_arguments();
    let close = closing(&mut inner, "close", places)?;
    if let Some(extra) = inner.next() {
        return error(extra.span(), "`close` takes no more values");
    }
    cursor.expect_end(what)?;
    Ok(Delivery::Rejected { status, close: Some(close) })
}

/// A number, and nothing behind it but another value.
fn number(mut cursor: Cursor, what: &str) -> syn::Result<Spanned<i64>> {
    let number = value::integer(&mut cursor, what)?;
    cursor.expect_comma()?;
    Ok(number)
}
