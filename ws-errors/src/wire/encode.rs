//! An error to what is sent.

use std::borrow::Cow;

use super::argument::Argument;
use super::escape::push_escaped;
use super::operation::{Encoding, Operation, Present, TailElement};
use super::output::{Close, Frame, Output};
use crate::catalog::{CloseCode, Closing, ClosingCode, Entry, Piece, Reason};

/// What is sent for an occurrence of an entry in one context.
///
/// This is the whole encoder: the arm that the macro writes for a variant is one call of it.
pub fn encode(
    entry: &'static Entry,
    context: usize,
    arguments: &[Argument<'_>],
    close: Option<Close>,
) -> Output {
    let frame = entry.encoding(context).map(|encoding| Frame::Text(frame(encoding, arguments)));
    Output { frame, close }
}

/// The text of a frame; borrowed where nothing in it is dynamic.
pub(crate) fn frame(encoding: &'static Encoding, arguments: &[Argument<'_>]) -> Cow<'static, str> {
    if let [Operation::Literal(text)] = encoding.operations {
        return Cow::Borrowed(text);
    }
    // Measured first: a string without slack goes into a WebSocket message without another copy.
    let mut out = String::with_capacity(measure(encoding.operations, arguments));
    run(&mut out, encoding.operations, arguments);
    Cow::Owned(out)
}

fn measure(operations: &[Operation], arguments: &[Argument<'_>]) -> usize {
    let size = |index: &u16| argument(arguments, *index).size_hint();
    operations
        .iter()
        .map(|operation| match operation {
            Operation::Literal(text) => text.len(),
            Operation::Json(index) => size(index) + 2,
            Operation::Characters { argument, .. } => size(argument),
            Operation::When { any, then, otherwise } => {
                measure(if is_any(any, arguments) { then } else { otherwise }, arguments)
            }
            Operation::Comma => 1,
            Operation::Tail(elements) => {
                elements.iter().map(|element| measure(element.then, arguments) + 1).sum()
            }
            Operation::Encoded(operations) => measure(operations, arguments) + 16,
        })
        .sum()
}

fn run(out: &mut String, operations: &[Operation], arguments: &[Argument<'_>]) {
    for operation in operations {
        match operation {
            Operation::Literal(text) => out.push_str(text),
            Operation::Json(index) => argument(arguments, *index).push_json(out),
            Operation::Characters { argument: index, within, bounded } => {
                argument(arguments, *index).push_characters(out, *within, *bounded);
            }
            Operation::When { any, then, otherwise } => {
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
        }
    }
}

/// No JSON value ends with an opening bracket, so the last byte tells whether one comes before.
fn push_comma(out: &mut String) {
    if !out.ends_with(['{', '[']) {
        out.push(',');
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

fn is_any(indices: &[u16], arguments: &[Argument<'_>]) -> bool {
    indices.iter().any(|index| !argument(arguments, *index).is_nothing())
}

fn argument<'a>(arguments: &[Argument<'a>], index: u16) -> Argument<'a> {
    arguments.get(usize::from(index)).copied().unwrap_or(Argument::Nothing)
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
