//! An error to what is sent.

use super::{Declared, Unfolded};
use crate::catalog::Delivery;
use crate::wire::generated::Values;
use crate::wire::{self, Close, Output};

/// What is sent for an entry, with the values of the occurrence and of the context.
pub fn encode(
    unfolded: &'static Unfolded,
    index: usize,
    context: usize,
    values: &Values<'_>,
) -> Output {
    let Some(entry) = unfolded.catalog().entries.get(index) else { return Output::default() };
    let frame = unfolded.encoding(index, context).map(|(encoding, format)| {
        wire::pack(format, values.with(|all| wire::frame(encoding, all)))
    });
    let close = match entry.delivery {
        Delivery::Soft | Delivery::Observed { .. } => None,
        _ => unfolded
            .catalog()
            .delivery(entry, context)
            .filter(|delivery| delivery.closing().is_some())
            .and_then(|_| wire::close(entry, values)),
    };
    Output { frame, close }
}

/// The close frame of an error.
pub fn close<T: Declared>(error: &T) -> Option<Close> {
    let entry = error.entry();
    entry.delivery.closing()?;
    wire::constant_close(entry).or_else(|| {
        let mut values = Values::default();
        error.values(&mut values);
        wire::close(entry, &values)
    })
}
