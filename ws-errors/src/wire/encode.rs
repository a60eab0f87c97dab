//! An error to what is sent.

use std::borrow::Cow;

use super::argument::Argument;
use super::escape::push_escaped;
use super::operation::{Encoding, Filtered, Operation, Present, TailElement, When, Within};
use super::output::{Close, Frame, Output};
use super::pack::pack;
use crate::catalog::{Catalog, CloseCode, Closing, ClosingCode, Entry, Piece, Reason};

/// What is sent for an occurrence that leaves the connection open.
///
/// This is the whole encoder: the arm that the macro writes for a variant is one call of it, or of
/// [`output`]. `encoding` is `None` where the entry has no message.
pub fn message(encoding: Option<&'static Encoding>, arguments: &[Argument<'_>]) -> Output {
    output(encoding, arguments, None)
}

/// What is sent for an occurrence, perhaps with a close frame.
#[inline]
pub fn output(
    encoding: Option<&'static Encoding>,
    arguments: &[Argument<'_>],
    close: Option<Close>,
) -> Output {
    let frame = encoding.map(|encoding| Frame::Text(frame(encoding, arguments)));
    Output { frame, close }
}

/// The same where the frame is not text as it is.
pub fn packed(
    catalog: &'static Catalog,
    encoding: Option<&'static Encoding>,
    arguments: &[Argument<'_>],
    close: Option<Close>,
) -> Output {
    let frame = encoding.and_then(|encoding| {
        let format = &catalog.envelopes.get(encoding.envelope)?.format;
        Some(pack(format, frame(encoding, arguments)))
    });
    Output { frame, close }
}

/// The text of a frame; borrowed where nothing in it is dynamic.
#[inline]
pub(crate) fn frame(encoding: &'static Encoding, arguments: &[Argument<'_>]) -> Cow<'static, str> {
    if let [Operation::Literal(text)] = encoding.operations {
        return Cow::Borrowed(text);
    }
    // Measured first: a string without slack goes into a WebSocket message without another copy.
    let values: usize = arguments.iter().map(Argument::size_hint).sum();
    let mut out = String::with_capacity(encoding.size + values);
    run(&mut out, encoding.operations, arguments);
    Cow::Owned(out)
}

fn run(out: &mut String, operations: &[Operation], arguments: &[Argument<'_>]) {
    for operation in operations {
        if let Operation::Literal(text) = operation {
            out.push_str(text);
        } else {
            run_dynamic(out, operation, arguments);
        }
    }
}

/// Apart from the loop, so that what every second operation is stays a branch there, which predicts
/// better than a jump through a table.
#[inline(never)]
fn run_dynamic(out: &mut String, operation: &Operation, arguments: &[Argument<'_>]) {
    match operation {
        Operation::Literal(text) => out.push_str(text),
        Operation::Json(index) => argument(arguments, *index).push_json(out),
        Operation::Characters { argument: index, within, bounded } => {
            argument(arguments, *index).push_characters(out, *within, *bounded);
        }
        Operation::When(When { any, then, otherwise }) => {
            run(out, if is_any(any, arguments) { then } else { otherwise }, arguments);
        }
        Operation::Comma => push_comma(out),
        Operation::Tail(elements) => run_tail(out, elements, arguments),
        Operation::Encoded(operations) => {
            let mut inner = String::new();
            run(&mut inner, operations, arguments);
            out.push('"');
            push_escaped(out, &inner);
            out.push('"');
        }
        Operation::Splice(index) => run_splice(out, argument(arguments, *index)),
        Operation::Filtered(Filtered { filter, within, operations }) => {
            let mut inner = String::new();
            run(&mut inner, operations, arguments);
            let text = filter.apply(&inner);
            match within {
                Within::String => push_escaped(out, &text),
                // The filter has seen to control characters.
                Within::Text | Within::Raw => out.push_str(&text),
            }
        }
    }
}

/// No JSON value ends with an opening bracket, so the last byte tells whether one comes before.
fn push_comma(out: &mut String) {
    if !out.ends_with(['{', '[']) {
        out.push(',');
    }
}

/// The elements of a list, each behind a comma where one is needed. What is no list is one element.
fn run_splice(out: &mut String, list: &Argument<'_>) {
    if list.is_nothing() {
        return;
    }
    let mut json = String::new();
    list.push_json(&mut json);
    let elements = match json.strip_prefix('[').and_then(|json| json.strip_suffix(']')) {
        Some(elements) => elements,
        None => &json,
    };
    if !elements.is_empty() {
        push_comma(out);
        out.push_str(elements);
    }
}

fn run_tail(out: &mut String, elements: &[TailElement], arguments: &[Argument<'_>]) {
    let is_present = |element: &TailElement| match element.present {
        Present::Always => true,
        Present::Never => false,
        Present::Any(any) => is_any(any, arguments),
    };
    let Some(last) = elements.iter().rposition(is_present) else { return };
    for element in &elements[..=last] {
        push_comma(out);
        run(out, if is_present(element) { element.then } else { element.otherwise }, arguments);
    }
}

#[inline]
fn is_any(indices: &[u16], arguments: &[Argument<'_>]) -> bool {
    indices.iter().any(|index| !argument(arguments, *index).is_nothing())
}

#[inline]
fn argument<'a, 'b>(arguments: &'b [Argument<'a>], index: u16) -> &'b Argument<'a> {
    arguments.get(usize::from(index)).unwrap_or(&Argument::Nothing)
}

/// The close frame of an entry, where nothing in it is dynamic.
pub(crate) fn constant_close(entry: &'static Entry) -> Option<Close> {
    let closing = entry.delivery.closing()?;
    match closing.code {
        ClosingCode::None => Some(Close::without_status()),
        ClosingCode::Constant(code) => {
            Some(Close::new(code, Reason::new(closing.reason.constant()?)))
        }
        ClosingCode::Field(_) => None,
    }
}

/// The close frame of an entry: `code` where a field gives it, and one argument for each field in
/// the reason.
pub fn close(
    entry: &'static Entry,
    code: Option<CloseCode>,
    arguments: &[Argument<'_>],
) -> Option<Close> {
    let closing: &'static Closing = entry.delivery.closing()?;
    let code = match closing.code {
        ClosingCode::None => return Some(Close::without_status()),
        ClosingCode::Constant(code) => code,
        ClosingCode::Field(_) => code?,
    };
    if let Some(reason) = closing.reason.constant() {
        return Some(Close::new(code, Reason::new(reason)));
    }
    let mut arguments = arguments.iter();
    let mut reason = String::new();
    for piece in closing.reason.0 {
        match piece {
            Piece::Literal(text) => reason.push_str(text),
            Piece::Field { .. } => {
                if let Some(argument) = arguments.next() {
                    argument.push_characters(&mut reason, super::Within::Text, true);
                }
            }
        }
    }
    Some(Close::new(code, Reason::new(reason)))
}
