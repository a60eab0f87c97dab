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

/// Adds what is written when all that is optional is there: how many constant bytes, and which
/// arguments.
pub(super) fn measure(operations: &[Operation], size: &mut usize, arguments: &mut Vec<u16>) {
    for operation in operations {
        match operation {
            Operation::Literal(text) => *size += text.len(),
            Operation::Json(argument) => {
                // The quotes of a string.
                *size += 2;
                arguments.push(*argument);
            }
            Operation::Characters { argument, .. } | Operation::Splice(argument) => {
                arguments.push(*argument);
            }
            Operation::Filtered(filtered) => measure(&filtered.operations, size, arguments),
            Operation::When(when) => measure(&when.then, size, arguments),
            Operation::Comma => *size += 1,
            Operation::Tail(elements) => {
                for element in elements {
                    *size += 1;
                    measure(&element.then, size, arguments);
                }
            }
            Operation::Encoded(inner) => {
                *size += 2;
                measure(inner, size, arguments);
            }
        }
    }
}
