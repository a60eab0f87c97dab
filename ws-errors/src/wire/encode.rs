//! An error to what is sent: runs the plan that [`ws_errors_core::encoding`] makes.

use std::borrow::Cow;
use std::cell::RefCell;

use ws_errors_core::encoding::{Encoding, Filtered, Operation, Present, TailElement, When, Within};
use ws_errors_core::escape::push_escaped;

use super::argument::Argument;
use super::close::{CloseCode, Reason};
use super::output::Close;
use super::values::Values;
use crate::catalog::{Catalog, Closing, ClosingCode, Entry, Piece};
use crate::language::{Arguments, LocalizedText, Localizer};

/// Where the text of a message goes: to the end of one that is there, or into one of its own.
pub type Buffer<'t> = Option<&'t mut String>;

/// A text, and the values in it that could not be serialized, by their index.
#[derive(Debug, Default)]
pub(crate) struct Written<T> {
    pub(crate) text: T,
    pub(crate) unserialized: Vec<u16>,
}

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
        let of_nothing = written(&encoding, &[]).text.into_boxed_str();
        Self { is_constant: encoding.constant().is_some(), of_nothing, encoding }
    }

    /// The text; borrowed where no value is in it.
    #[inline]
    pub(crate) fn text(&'static self, arguments: &[Argument<'_>]) -> Written<Cow<'static, str>> {
        if let Some(text) = self.constant(arguments) {
            return Written { text: Cow::Borrowed(text), unserialized: Vec::new() };
        }
        let Written { text, unserialized } = written(&self.encoding, arguments);
        Written { text: Cow::Owned(text), unserialized }
    }

    /// Appends the text, and returns the values that could not be serialized.
    #[inline]
    pub(crate) fn append(&self, arguments: &[Argument<'_>], text: &mut String) -> Vec<u16> {
        if let Some(constant) = self.constant(arguments) {
            text.push_str(constant);
            return Vec::new();
        }
        text.reserve(size(&self.encoding, arguments));
        append(&self.encoding, arguments, text)
    }

    /// The text that all occurrences have.
    pub(crate) fn of_all(&self) -> Option<&str> {
        self.is_constant.then_some(&*self.of_nothing)
    }

    /// The text, where no value is in it.
    #[inline]
    fn constant(&self, arguments: &[Argument<'_>]) -> Option<&str> {
        let is_constant = self.is_constant || arguments.iter().all(Argument::is_nothing);
        is_constant.then_some(&*self.of_nothing)
    }
}

/// The text of a frame.
#[inline]
pub(crate) fn written(encoding: &Encoding, arguments: &[Argument<'_>]) -> Written<String> {
    // Measured first: a string without slack goes into a WebSocket message without another copy.
    let mut text = String::with_capacity(size(encoding, arguments));
    let unserialized = append(encoding, arguments, &mut text);
    Written { text, unserialized }
}

/// Appends the text of a frame, and returns the values that could not be serialized.
fn append(encoding: &Encoding, arguments: &[Argument<'_>], text: &mut String) -> Vec<u16> {
    let mut writer = Writer { text, unserialized: Vec::new() };
    writer.run(&encoding.operations, arguments);
    writer.unserialized
}

/// How long the text will be: exact where all that is optional is there, and values are texts without
/// escapes.
fn size(encoding: &Encoding, arguments: &[Argument<'_>]) -> usize {
    let values = encoding.arguments.iter().map(|index| argument(arguments, *index).size_hint());
    encoding.size + values.sum::<usize>()
}

/// The text of a frame or a body whose text for the client is in the language of the reader, and which
/// language that is; `None` where there is no such text.
pub(crate) fn localized(
    encoding: &Encoding,
    catalog: &'static Catalog,
    entry: &'static Entry,
    arguments: &[Argument<'_>],
    localizer: &dyn Localizer,
) -> Option<Written<LocalizedText>> {
    let of_text = RefCell::default();
    let given = Arguments::new(entry, arguments, &of_text);
    let LocalizedText { text, language } = localizer.message(catalog, entry, &given)?;
    // Behind all others: there the encoding expects it.
    let arguments = [arguments, &[Argument::Text(&text)]].concat();
    let Written { text, mut unserialized } = written(encoding, &arguments);
    unserialized.extend(of_text.into_inner());
    Some(Written { text: LocalizedText { text, language }, unserialized })
}

/// Writes to the end of a text.
struct Writer<'t> {
    text: &'t mut String,
    unserialized: Vec<u16>,
}

impl Writer<'_> {
    fn run(&mut self, operations: &[Operation], arguments: &[Argument<'_>]) {
        for operation in operations {
            if let Operation::Literal(text) = operation {
                self.text.push_str(text);
            } else {
                self.run_dynamic(operation, arguments);
            }
        }
    }

    /// Apart from the loop, so that what every second operation is stays a branch there, which
    /// predicts better than a jump through a table.
    #[inline(never)]
    fn run_dynamic(&mut self, operation: &Operation, arguments: &[Argument<'_>]) {
        match operation {
            Operation::Literal(text) => self.text.push_str(text),
            Operation::Json(index) => {
                let is_whole = argument(arguments, *index).push_json(self.text);
                self.note(*index, is_whole);
            }
            Operation::Characters { argument: index, within, bounded } => {
                let value = argument(arguments, *index);
                let is_whole = value.push_characters(self.text, *within, *bounded);
                self.note(*index, is_whole);
            }
            Operation::When(when) => {
                let When { any, then, otherwise } = &**when;
                self.run(if is_any(any, arguments) { then } else { otherwise }, arguments);
            }
            Operation::Comma => self.push_comma(),
            Operation::Tail(elements) => self.run_tail(elements, arguments),
            Operation::Encoded(operations) => {
                let inner = self.inner(operations, arguments);
                self.text.push('"');
                push_escaped(self.text, &inner);
                self.text.push('"');
            }
            Operation::Splice(index) => self.run_splice(*index, arguments),
            Operation::Filtered(filtered) => {
                let Filtered { filter, within, operations } = &**filtered;
                let inner = self.inner(operations, arguments);
                let text = filter.apply(&inner);
                match within {
                    Within::String => push_escaped(self.text, &text),
                    // The filter has seen to control characters.
                    Within::Text | Within::Raw => self.text.push_str(&text),
                }
            }
        }
    }

    /// What is written apart, to go in changed.
    fn inner(&mut self, operations: &[Operation], arguments: &[Argument<'_>]) -> String {
        let mut text = String::new();
        let mut inner = Writer { text: &mut text, unserialized: Vec::new() };
        inner.run(operations, arguments);
        self.unserialized.extend(inner.unserialized);
        text
    }

    fn note(&mut self, index: u16, is_whole: bool) {
        if !is_whole && !self.unserialized.contains(&index) {
            self.unserialized.push(index);
        }
    }

    /// No JSON value ends with an opening bracket, so the last byte says whether one comes before.
    fn push_comma(&mut self) {
        if !self.text.ends_with(['{', '[']) {
            self.text.push(',');
        }
    }

    /// The elements of a list, each behind a comma where one is needed. What is no list is one
    /// element.
    fn run_splice(&mut self, index: u16, arguments: &[Argument<'_>]) {
        let list = argument(arguments, index);
        if list.is_nothing() {
            return;
        }
        let mut json = String::new();
        let is_whole = list.push_json(&mut json);
        self.note(index, is_whole);
        let elements = match json.strip_prefix('[').and_then(|json| json.strip_suffix(']')) {
            Some(elements) => elements,
            None => &json,
        };
        if !elements.is_empty() {
            self.push_comma();
            self.text.push_str(elements);
        }
    }

    fn run_tail(&mut self, elements: &[TailElement], arguments: &[Argument<'_>]) {
        let is_present = |element: &TailElement| match &element.present {
            Present::Always => true,
            Present::Never => false,
            Present::Any(any) => is_any(any, arguments),
        };
        let Some(last) = elements.iter().rposition(is_present) else { return };
        for element in &elements[..=last] {
            self.push_comma();
            let operations = if is_present(element) { &element.then } else { &element.otherwise };
            self.run(operations, arguments);
        }
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

/// The close frame of an entry, with the values of the occurrence. Those that could not be shown in its
/// reason are added to `unserialized`, by their index.
pub(crate) fn close(
    entry: &'static Entry,
    values: &Values<'_>,
    unserialized: &mut Vec<u16>,
) -> Option<Close> {
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
        let mut arguments = (0..).zip(all).skip(entry.fields.len());
        let mut reason = String::new();
        for piece in closing.reason.0 {
            match piece {
                Piece::Literal(text) => reason.push_str(text),
                Piece::Field { .. } => {
                    if let Some((index, argument)) = arguments.next()
                        && !argument.push_characters(&mut reason, Within::Text, true)
                    {
                        unserialized.push(index);
                    }
                }
            }
        }
        reason
    });
    Some(Close::new(code, Reason::new(reason)))
}
