//! JSON Schemas of the types of fields: of what is sent, which is what they serialize to.

use serde_json::{Map, Value};

use super::FieldType;

/// Collects the schemas of field types, and the definitions that they share.
#[derive(Debug)]
#[cfg_attr(not(feature = "schemars"), derive(Default))]
pub struct SchemaGenerator {
    #[cfg(feature = "schemars")]
    pub(crate) inner: schemars::SchemaGenerator,
}

#[cfg(feature = "schemars")]
impl Default for SchemaGenerator {
    fn default() -> Self {
        Self {
            inner: schemars::generate::SchemaSettings::draft2020_12()
                .for_serialize()
                .into_generator(),
        }
    }
}

/// The JSON Schema of what a type serializes to (2020-12); `None` where it has none, or the feature
/// `schemars` is off.
pub fn schema_of(ty: &FieldType, generator: &mut SchemaGenerator) -> Option<Value> {
    // A schema that is no JSON says nothing of its type.
    let mut schema = ty.schema.and_then(|schema| serde_json::from_str(&schema(generator)).ok())?;
    floats_may_be_null(&mut schema);
    Some(schema)
}

impl SchemaGenerator {
    /// A generator without definitions; schemas are those of JSON Schema 2020-12.
    pub fn new() -> Self {
        Self::default()
    }

    /// The definitions that the schemas made so far refer to as `#/$defs/NAME`, in order of name.
    pub fn definitions(&self) -> Map<String, Value> {
        #[cfg(feature = "schemars")]
        let mut definitions = self.inner.definitions().clone();
        #[cfg(not(feature = "schemars"))]
        let mut definitions = Map::new();
        definitions.values_mut().for_each(floats_may_be_null);
        definitions.sort_keys();
        definitions
    }
}

/// JSON has no NaN and no infinity: serde_json writes `null` for them, so that is what a float may be.
fn floats_may_be_null(schema: &mut Value) {
    each_schema(schema, &mut |keywords| {
        let is_float = keywords.get("type").is_some_and(|ty| ty == "number")
            && keywords.get("format").is_some_and(|format| format == "float" || format == "double");
        if is_float {
            keywords.insert("type".to_owned(), serde_json::json!(["number", "null"]));
        }
    });
}

/// Calls `visit` for a schema and each schema in it; what is constant is data, and no schema.
fn each_schema(schema: &mut Value, visit: &mut dyn FnMut(&mut Map<String, Value>)) {
    match schema {
        Value::Array(schemas) => schemas.iter_mut().for_each(|one| each_schema(one, visit)),
        Value::Object(keywords) => {
            visit(keywords);
            for (key, value) in keywords.iter_mut() {
                match (key.as_str(), value) {
                    ("const" | "enum" | "default" | "examples" | "required" | "type", _) => {}
                    ("properties" | "patternProperties" | "$defs", Value::Object(schemas)) => {
                        schemas.values_mut().for_each(|one| each_schema(one, visit));
                    }
                    (_, value) => each_schema(value, visit),
                }
            }
        }
        _ => {}
    }
}
