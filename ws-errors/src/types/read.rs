//! JSON Schema to types. Nothing else of this crate knows a keyword of the types of fields.

use serde_json::{Map, Value};

use super::{Array, Definition, Encoded, Limits, Member, Object, Type};

/// The keywords that say nothing of what is valid, or that the types themselves hold.
const HELD: [&str; 26] = [
    "$comment",
    "$defs",
    "$ref",
    "$schema",
    "additionalProperties",
    "allOf",
    "anyOf",
    "const",
    "default",
    "deprecated",
    "description",
    "enum",
    "example",
    "examples",
    "items",
    "not",
    "oneOf",
    "patternProperties",
    "prefixItems",
    "properties",
    "readOnly",
    "required",
    "title",
    "type",
    "writeOnly",
    JSON_PIECES,
];

/// The keyword of our own for text that holds JSON between other characters, as Socket.IO's frames
/// do: the schema of each piece. JSON Schema knows only strings that hold nothing else.
pub(crate) const JSON_PIECES: &str = "x-ws-json";

impl Type {
    /// The type that a schema describes.
    pub(crate) fn read(schema: &Value) -> Self {
        let Value::Object(keywords) = schema else {
            return if *schema == Value::Bool(false) { Self::Union(Vec::new()) } else { Self::Any };
        };
        let mut all = Vec::new();
        if let Some(reference) = text(keywords, "$ref") {
            all.push(match reference.strip_prefix("#/$defs/") {
                Some(name) => Self::Reference(name.replace("~1", "/").replace("~0", "~")),
                None => Self::Any,
            });
        }
        if let Some(value) = keywords.get("const") {
            all.push(Self::constant(value));
        } else if let Some(values) = list(keywords, "enum") {
            all.push(Self::union(values.iter().map(Self::constant).collect()));
        } else {
            match keywords.get("type") {
                Some(Value::String(name)) => all.push(Self::of_kind(name, keywords)),
                Some(Value::Array(names)) => {
                    let names = names.iter().filter_map(Value::as_str);
                    all.push(Self::union(names.map(|one| Self::of_kind(one, keywords)).collect()));
                }
                _ if keywords.contains_key("properties") => {
                    all.push(Self::of_kind("object", keywords));
                }
                _ => {}
            }
        }
        let read = |schemas: &Vec<Value>| schemas.iter().map(Self::read).collect::<Vec<_>>();
        for key in ["anyOf", "oneOf"] {
            all.extend(list(keywords, key).map(|schemas| Self::union(read(schemas))));
        }
        all.extend(list(keywords, "allOf").into_iter().flat_map(read));
        Self::intersection(all)
    }

    /// The type of a constant. Its objects are as open to new members as any, but for the one without
    /// members, which stands for nothing.
    pub(crate) fn constant(value: &Value) -> Self {
        match value {
            Value::Null => Self::Null,
            Value::Array(values) => Self::Array(Array {
                first: values.iter().map(Self::constant).collect(),
                rest: Box::new(Self::Any),
                least: values.len(),
                most: Some(values.len()),
                limits: Limits::new(),
            }),
            Value::Object(members) if !members.is_empty() => {
                let members = members.iter().map(|(key, value)| Member {
                    key: key.clone(),
                    optional: false,
                    ty: Self::constant(value),
                    example: None,
                });
                Self::Object(Object { members: members.collect(), ..Object::default() })
            }
            value => Self::Constant(value.clone()),
        }
    }

    fn of_kind(name: &str, keywords: &Map<String, Value>) -> Self {
        match name {
            "null" => Self::Null,
            "boolean" => Self::Boolean,
            "number" => Self::Number(limits(keywords)),
            "integer" => Self::Integer(limits(keywords)),
            "string" => {
                let (mut limits, encoded) = (limits(keywords), Encoded::read(keywords));
                limits.retain(|key, _| encoded.is_empty() || !key.starts_with("content"));
                Self::String(limits, encoded)
            }
            "array" => Self::Array(Array::read(keywords)),
            "object" => Self::Object(Object::read(keywords)),
            _ => Self::Any,
        }
    }
}

