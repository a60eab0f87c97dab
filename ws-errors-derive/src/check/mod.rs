//! The rules that a model must meet: one function a rule, its reason above it.

mod apart;
mod names;
mod slots;
mod texts;

pub(crate) use apart::Ambiguous;

use crate::errors::Errors;
use crate::expand::Compiled;
use crate::model::Model;

/// Tells everything that is wrong with a model.
pub(crate) fn check(model: &Model<'_>, errors: &Errors) {
    names::unique(model, errors);
    names::not_retired(model, errors);
    names::not_success(model, errors);
    names::names_that_are_reasons(model, errors);
    names::one_fallback(model, errors);
    texts::placeholders(model, errors);
    texts::own_text(model, errors);
    slots::envelope_for_each_message(model, errors);
    slots::no_envelope_without_message(model, errors);
    slots::known_slots(model, errors);
    slots::keys_once(model, errors);
    slots::fields_of_policies(model, errors);
    slots::fields_of_contexts(model, errors);
}

/// Tells the entries that a client can't tell apart, which shows when they are compiled, and gives
/// those where it depends on types.
pub(crate) fn check_compiled<'m>(
    model: &'m Model<'_>,
    compiled: &Compiled,
    errors: &Errors,
) -> Vec<Ambiguous<'m>> {
    apart::closes(model, errors);
    apart::kinds_of_codes(model, compiled, errors);
    apart::messages(model, compiled, errors)
}
