//! The rules that a model must meet: one function a rule, its reason above it.

mod names;
mod slots;
mod texts;

use crate::errors::Errors;
use crate::model::Model;

/// Tells everything that is wrong with a model.
pub(crate) fn check(model: &Model<'_>, errors: &Errors) {
    names::unique(model, errors);
    names::not_retired(model, errors);
    names::not_success(model, errors);
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