impl Encoded {
    /// None where nothing is known of what the string holds, or where that is no JSON.
    fn read(keywords: &Map<String, Value>) -> Vec<Self> {
        let piece = |schema, encoding| Self { ty: Type::read(schema), encoding };
        if let Some(schemas) = list(keywords, JSON_PIECES) {
            return schemas.iter().map(|schema| piece(schema, None)).collect();
        }
        let media_type = text(keywords, "contentMediaType").unwrap_or_default();
        let is_json = media_type == "application/json" || media_type.ends_with("+json");
        let encoding = text(keywords, "contentEncoding").map(str::to_owned);
        let schema = keywords.get("contentSchema").filter(|_| is_json);
        schema.map(|schema| piece(schema, encoding)).into_iter().collect()
    }
}

impl Array {
    fn read(keywords: &Map<String, Value>) -> Self {
        let first = list(keywords, "prefixItems");
        let first: Option<Vec<Type>> = first.map(|all| all.iter().map(Type::read).collect());
        let items = keywords.get("items");
        let rest = Box::new(items.map_or(Type::Any, Type::read));
        let mut limits = limits(keywords);
        let mut length = |key: &str| limits.remove(key);
        let (fewest, most_items) = (length("minItems"), length("maxItems"));
        let (least, most) = (number(fewest.as_ref()), number(most_items.as_ref()));
        let Some(first) = first else {
            if least == most && most.is_some() || most == Some(0) {
                let least = least.unwrap_or(0);
                return Self { first: Vec::new(), rest, least, most, limits };
            }
            // Lengths that differ are a range, as that of a number is: nothing is refused for it.
            limits.extend(fewest.map(|least| ("minItems".to_owned(), least)));
            limits.extend(most_items.map(|most| ("maxItems".to_owned(), most)));
            return Self { first: Vec::new(), rest, least: 0, most: None, limits };
        };
        let is_closed = most == Some(first.len()) || items == Some(&Value::Bool(false));
        let most = is_closed.then_some(first.len());
        Self { first, rest, least: least.unwrap_or(0), most, limits }
    }
}

impl Object {
    fn read(keywords: &Map<String, Value>) -> Self {
        let required: Vec<&str> = list(keywords, "required")
            .map_or(Vec::new(), |keys| keys.iter().filter_map(Value::as_str).collect());
        let properties = object(keywords, "properties");
        let mut members: Vec<Member> = properties
            .into_iter()
            .flatten()
            .map(|(key, schema)| Member {
                key: key.clone(),
                optional: !required.contains(&key.as_str()),
                ty: Type::read(schema),
                example: example(schema),
            })
            .collect();
        let place = |key: &str| required.iter().position(|other| *other == key);
        members.sort_by(|one, other| {
            let order = |one: &Member| place(&one.key).unwrap_or(usize::MAX);
            order(one).cmp(&order(other)).then_with(|| one.key.cmp(&other.key))
        });
        let mut others = Vec::new();
        if let Some(patterns) = object(keywords, "patternProperties") {
            others.extend(patterns.values().map(Type::read));
        }
        match keywords.get("additionalProperties") {
            Some(Value::Bool(false)) => {}
            Some(schema) => others.push(Type::read(schema)),
            None if others.is_empty() && members.is_empty() => others.push(Type::Any),
            None => {}
        }
        let others = (!others.is_empty()).then(|| Box::new(Type::union(others)));
        Self { members, others, limits: limits(keywords) }
    }
}

impl Definition {
    pub(super) fn read(schema: &Value) -> Self {
        let docs = schema.get("description").and_then(Value::as_str).unwrap_or("").to_owned();
        Self { docs, ty: Type::read(schema), example: example(schema) }
    }
}

fn example(schema: &Value) -> Option<Value> {
    schema.get("examples")?.as_array()?.iter().find(|one| !one.is_null()).cloned()
}

fn limits(keywords: &Map<String, Value>) -> Limits {
    let limits = keywords.iter().filter(|(key, _)| !HELD.contains(&key.as_str()));
    limits.map(|(key, value)| (key.clone(), value.clone())).collect()
}

fn text<'a>(keywords: &'a Map<String, Value>, key: &str) -> Option<&'a str> {
    keywords.get(key)?.as_str()
}

fn list<'a>(keywords: &'a Map<String, Value>, key: &str) -> Option<&'a Vec<Value>> {
    keywords.get(key)?.as_array()
}

fn object<'a>(keywords: &'a Map<String, Value>, key: &str) -> Option<&'a Map<String, Value>> {
    keywords.get(key)?.as_object()
}

fn number(value: Option<&Value>) -> Option<usize> {
    usize::try_from(value?.as_u64()?).ok()
}
