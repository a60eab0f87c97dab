//! The types of fields, where they are checked.

use ws_errors_core::json::Kinds;

use crate::catalog::FieldType;
use crate::types::Typed;
use crate::wire::json::Json;

/// The types of a plan, by their indices in it.
#[derive(Debug)]
pub(super) struct Types(Vec<Option<Typed>>);

impl Types {
    pub(super) fn of(types: &[FieldType]) -> Self {
        Self(types.iter().map(Typed::of).collect())
    }

    /// The JSON types that the values of a field's type have, as far as a code can be of them.
    pub(super) fn kinds(ty: &FieldType) -> Kinds {
        let Some(typed) = Typed::of(ty) else { return Kinds::ANY };
        let text = if typed.has(&Json::String("".into())) { Kinds::STRING } else { Kinds::NONE };
        let number = if typed.has(&Json::Number(0.into())) { Kinds::NUMBER } else { Kinds::NONE };
        text.or(number)
    }

    /// Whether a value is of the type.
    pub(super) fn has(&self, ty: usize, json: &Json<'_>) -> bool {
        self.get(ty).is_none_or(|typed| typed.has(json))
    }

    /// Whether characters are those of a value of the type.
    pub(super) fn has_characters(&self, ty: usize, text: &str) -> bool {
        self.get(ty).is_none_or(|typed| typed.has_characters(text))
    }

    fn get(&self, ty: usize) -> Option<&Typed> {
        self.0.get(ty)?.as_ref()
    }
}
