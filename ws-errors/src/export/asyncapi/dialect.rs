//! Schemas in the dialect of AsyncAPI, and the keys under which its components stand.

use std::borrow::Cow;

use serde_json::Value;

use crate::wire::Tree;

/// Where the definitions of a catalog stand in the document.
pub(super) struct Definitions {
    channel: String,
}

impl Definitions {
    pub(super) fn of(channel: &str) -> Self {
        Self { channel: channel.to_owned() }
    }

    /// The key of a definition: two catalogs may have types of one name.
    pub(super) fn name(&self, name: &str) -> String {
        format!("{}.{}", self.channel, key(name))
    }

    pub(super) fn tree(&self, schema: &Value) -> Tree<'static> {
        self.translated(Tree::of(schema))
    }

    /// The schema with references to where definitions stand, and with arrays as JSON Schema
    /// draft 7 says them, of which AsyncAPI's schemas are a superset.
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
        let is_prefixed = members.iter().any(|(key, _)| key == "prefixItems");
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
            ("prefixItems", value) => (Cow::Borrowed("items"), self.translated(value)),
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
