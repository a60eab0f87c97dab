//! What a frame or a close turned out to be, in the same words for all languages.

use std::collections::BTreeMap;

use serde_json::Value;
use ws_errors::catalog::{Code, Entry, Message};
use ws_errors::wire::{Closed, Decoded, Received};
use ws_errors_core::names::client_name;

/// What a frame turned out to be. What is null is not there: an optional place does not tell.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Outcome {
    /// The entry's name, `$unknown`, or nothing where it is no error.
    pub kind: Option<String>,
    /// The values by name: the fields, `message`, the `code` where it is no constant, and the
    /// context's behind `cx.`.
    pub values: BTreeMap<String, Value>,
    /// The fields that are the message or the code: a client has them under their own names only where
    /// they also stand elsewhere.
    pub elsewhere: BTreeMap<String, Value>,
}

const UNKNOWN: &str = "$unknown";

impl Outcome {
    /// As the decoder has it.
    pub(super) fn of_rust(decoded: &Decoded) -> Self {
        let (mut values, mut elsewhere) = (BTreeMap::new(), BTreeMap::new());
        let mut add = |name: String, value: &Value| {
            if !value.is_null() {
                values.insert(name, plain(value));
            }
        };
        let entry = decoded.entry();
        if let Some(received) = decoded.received() {
            for (name, value) in received.fields().iter() {
                if entry.is_none_or(|entry| !is_elsewhere(entry, name, received)) {
                    add(name.to_owned(), value);
                } else if !value.is_null() {
                    elsewhere.insert(client_name(name), plain(value));
                }
            }
            for (name, value) in received.context_values().iter() {
                add(format!("cx.{name}"), value);
            }
            // Of an error that nobody declared, clients promise a text or nothing.
            let message = received.message().filter(|value| entry.is_some() || value.is_string());
            message.iter().for_each(|value| add("message".to_owned(), value));
            if entry.is_none_or(|entry| matches!(entry.code, Code::Field(_))) {
                received.code().iter().for_each(|value| add("code".to_owned(), value));
            }
        }
        let kind = match decoded {
            Decoded::Known(entry, _) => Some(entry.name.to_owned()),
            Decoded::Unknown(_) => Some(UNKNOWN.to_owned()),
            Decoded::Foreign => None,
        };
        Self { kind, values, elsewhere }
    }

    /// As the generated module has it: each member with the JSON text of its value.
    pub(super) fn of_client(
        error: &Value,
        entry_of: impl Fn(&str) -> Option<&'static Entry>,
    ) -> Self {
        let Value::Object(members) = error else {
            return Self::of_kind(None);
        };
        let value = |text: &Value| -> Value {
            let text = text.as_str().expect("a value is a text");
            serde_json::from_str(text).expect("a value is the text of JSON")
        };
        let kind = members.get("kind").map(value);
        let kind = kind.as_ref().and_then(Value::as_str).unwrap_or_default();
        let entry = entry_of(kind);
        let mut values = BTreeMap::new();
        for (name, text) in members {
            let name = match name.as_str() {
                "kind" => continue,
                "code" if entry.is_none_or(|entry| !matches!(entry.code, Code::Field(_))) => {
                    continue;
                }
                "rawCode" if entry.is_none() => "code",
                name => name,
            };
            let value = value(text);
            if !value.is_null() {
                values.insert(name.to_owned(), plain(&value));
            }
        }
        Self { values, ..Self::of_kind(Some(kind)) }
    }

    fn of_kind(kind: Option<&str>) -> Self {
        let (values, elsewhere) = Default::default();
        Self { kind: kind.map(str::to_owned), values, elsewhere }
    }

    /// A close, as the decoder has it.
    pub(super) fn of_rust_close(closed: &Closed) -> Self {
        Self::of_kind(Some(closed.entry().map_or(UNKNOWN, |entry| entry.name)))
    }

    /// A close, as the generated module has it: it has no fields.
    pub(super) fn of_client_close(close: &Value) -> Self {
        Self::of_kind(close["kind"].as_str())
    }

    /// Whether another language has the same. What stands among the characters of a string is text to
    /// Rust, which learns the type from who asks, and a value of its type to clients.
    pub(super) fn is(&self, client: &Self) -> bool {
        let is_same = |(one, other): (&Value, &Value)| match one {
            one if one == other => true,
            Value::String(text) => {
                serde_json::from_str(text).is_ok_and(|value| plain(&value) == *other)
            }
            _ => false,
        };
        let of_client = |(name, _): &(&String, &Value)| client.values.contains_key(*name);
        let elsewhere = self.elsewhere.iter().filter(of_client);
        let values: BTreeMap<&String, &Value> = self.values.iter().chain(elsewhere).collect();
        self.kind == client.kind
            && values.keys().copied().eq(client.values.keys())
            && values.into_values().zip(client.values.values()).all(is_same)
    }
}

/// Whether a field is the message or the code of what was received, and so has no name of its own.
fn is_elsewhere(entry: &Entry, name: &str, received: &Received) -> bool {
    let ident = entry.fields.iter().find(|field| field.name == name).map(|field| field.ident);
    ident.is_some_and(|ident| {
        (entry.message == Message::Field(ident)
            && received.message().is_some_and(|message| !message.is_null()))
            || entry.code == Code::Field(ident)
    })
}

/// The value, with all numbers as JavaScript has them.
pub(super) fn plain(value: &Value) -> Value {
    match value {
        Value::Number(number) => number.as_f64().map_or(Value::Null, |number| {
            // A whole number is written without a fraction.
            if number.fract() == 0.0 && number.abs() < 9e15 {
                (number as i64).into()
            } else {
                number.into()
            }
        }),
        Value::Array(elements) => elements.iter().map(plain).collect(),
        Value::Object(members) => {
            Value::Object(members.iter().map(|(key, value)| (key.clone(), plain(value))).collect())
        }
        value => value.clone(),
    }
}
