//! Rules about names and codes.

use std::collections::HashMap;

use proc_macro2::Span;

use crate::attr::enumeration::{RetiredCode, Success};
use crate::errors::Errors;
use crate::model::{Code, Model};

/// A name is the key of an entry in docs, in TypeScript, in metrics and on the command line.
pub(crate) fn unique(model: &Model<'_>, errors: &Errors) {
    let mut seen: HashMap<&str, Span> = HashMap::new();
    for variant in &model.variants {
        if variant.name.is_empty() {
            errors.at(variant.name_span, "a name has at least one character");
        }
        if let Some(first) = seen.insert(&variant.name, variant.name_span) {
            errors.at(
                variant.name_span,
                format!(
                    "the name `{}` is there twice; give one of them `name = \"…\"`",
                    variant.name
                ),
            );
            errors.at(first, format!("`{}` is first used here", variant.name));
        }
    }
}

/// A code that was retired means something else to clients that are still out there.
pub(crate) fn not_retired(model: &Model<'_>, errors: &Errors) {
    for variant in &model.variants {
        for retired in &model.retired {
            let (used, span) = match (&retired.code, &variant.code) {
                (RetiredCode::Number(old), Code::Number(code)) => (old == code, variant.code_span),
                (RetiredCode::Text(old), Code::Text(code)) => {
                    (old == code && variant.has_message(), variant.code_span)
                }
                (RetiredCode::Close(old), _) => {
                    (variant.delivery.close_code() == Some(*old), variant.delivery_span)
                }
                _ => continue,
            };
            if used {
                errors.at(
                    span,
                    format!("this code was retired, and may not be used again: {}", retired.why),
                );
                errors.at(retired.span, "it was retired here");
            }
        }
    }
}

/// A code that says that all is well is no code of an error.
pub(crate) fn not_success(model: &Model<'_>, errors: &Errors) {
    for variant in model.variants.iter().filter(|variant| variant.has_message()) {
        for success in &model.success {
            let span = match (success, &variant.code) {
                (Success::Numbers(first, last, span), Code::Number(code))
                    if (first..=last).contains(&code) =>
                {
                    span
                }
                (Success::Text(text, span), Code::Text(code)) if text == code => span,
                _ => continue,
            };
            errors.at(variant.code_span, "this code is no error: the enum's `success(…)` names it");
            errors.at(*span, "it is named here");
        }
    }
}

/// What is shown where nothing fits can only be one thing.
pub(crate) fn one_fallback(model: &Model<'_>, errors: &Errors) {
    let mut fallbacks = model
        .variants
        .iter()
        .filter_map(|variant| variant.user.as_ref().and_then(|user| user.fallback));
    if let (Some(first), Some(second)) = (fallbacks.next(), fallbacks.next()) {
        errors.at(second, "a catalog has one fallback");
        errors.at(first, "the first fallback is here");
    }
}
