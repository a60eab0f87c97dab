//! Rules about names and codes.

use std::collections::HashMap;

use proc_macro2::Span;

use crate::attr::delivery::{Closing, ClosingCode, MAX_REASON};
use crate::attr::enumeration::{Retired, RetiredCode, Success};
use crate::errors::Errors;
use crate::model::{Code, Model};

/// A name is the key of an entry in docs, in TypeScript, in metrics and on the command line.
pub(crate) fn unique(model: &Model<'_>, errors: &Errors) {
    let mut seen: HashMap<&str, Span> = HashMap::new();
    for variant in &model.variants {
        if variant.name.is_empty() {
            errors.at(
                variant.name_span,
                "`name` has at least one character: it is the key in the docs and in TypeScript",
            );
        }
        if let Some(first) = seen.get(variant.name.as_str()) {
            errors.at(
                variant.name_span,
                format!(
                    "the name `{}` is there twice; give one of the two another: `name = \"…\"`",
                    variant.name
                ),
            );
            errors.at(*first, format!("`{}` is first used here", variant.name));
            continue;
        }
        seen.insert(&variant.name, variant.name_span);
    }
}

/// A code that was retired means something else to clients that are still out there.
pub(crate) fn not_retired(model: &Model<'_>, errors: &Errors) {
    let retired: HashMap<&RetiredCode, &Retired> =
        model.retired.iter().map(|retired| (&retired.code, retired)).collect();
    for variant in &model.variants {
        let code = match &variant.code {
            Code::Number(code) => Some(RetiredCode::Number(*code)),
            Code::Text(code) if variant.has_message() => Some(RetiredCode::Text(code.clone())),
            _ => None,
        };
        let close = variant.delivery.close_code().map(RetiredCode::Close);
        for (code, span) in [(code, variant.code_span), (close, variant.delivery_span)] {
            if let Some(code) = code
                && let Some(retired) = retired.get(&code)
            {
                errors.at(
                    span,
                    format!(
                        "{code} was retired, and may not be used again: {}; use another",
                        retired.why
                    ),
                );
                errors.at(retired.span, format!("`retired`: {code} is retired here"));
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

/// A close frame has room for 123 bytes of reason, and where none is stated it is the name.
pub(crate) fn names_that_are_reasons(model: &Model<'_>, errors: &Errors) {
    for variant in &model.variants {
        if let Some(Closing {
            code: ClosingCode::Constant(_) | ClosingCode::Field(..),
            reason: None,
        }) = variant.delivery.closing()
            && variant.name.len() > MAX_REASON
        {
            errors.at(
                variant.name_span,
                format!(
                    "this name is the close reason, which has at most {MAX_REASON} bytes, and this one has {}; state a shorter reason: `close(4001, \"reason\")`",
                    variant.name.len()
                ),
            );
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
        errors.at(second, "`fallback` is what is shown where nothing fits, so a catalog has one; take it away here");
        errors.at(first, "`fallback` is first used here");
    }
}
