//! Whether a client that expects one type can take another.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use crate::export::{backticks, in_words, resolve};

/// How deep types are compared.
const DEPTH: usize = 24;

/// The keywords that say nothing of what is valid, or are looked at by themselves.
const SILENT: [&str; 16] = [
    "title",
    "description",
    "examples",
    "example",
    "default",
    "deprecated",
    "$comment",
    "$schema",
    "type",
    "properties",
    "required",
    "items",
    "prefixItems",
    "minItems",
    "additionalProperties",
    "not",
];

/// A schema with the definitions that it refers to.
#[derive(Clone, Copy)]
pub(super) struct Typed<'a> {
    pub(super) schema: &'a Value,
    pub(super) definitions: &'a Map<String, Value>,
}

/// Whether everything of the newer type is of the older one, too.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Fit {
    /// Yes.
    Yes,
    /// As far as the kinds of values go; a range, a format or a pattern is another.
    Perhaps,
    /// No.
    No,
}

impl<'a> Typed<'a> {
    pub(super) fn with(self, schema: &'a Value) -> Self {
        Self { schema, ..self }
    }

    /// What the schema stands for where it is a reference.
    pub(super) fn resolved(self) -> Self {
        let mut typed = self;
        for _ in 0..DEPTH {
            match resolve(typed.schema, typed.definitions) {
                Some((_, schema)) => typed.schema = schema,
                None => break,
            }
        }
        typed
    }

    pub(super) fn words(self) -> String {
        in_words(self.schema, self.definitions, false, backticks)
    }

    pub(super) fn get(self, key: &str) -> Option<Self> {
        self.schema.get(key).map(|schema| self.with(schema))
    }

    fn list(self, key: &str) -> Option<Vec<Self>> {
        let list = self.schema.get(key)?.as_array()?;
        Some(list.iter().map(|schema| self.with(schema)).collect())
    }

    /// Whether a member must be there.
    pub(super) fn requires(self, key: &str) -> bool {
        let required = self.schema.get("required").and_then(Value::as_array);
        required.is_some_and(|required| required.iter().any(|other| other == key))
    }

    pub(super) fn properties(self) -> Option<&'a Map<String, Value>> {
        self.schema.get("properties")?.as_object()
    }

    pub(super) fn is_of(self, kind: &str) -> bool {
        self.schema.get("type").is_some_and(|other| other == kind)
    }

    fn is_anything(self) -> bool {
        match self.schema {
            Value::Bool(value) => *value,
            Value::Object(keywords) => {
                keywords.keys().all(|key| SILENT[..8].contains(&key.as_str()))
            }
            _ => false,
        }
    }
}

/// One of several kinds of value that a schema allows.
enum Alternative<'a> {
    Constant(&'a Value),
    OfKind(Option<&'a str>, Typed<'a>),
}

pub(super) fn fit(old: Typed<'_>, new: Typed<'_>) -> Fit {
    Fitting { within: BTreeSet::new() }.fit(old, new, DEPTH)
}

struct Fitting {
    /// The pairs of definitions that are being compared: types may hold themselves.
    within: BTreeSet<(String, String)>,
}

