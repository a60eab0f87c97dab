//! `rename_all`: how names are spelt.

use super::value;
use crate::cursor::Cursor;
use ws_errors_core::names::{did_you_mean, list_names};

use crate::errors::error;

/// serde's words for the spelling of names.
#[derive(Clone, Copy)]
pub(crate) enum Case {
    Lower,
    Upper,
    Pascal,
    Camel,
    Snake,
    ScreamingSnake,
    Kebab,
    ScreamingKebab,
}

const CASES: [(&str, Case); 8] = [
    ("lowercase", Case::Lower),
    ("UPPERCASE", Case::Upper),
    ("PascalCase", Case::Pascal),
    ("camelCase", Case::Camel),
    ("snake_case", Case::Snake),
    ("SCREAMING_SNAKE_CASE", Case::ScreamingSnake),
    ("kebab-case", Case::Kebab),
    ("SCREAMING-KEBAB-CASE", Case::ScreamingKebab),
];

impl Case {
    /// The name of a variant in this spelling, as serde spells it.
    pub(crate) fn apply(self, variant: &str) -> String {
        let separated = |separator: char| {
            let mut out = String::new();
            for (index, character) in variant.char_indices() {
                if index > 0 && character.is_uppercase() {
                    out.push(separator);
                }
                out.extend(character.to_lowercase());
            }
            out
        };
        match self {
            Self::Pascal => variant.to_owned(),
            Self::Lower => variant.to_lowercase(),
            Self::Upper => variant.to_uppercase(),
            Self::Camel => {
                let mut characters = variant.chars();
                characters
                    .next()
                    .map(|first| first.to_lowercase().chain(characters).collect())
                    .unwrap_or_default()
            }
            Self::Snake => separated('_'),
            Self::ScreamingSnake => separated('_').to_uppercase(),
            Self::Kebab => separated('-'),
            Self::ScreamingKebab => separated('-').to_uppercase(),
        }
    }
}

pub(super) fn case(cursor: Cursor) -> syn::Result<Case> {
    let text = value::string(cursor, "rename_all")?;
    match CASES.iter().find(|(name, _)| *name == text.value) {
        Some((_, case)) => Ok(*case),
        None => error(
            text.span,
            format!(
                "`rename_all` has no {:?}{}\nit takes {}",
                text.value,
                did_you_mean(&text.value, CASES.map(|(name, _)| name)),
                list_names(CASES.map(|(name, _)| name))
            ),
        ),
    }
}
