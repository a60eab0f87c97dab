//! JSON Schemas of the types of fields.

use super::FieldType;

/// Collects the schemas of field types, and the definitions that they share.
#[derive(Debug, Default)]
pub struct SchemaGenerator {
    #[cfg(feature = "schemars")]
    pub(crate) inner: schemars::SchemaGenerator,
}

/// The JSON Schema of a type (2020-12); `None` where it has none, or the feature `schemars` is off.
pub fn schema_of(ty: &FieldType, generator: &mut SchemaGenerator) -> Option<serde_json::Value> {
    // A schema that is no JSON says nothing of its type.
    ty.schema.and_then(|schema| serde_json::from_str(&schema(generator)).ok())
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
