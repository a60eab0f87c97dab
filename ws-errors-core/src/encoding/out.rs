//! A list of operations while it is written: constant text is joined, and commas are settled as far
//! as they can be.

use super::{Operation, When, Within};
use crate::catalog::Cast;
use crate::escape::{push_escaped, quote};

/// The operations so far, and the constant text behind them.
#[derive(Default)]
pub(super) struct Out {
    operations: Vec<Operation>,
    pub(super) text: String,
}

impl Out {
    pub(super) fn push(&mut self, operation: Operation) {
        self.flush();
        self.operations.push(operation);
    }

    fn flush(&mut self) {
        if !self.text.is_empty() {
            let text = std::mem::take(&mut self.text).into_boxed_str();
            self.operations.push(Operation::Literal(text));
        }
    }

    pub(super) fn push_text(&mut self, text: &str, within: Within) {
        match within {
            Within::String => push_escaped(&mut self.text, text),
            Within::Text | Within::Raw => self.text.push_str(text),
        }
    }

    /// A string that holds JSON.
    pub(super) fn push_encoded(&mut self, inner: Self) {
        if inner.operations.is_empty() {
            self.text.push_str(&quote(&inner.text));
        } else {
            self.push(Operation::Encoded(inner.finish()));
        }
    }

    pub(super) fn finish(mut self) -> Vec<Operation> {
        self.flush();
        self.operations
    }
}

/// What is known of the members written so far.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Commas {
    /// None is written.
    None,
    /// Perhaps one is written: the encoder looks.
    Perhaps,
    /// One is written.
    Certain,
}

impl Commas {
    pub(super) fn push(self, out: &mut Out) {
        match self {
            Self::None => {}
            Self::Perhaps => out.push(Operation::Comma),
            Self::Certain => out.text.push(','),
        }
    }
}

pub(super) fn value(argument: u16, cast: Option<Cast>, out: &mut Out) {
    if cast != Some(Cast::String) {
        return out.push(Operation::Json(argument));
    }
    let (mut then, mut otherwise) = (Out::default(), Out::default());
    then.text.push('"');
    then.push(Operation::Characters { argument, within: Within::String, bounded: false });
    then.text.push('"');
    otherwise.text.push_str("null");
    out.push(when(vec![argument], then, otherwise));
}

pub(super) fn when(any: Vec<u16>, then: Out, otherwise: Out) -> Operation {
    let when = When { any, then: then.finish(), otherwise: otherwise.finish() };
    Operation::When(Box::new(when))
}

/// How many bytes of it are constant, when what is optional is there.
pub(super) fn size(operation: &Operation) -> usize {
    let sum = |operations: &[Operation]| operations.iter().map(size).sum::<usize>();
    match operation {
        Operation::Literal(text) => text.len(),
        // The quotes of a string.
        Operation::Json(_) => 2,
        Operation::Characters { .. } | Operation::Splice(_) => 0,
        Operation::Filtered(filtered) => sum(&filtered.operations),
        Operation::When(when) => sum(&when.then),
        Operation::Comma => 1,
        Operation::Tail(elements) => elements.iter().map(|element| sum(&element.then) + 1).sum(),
        Operation::Encoded(inner) => sum(inner) + 2,
    }
}
