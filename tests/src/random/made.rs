//! A catalog that was made up, in parts that can be changed.

use std::time::Duration;

use serde_json::Value;
use ws_errors::__private::CodecFunctions;
use ws_errors::Frame;
use ws_errors::catalog::{
    Catalog, Closing, ClosingCode, Codec, Context, Entry, Envelope, Success, Text, TimeUnit, Wait,
};

/// A catalog that was made up, in parts that can be changed.
#[derive(Debug, Clone)]
pub(super) struct Made {
    /// The contexts.
    pub contexts: Vec<Context>,
    /// The envelopes.
    pub envelopes: Vec<Envelope>,
    /// The entries.
    pub entries: Vec<Declared>,
    /// Codes that are no errors.
    pub success: Vec<Success>,
}

/// An entry, and what it is sent in.
#[derive(Debug, Clone)]
pub(super) struct Declared {
    /// The entry.
    pub entry: Entry,
    /// For each context the envelope, where it exists in it.
    pub envelopes: Vec<Option<usize>>,
}

/// One error that occurs.
#[derive(Debug, Clone)]
pub(super) struct Occurrence {
    /// The name of its entry.
    pub entry: &'static str,
    /// The context.
    pub context: usize,
    /// The values of its fields, by their names in Rust.
    pub fields: Vec<(&'static str, Value)>,
    /// The values of the context's fields.
    pub context_values: Vec<(&'static str, Value)>,
    /// Whether no text in it can be taken for anything else.
    pub tame: bool,
}

impl Declared {
    /// The envelope in a context.
    pub(super) fn envelope(&self, context: usize) -> Option<usize> {
        self.envelopes.get(context).copied().flatten()
    }
}

impl Occurrence {
    /// The value of a field.
    pub(super) fn field(&self, ident: &str) -> &Value {
        named(&self.fields, ident)
    }

    /// The value of a field of the context.
    pub(super) fn context_value(&self, name: &str) -> &Value {
        named(&self.context_values, name)
    }
}

fn named<'a>(values: &'a [(&'static str, Value)], name: &str) -> &'a Value {
    values.iter().find(|(other, _)| *other == name).map_or(&Value::Null, |(_, value)| value)
}

impl Made {
    /// An entry.
    ///
    /// # Panics
    /// Where none has this name.
    pub(super) fn declared(&self, name: &str) -> &Declared {
        self.entries.iter().find(|one| one.entry.name == name).expect("an entry of the catalog")
    }

    /// The catalog, as an enum declares it.
    pub(super) fn catalog(&self) -> Catalog {
        let entries = self.entries.iter().map(|declared| {
            let contexts = || 0..self.contexts.len();
            let only: Vec<usize> = contexts().filter(|at| self.exists(declared, *at)).collect();
            let envelopes = contexts().filter_map(|at| Some((at, declared.envelope(at)?)));
            Entry {
                envelopes: leaked_list(envelopes.collect()),
                only: (only.len() < self.contexts.len()).then(|| leaked_list(only)),
                ..declared.entry
            }
        });
        Catalog {
            name: "made_up",
            entries: leaked_list(entries.collect()),
            contexts: leaked_list(self.contexts.clone()),
            envelopes: leaked_list(self.envelopes.clone()),
            success: leaked_list(self.success.clone()),
            ..Catalog::BLANK
        }
    }

    /// Whether an entry exists in a context: with a message, or without one.
    pub(super) fn exists(&self, declared: &Declared, context: usize) -> bool {
        declared.envelope(context).is_some() || !self.is_sent(declared, context)
    }

    /// The context's delivery of each entry that has an envelope there has a message.
    pub(super) fn is_sent(&self, declared: &Declared, context: usize) -> bool {
        let delivery = self.contexts.get(context).map(|one| one.delivery(&declared.entry));
        delivery.is_some_and(|delivery| delivery.has_message())
    }
}

/// A wait of so many milliseconds.
pub(super) const fn wait(field: Option<&'static str>, milliseconds: u64, unit: TimeUnit) -> Wait {
    Wait { field, fixed: Some(Duration::from_millis(milliseconds)), unit }
}

/// The close frame with this code.
pub(super) const fn closing(code: u16, reason: Text) -> Closing {
    Closing { code: ClosingCode::Constant(code), reason }
}

/// A text that lives as long as the process: a catalog is made of such.
pub(super) fn leaked(text: impl Into<String>) -> &'static str {
    String::leak(text.into())
}

/// A list that lives as long as the process.
pub(super) fn leaked_list<T>(list: Vec<T>) -> &'static [T] {
    Vec::leak(list)
}

/// An application's own encoder and decoder.
pub(super) const CODEC: Codec = Codec {
    name: "with",
    functions: || &CodecFunctions {
        encode: |slots| Frame::Text(format!("WITH {}", Value::Object(slots.clone())).into()),
        decode: Some(|frame| serde_json::from_str(frame.as_text()?.strip_prefix("WITH ")?).ok()),
    },
};
