//! What is known of a field's type.

use std::any::Any;
use std::fmt;

/// What is known of a field's type: probed by the compiler, and never guessed from its spelling.
#[derive(Clone, Copy)]
pub struct FieldType {
    /// Whether it is an `Option`, as far as that is known: `true` where only the type knows.
    pub optional: bool,
    /// How wide it is, where it is a number or a boolean, or holds one directly: what a string is
    /// taken apart by is never one of its characters.
    pub scalar: Option<Width>,
    /// Makes its JSON Schema; `None` where the type has none.
    pub schema: Option<SchemaOf>,
    /// Whether the type has been probed. While the macro runs, only the type knows.
    pub is_known: bool,
}

/// How wide a number is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Width {
    /// JavaScript's numbers hold it.
    Narrow,
    /// An integer of 64 bits or more, which they can't hold.
    Wide,
}

impl FieldType {
    /// Whether it is, or holds directly, an integer of 64 bits or more, which JavaScript's numbers
    /// can't hold.
    pub fn is_wide(&self) -> bool {
        self.scalar == Some(Width::Wide)
    }
}

/// Makes the JSON Schema of a type, as text. It is given the generator that collects the definitions
/// which schemas share.
pub type SchemaOf = fn(&mut dyn Any) -> String;

impl FieldType {
    /// A type that has not been probed.
    pub const UNKNOWN: Self = Self { optional: true, scalar: None, schema: None, is_known: false };
}

impl fmt::Debug for FieldType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FieldType")
            .field("optional", &self.optional)
            .field("scalar", &self.scalar)
            .field("schema", &self.schema.is_some())
            .field("is_known", &self.is_known)
            .finish()
    }
}
