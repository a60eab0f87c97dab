//! Schemas as the components of a document (AsyncAPI, OpenAPI), and the keys under which they stand.

use std::borrow::Cow;

use serde_json::Value;

use crate::wire::Tree;

/// Where the definitions of a catalog stand in the document.
pub(super) struct Definitions {
    /// What stands before their names.
    prefix: String,
    /// Whether arrays are said as JSON Schema draft 7 says them.
    older: bool,
}

impl Definitions {
    /// In the dialect of AsyncAPI, whose schemas are a superset of draft 7.
    pub(super) fn older(prefix: &str) -> Self {
        Self { prefix: prefix.to_owned(), older: true }
    }

    /// In JSON Schema 2020-12, which is OpenAPI's.
    pub(super) fn current(prefix: &str) -> Self {
        Self { prefix: prefix.to_owned(), older: false }
    }

    /// The key of a definition: two catalogs may have types of one name.
    pub(super) fn name(&self, name: &str) -> String {
        format!("{}.{}", self.prefix, key(name))
    }

    pub(super) fn tree(&self, schema: &Value) -> Tree<'static> {
        self.translated(Tree::of(schema))
    }

    /// The schema with references to where definitions stand, in the dialect of the document.
    pub(super) fn translated(&self, schema: Tree<'static>) -> Tree<'static> {
        match schema {
            Tree::Array(elements) => elements
                .into_iter()
                .map(|element| self.translated(element))
                .collect::<Vec<_>>()
                .into(),
            Tree::Object(members) => self.object(members),
            other => other,
        }
    }

    fn object(&self, members: Vec<(Cow<'static, str>, Tree<'static>)>) -> Tree<'static> {
        let is_prefixed = self.older && members.iter().any(|(key, _)| key == "prefixItems");
        let translated = members.into_iter().map(|(key, value)| match (key.as_ref(), value) {
            ("$ref", Tree::String(to)) => {
                let to = match to.strip_prefix("#/$defs/") {
                    Some(name) => format!("#/components/schemas/{}", self.name(name)),
                    None => to.into_owned(),
                };
                (key, Tree::from(to))
            }
            // What is constant is data, and no schema.
            ("const" | "enum" | "default" | "examples" | "required", value) => (key, value),
            ("properties", Tree::Object(properties)) => {
                let properties =
                    properties.into_iter().map(|(key, value)| (key, self.translated(value)));
                (key, Tree::Object(properties.collect()))
            }
            ("prefixItems", value) if self.older => {
                (Cow::Borrowed("items"), self.translated(value))
            }
            ("items", value) if is_prefixed => {
                (Cow::Borrowed("additionalItems"), self.translated(value))
            }
            (_, value) => (key, self.translated(value)),
        });
        Tree::Object(translated.collect())
    }
}

/// A name as the key of a component: letters, digits, `_` and `-`, and what is neither written as
/// its number.
pub(super) fn key(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for c in name.chars() {
        if c.is_ascii_alphanumeric() || matches!(c, '_' | '-') {
            out.push(c);
        } else {
            out.push_str(&format!("-{:x}-", u32::from(c)));
        }
    }
    if out.is_empty() { "-".to_owned() } else { out }
}
