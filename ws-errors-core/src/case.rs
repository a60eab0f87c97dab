//! How names are spelt.

use crate::names::{did_you_mean, list_names};

/// serde's words for the spelling of names, as `rename_all` takes them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Case {
    /// `lowercase`
    Lower,
    /// `UPPERCASE`
    Upper,
    /// `PascalCase`
    Pascal,
    /// `camelCase`
    Camel,
    /// `snake_case`
    Snake,
    /// `SCREAMING_SNAKE_CASE`
    ScreamingSnake,
    /// `kebab-case`
    Kebab,
    /// `SCREAMING-KEBAB-CASE`
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
    /// The spelling with this name.
    ///
    /// # Errors
    /// Says which ones there are.
    pub fn named(word: &str) -> Result<Self, String> {
        let found = CASES.iter().find(|(name, _)| *name == word).map(|(_, case)| *case);
        found.ok_or_else(|| {
            let names = CASES.map(|(name, _)| name);
            let near = did_you_mean(word, names);
            format!("`rename_all` has no {word:?}{near}\nit takes {}", list_names(names))
        })
    }

    /// The name of a variant in this spelling, as serde spells it.
    pub fn apply(self, variant: &str) -> String {
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