impl Fitting {
    fn fit(&mut self, old: Typed<'_>, new: Typed<'_>, depth: usize) -> Fit {
        let Some(depth) = depth.checked_sub(1) else { return Fit::Perhaps };
        let name = |typed: Typed<'_>| {
            resolve(typed.schema, typed.definitions).map(|(name, _)| name.to_owned())
        };
        if let (Some(old), Some(new)) = (name(old), name(new))
            && !self.within.insert((old, new))
        {
            return Fit::Yes;
        }
        let (old, new) = (old.resolved(), new.resolved());
        if old.is_anything() {
            return Fit::Yes;
        }
        if new.is_anything() {
            return Fit::No;
        }
        let wanted = alternatives(old);
        alternatives(new)
            .iter()
            .map(|new| {
                let fits = wanted.iter().map(|old| self.alternative(old, new, depth));
                fits.min().unwrap_or(Fit::No)
            })
            .max()
            .unwrap_or(Fit::Yes)
    }

    fn alternative(&mut self, old: &Alternative<'_>, new: &Alternative<'_>, depth: usize) -> Fit {
        match (old, new) {
            (Alternative::Constant(old), Alternative::Constant(new)) => yes_or_no(old == new),
            (Alternative::Constant(_), Alternative::OfKind(..)) => Fit::No,
            (Alternative::OfKind(old, _), Alternative::Constant(new)) => {
                yes_or_no(old.is_none_or(|old| is_kind(new, old)))
            }
            (Alternative::OfKind(old, was), Alternative::OfKind(new, is)) => match (old, new) {
                (Some("number"), Some("integer")) => keywords(*was, *is).max(Fit::Yes),
                (Some(old), Some(new)) if old != new => Fit::No,
                (Some(_), None) => Fit::No,
                (None, _) => Fit::Perhaps,
                (Some("object"), _) => self.object(*was, *is, depth),
                (Some("array"), _) => self.array(*was, *is, depth),
                _ => keywords(*was, *is),
            },
        }
    }

    fn object(&mut self, old: Typed<'_>, new: Typed<'_>, depth: usize) -> Fit {
        let mut fit = keywords(old, new);
        for (key, property) in old.properties().into_iter().flatten() {
            let property = old.with(property);
            fit = fit.max(match new.properties().and_then(|new| new.get(key)) {
                Some(_) if old.requires(key) && !new.requires(key) => Fit::No,
                Some(other) => self.fit(property, new.with(other), depth),
                None => Fit::No,
            });
        }
        let values = |typed: Typed<'_>| typed.schema.get("additionalProperties").is_some();
        match (old.get("additionalProperties"), new.get("additionalProperties")) {
            (Some(was), Some(is)) => fit.max(self.fit(was, is, depth)),
            _ if values(old) != values(new) => fit.max(Fit::Perhaps),
            _ => fit,
        }
    }

    fn array(&mut self, old: Typed<'_>, new: Typed<'_>, depth: usize) -> Fit {
        let mut fit = keywords(old, new);
        match (old.list("prefixItems"), new.list("prefixItems")) {
            (None, None) => {}
            (Some(was), Some(is)) if was.len() == is.len() => {
                for (was, is) in was.into_iter().zip(is) {
                    fit = fit.max(self.fit(was, is, depth));
                }
            }
            _ => return Fit::No,
        }
        match (old.get("items"), new.get("items")) {
            (Some(was), Some(is)) => fit.max(self.fit(was, is, depth)),
            (Some(_), None) => Fit::No,
            (None, _) => fit,
        }
    }
}

fn alternatives(typed: Typed<'_>) -> Vec<Alternative<'_>> {
    let typed = typed.resolved();
    if let Some(constant) = typed.schema.get("const") {
        return vec![Alternative::Constant(constant)];
    }
    if let Some(constants) = typed.schema.get("enum").and_then(Value::as_array) {
        return constants.iter().map(Alternative::Constant).collect();
    }
    for key in ["anyOf", "oneOf", "allOf"] {
        if let Some(list) = typed.list(key) {
            return list.into_iter().flat_map(alternatives).collect();
        }
    }
    match typed.schema.get("type") {
        Some(Value::String(kind)) => vec![Alternative::OfKind(Some(kind), typed)],
        Some(Value::Array(kinds)) => kinds
            .iter()
            .filter_map(Value::as_str)
            .map(|kind| Alternative::OfKind(Some(kind), typed))
            .collect(),
        _ => vec![Alternative::OfKind(None, typed)],
    }
}

/// The rest of what two schemas of a kind say: ranges, formats, patterns.
fn keywords(old: Typed<'_>, new: Typed<'_>) -> Fit {
    let said = |typed: Typed<'_>| -> Vec<(String, String)> {
        let keywords = typed.schema.as_object().into_iter().flatten();
        let said = keywords.filter(|(key, _)| !SILENT.contains(&key.as_str()));
        let mut said: Vec<_> = said.map(|(key, value)| (key.clone(), value.to_string())).collect();
        said.sort();
        said
    };
    if said(old) == said(new) {
        return Fit::Yes;
    }
    // A text with other constant characters is another text.
    let has_pattern = |typed: Typed<'_>| typed.schema.get("pattern").is_some();
    yes_or_no(!has_pattern(old)).max(Fit::Perhaps)
}

fn yes_or_no(is: bool) -> Fit {
    if is { Fit::Yes } else { Fit::No }
}

fn is_kind(value: &Value, kind: &str) -> bool {
    match kind {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "boolean" => value.is_boolean(),
        "integer" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        "null" => value.is_null(),
        _ => false,
    }
}
