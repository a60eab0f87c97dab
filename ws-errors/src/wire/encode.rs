//! An error to what is sent: runs the plan that [`ws_errors_core::encoding`] makes.

use std::borrow::Cow;

use ws_errors_core::encoding::{Encoding, Filtered, Operation, Present, TailElement, When, Within};
use ws_errors_core::escape::push_escaped;

use super::argument::Argument;
use super::close::{CloseCode, Reason};
use super::output::Close;
use super::values::Values;
use crate::catalog::{Catalog, Closing, ClosingCode, Entry, Piece};
use crate::language::{Arguments, LocalizedText, Localizer};

/// How a text is written.
#[derive(Debug)]
pub(crate) struct Writing {
    encoding: Encoding,
    /// The text where all values are nothing.
    of_nothing: Box<str>,
    /// Whether it is always that.
    is_constant: bool,
}

impl Writing {
    pub(crate) fn new(encoding: Encoding) -> Self {
        let of_nothing = written(&encoding, &[]).into_boxed_str();
        Self { is_constant: encoding.constant().is_some(), of_nothing, encoding }
    }

    /// The text; borrowed where no value is in it.
    #[inline]
    pub(crate) fn text(&'static self, arguments: &[Argument<'_>]) -> Cow<'static, str> {
        if self.is_constant || arguments.iter().all(Argument::is_nothing) {
            return Cow::Borrowed(&self.of_nothing);
        }
        Cow::Owned(written(&self.encoding, arguments))
    }
}

/// The text of a frame.
pub(crate) fn written(encoding: &Encoding, arguments: &[Argument<'_>]) -> String {
    // Measured first: a string without slack goes into a WebSocket message without another copy.
    let values: usize = arguments.iter().map(Argument::size_hint).sum();
    let mut out = String::with_capacity(encoding.size + values);
    run(&mut out, &encoding.operations, arguments);
    out
}

/// The text of a frame or a body whose text for the client is in the language of the reader, and which
/// language that is; `None` where there is no such text.
pub(crate) fn localized(
    encoding: &Encoding,
    catalog: &'static Catalog,
    entry: &'static Entry,
    arguments: &[Argument<'_>],
    localizer: &dyn Localizer,
) -> Option<LocalizedText> {
    let LocalizedText { text, language } =
        localizer.message(catalog, entry, &Arguments::new(entry, arguments))?;
    // Behind all others: there the encoding expects it.
    let arguments = [arguments, &[Argument::Text(&text)]].concat();
    Some(LocalizedText { text: written(encoding, &arguments), language })
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
        Operation::When(when) => {
            let When { any, then, otherwise } = &**when;
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
        Operation::Filtered(filtered) => {
            let Filtered { filter, within, operations } = &**filtered;
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
    let is_present = |element: &TailElement| match &element.present {
        Present::Always => true,
        Present::Never => false,
        Present::Any(any) => is_any(any, arguments),
    };
    let Some(last) = elements.iter().rposition(is_present) else { return };
    for element in &elements[..=last] {
        push_comma(out);
        let operations = if is_present(element) { &element.then } else { &element.otherwise };
        run(out, operations, arguments);
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
            Some(Close::new(CloseCode::declared(code), Reason::new(closing.reason.constant()?)))
        }
        ClosingCode::Field(_) => None,
    }
}

/// The close frame of an entry, with the values of the occurrence.
pub(crate) fn close(entry: &'static Entry, values: &Values<'_>) -> Option<Close> {
    let closing: &'static Closing = entry.delivery.closing()?;
    let code = match closing.code {
        ClosingCode::None => return Some(Close::without_status()),
        ClosingCode::Constant(code) => CloseCode::declared(code),
        ClosingCode::Field(_) => values.close_code()?,
    };
    if let Some(reason) = closing.reason.constant() {
        return Some(Close::new(code, Reason::new(reason)));
    }
    let reason = values.with(|all| {
        // Those of the reason come after the fields.
        let mut arguments = all.iter().skip(entry.fields.len());
        let mut reason = String::new();
        for piece in closing.reason.0 {
            match piece {
                Piece::Literal(text) => reason.push_str(text),
                Piece::Field { .. } => {
                    if let Some(argument) = arguments.next() {
                        argument.push_characters(&mut reason, Within::Text, true);
                    }
                }
            }
        }
        reason
    });
    Some(Close::new(code, Reason::new(reason)))
}
