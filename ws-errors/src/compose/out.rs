//! A list of operations while it is written.

use crate::catalog::Cast;
use crate::wire::{Operation, When, Within};

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
            let text = std::mem::take(&mut self.text).leak();
            self.operations.push(Operation::Literal(text));
        }
    }

    pub(super) fn push_text(&mut self, text: &str, within: Within) {
        match within {
            Within::String => crate::wire::push_escaped(&mut self.text, text),
            Within::Text | Within::Raw => self.text.push_str(text),
        }
    }

    pub(super) fn finish(mut self) -> &'static [Operation] {
        self.flush();
        self.operations.leak()
    }
}

/// What is known of the members written so far.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Commas {
    None,
    Perhaps,
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
    out.push(when(vec![argument].leak(), then, otherwise));
}

pub(super) fn when(any: &'static [u16], then: Out, otherwise: Out) -> Operation {
    let when = When { any, then: then.finish(), otherwise: otherwise.finish() };
    Operation::When(Box::leak(Box::new(when)))
}

/// How many bytes of it are constant, when what is optional is there.
pub(super) fn size(operation: &Operation) -> usize {
    let sum = |operations: &[Operation]| operations.iter().map(size).sum::<usize>();
    match operation {
        Operation::Literal(text) => text.len(),
        Operation::Json(_) => 2,
        Operation::Characters { .. } | Operation::Splice(_) => 0,
        Operation::Filtered(filtered) => sum(filtered.operations),
        Operation::When(when) => sum(when.then),
        Operation::Comma => 1,
        Operation::Tail(elements) => elements.iter().map(|element| sum(element.then) + 1).sum(),
        Operation::Encoded(inner) => sum(inner) + 2,
    }
}
