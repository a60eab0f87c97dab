//! How an error reaches the client.

use proc_macro2::{Delimiter, Span, TokenTree};

use super::text::{Piece, Text};
use super::value;
use crate::cursor::{Cursor, Spanned, plain};
use crate::errors::error;

#[derive(Debug, Clone)]
pub(crate) enum Delivery {
    Soft,
    Close(Closing),
    SoftThenClose(Closing),
    Observed { code: Option<u16>, reason: Option<Text> },
    Rejected { status: Option<u16>, close: Option<Closing> },
}

#[derive(Debug, Clone)]
pub(crate) struct Closing {
    pub(crate) code: ClosingCode,
    /// `None` where it is not stated: the name.
    pub(crate) reason: Option<Text>,
}

#[derive(Debug, Clone)]
pub(crate) enum ClosingCode {
    None,
    Constant(u16),
    Field(String, Span),
}

/// The delivery that a context gives to what closes the connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Way {
    Soft,
    Close,
    SoftThenClose,
}

impl Way {
    pub(crate) fn of(word: &str) -> Option<Self> {
        match word {
            "soft" => Some(Self::Soft),
            "close" => Some(Self::Close),
            "soft_then_close" => Some(Self::SoftThenClose),
            _ => None,
        }
    }

    /// What becomes of a delivery: only what has a close frame changes.
    pub(crate) fn apply(self, delivery: &Delivery) -> Delivery {
        match (self, delivery) {
            (Self::Soft, Delivery::Close(_) | Delivery::SoftThenClose(_)) => Delivery::Soft,
            (Self::Close, Delivery::SoftThenClose(closing)) => Delivery::Close(closing.clone()),
            (Self::SoftThenClose, Delivery::Close(closing)) => {
                Delivery::SoftThenClose(closing.clone())
            }
            _ => delivery.clone(),
        }
    }
}

pub(crate) const DELIVERIES: [&str; 5] =
    ["soft", "close", "soft_then_close", "observed", "rejected"];

impl Delivery {
    pub(crate) fn has_message(&self) -> bool {
        matches!(self, Self::Soft | Self::SoftThenClose(_))
    }

    /// The close frame that the server sends.
    pub(crate) fn closing(&self) -> Option<&Closing> {
        match self {
            Self::Close(closing) | Self::SoftThenClose(closing) => Some(closing),
            Self::Rejected { close, .. } => close.as_ref(),
            Self::Soft | Self::Observed { .. } => None,
        }
    }

    /// The close code that a client sees, where it is constant.
    pub(crate) fn close_code(&self) -> Option<u16> {
        match (self, self.closing()) {
            (Self::Observed { code, .. }, _) => *code,
            (_, Some(Closing { code: ClosingCode::Constant(code), .. })) => Some(*code),
            _ => None,
        }
    }
}

/// Reads what stands behind the word; `arguments` is what is in its parentheses.
pub(crate) fn delivery(word: &str, span: Span, arguments: Option<Cursor>) -> syn::Result<Delivery> {
    let bare = arguments.is_none();
    let mut arguments = arguments.map(|a| a.split_at_commas()).unwrap_or_default().into_iter();
    let delivery = match word {
        "soft" => Delivery::Soft,
        "close" => Delivery::Close(closing(&mut arguments, word)?),
        "soft_then_close" => Delivery::SoftThenClose(closing(&mut arguments, word)?),
        "observed" => observed(&mut arguments)?,
        _ => rejected(&mut arguments)?,
    };
    if word == "soft" && !bare {
        return error(span, "`soft` takes no values");
    }
    match arguments.next() {
        Some(extra) => error(
            extra.span(),
            format!("`{word}` takes no more values than these; take this one away"),
        ),
        None => Ok(delivery),
    }
}

fn closing(arguments: &mut impl Iterator<Item = Cursor>, word: &str) -> syn::Result<Closing> {
    let what = format!("`{word}` takes a code and a reason: `{word}(4001, \"reason\")`");
    let code = match arguments.next() {
        None => return Ok(Closing { code: ClosingCode::None, reason: None }),
        Some(code) => closing_code(code, &what, word)?,
    };
    Ok(Closing { code, reason: reason(arguments)? })
}

fn closing_code(mut cursor: Cursor, what: &str, word: &str) -> syn::Result<ClosingCode> {
    let code = match value::take_integer(&mut cursor)? {
        Some(number) => ClosingCode::Constant(value::sendable(number.value, number.span, word)?),
        None => {
            let (name, span) = field_of_self(&mut cursor, what)?;
            ClosingCode::Field(name, span)
        }
    };
    cursor.expect_end(what)?;
    Ok(code)
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

fn reason(arguments: &mut impl Iterator<Item = Cursor>) -> syn::Result<Option<Text>> {
    let Some(cursor) = arguments.next() else { return Ok(None) };
    let literal = value::string(cursor, "reason")?;
    let text = Text::parse(&literal)?;
    let constant = |piece: &Piece| match piece {
        Piece::Literal(text) => text.len(),
        Piece::Field { .. } => 0,
    };
    let length: usize = text.pieces.iter().map(constant).sum();
    if length > MAX_REASON {
        return error(
            literal.span,
            format!("a close reason has at most {MAX_REASON} bytes, and this one has {length}"),
        );
    }
    Ok(Some(text))
}

/// The bytes of reason that a control frame has room for (RFC 6455, section 5.5).
pub(crate) const MAX_REASON: usize = 123;

fn observed(arguments: &mut impl Iterator<Item = Cursor>) -> syn::Result<Delivery> {
    let what = "`observed` takes the close code that the client sees: `observed(1006)`";
    let code = match arguments.next() {
        None => None,
        Some(mut cursor) => {
            let Spanned { value, span } = value::integer(&mut cursor, what)?;
            cursor.expect_end(what)?;
            match u16::try_from(value) {
                Ok(code @ (1000..=1015 | 3000..=4999)) => Some(code),
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
    Ok(Delivery::Observed { code, reason: reason(arguments)? })
}

fn rejected(arguments: &mut impl Iterator<Item = Cursor>) -> syn::Result<Delivery> {
    let what = "`rejected` takes an HTTP status, and perhaps a close: `rejected(404, close(4404))`";
    let Some(mut cursor) = arguments.next() else {
        return Ok(Delivery::Rejected { status: None, close: None });
    };
    let Spanned { value, span } = value::integer(&mut cursor, what)?;
    cursor.expect_end(what)?;
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
        return Ok(Delivery::Rejected { status, close: None });
    };
    let span = cursor.span();
    if cursor.take_ident().is_none_or(|word| word != "close") {
        return error(span, what);
    }
    let mut inner = match cursor.take_group(Delimiter::Parenthesis) {
        Some(group) => Cursor::inside(&group).split_at_commas().into_iter(),
        None => Vec::new().into_iter(),
    };
    let close = Some(closing(&mut inner, "close")?);
    if let Some(extra) = inner.next() {
        return error(extra.span(), "`close` takes no more values");
    }
    cursor.expect_end(what)?;
    Ok(Delivery::Rejected { status, close })
}
