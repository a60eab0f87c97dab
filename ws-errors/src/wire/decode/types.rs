//! The types of the fields of a plan.

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

    /// Whether a value is of the type.
    pub(super) fn has(&self, ty: usize, json: &Json<'_>) -> bool {
        self.get(ty).is_none_or(|ty| ty.has(json))
    }

    /// Whether characters are those of a value of the type.
    pub(super) fn has_characters(&self, ty: usize, text: &str) -> bool {
        self.get(ty).is_none_or(|ty| ty.has_characters(text))
    }

    fn get(&self, ty: usize) -> Option<&Typed> {
        self.0.get(ty)?.as_ref()
    }
}
