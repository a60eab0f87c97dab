//! What is known of a field's type.

use std::fmt;

/// What is known of a field's type: probed by the compiler, and never guessed from its spelling.
#[derive(Clone, Copy)]
pub struct FieldType {
    /// Whether it is an `Option`.
    pub optional: bool,
    /// Whether it is, or holds directly, an integer of 64 bits or more, which JavaScript's numbers
    /// can't hold.
    pub wide: bool,
    /// Makes its JSON Schema; `None` where the type has none, or the feature `schemars` is off.
    pub schema: Option<SchemaOf>,
}

/// Makes the JSON Schema of a type, collecting the definitions that it refers to.
pub type SchemaOf = fn(&mut SchemaGenerator) -> serde_json::Value;

impl fmt::Debug for FieldType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FieldType")
            .field("optional", &self.optional)
            .field("wide", &self.wide)
            .field("schema", &self.schema.is_some())
            .finish()
    }
}

/// Collects the schemas of field types, and the definitions that they share.
#[derive(Debug, Default)]
pub struct SchemaGenerator {
    #[cfg(feature = "schemars")]
    pub(crate) inner: schemars::SchemaGenerator,
}

impl SchemaGenerator {
    /// A generator without definitions; schemas are those of JSON Schema 2020-12.
    pub fn new() -> Self {
        Self::default()
    }

    /// The definitions that the schemas made so far refer to as `#/$defs/NAME`, in order of name.
    pub fn definitions(&self) -> serde_json::Map<String, serde_json::Value> {
        #[cfg(feature = "schemars")]
        let mut definitions = self.inner.definitions().clone();
        #[cfg(not(feature = "schemars"))]
        let mut definitions = serde_json::Map::new();
        definitions.sort_keys();
        definitions
    }
}
