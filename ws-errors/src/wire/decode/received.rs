//! What a message turned out to be.

use std::fmt;
use std::time::Duration;

use serde::Deserialize;
use serde_json::Value;

use super::matching::Kept;
use crate::catalog::{Catalog, Code, Context, Entry, Retry, RetryKind};
use ws_errors_core::reading::{Capture, Reading};

/// A message that was read: the error that it is, or ordinary traffic.
///
/// A client meets codes newer than itself, so each `match` has a case for them.
#[derive(Clone)]
pub enum Decoded {
    /// An error of the catalog.
    Known(&'static Entry, Received),
    /// An error message of this API, of an entry that the catalog doesn't have.
    Unknown(Received),
    /// No error message of this API: ordinary traffic, most often.
    Foreign,
}

/// The values that an error message carried.
#[derive(Clone)]
pub struct Received {
    catalog: &'static Catalog,
    context: usize,
    code: Option<Value>,
    message: Option<Value>,
    details: Option<Value>,
    fields: Values,
    context_values: Values,
}

/// Values by name.
#[derive(Clone, Default)]
pub struct Values(Vec<NamedValue>);

#[derive(Clone)]
struct NamedValue {
    name: &'static str,
    ident: &'static str,
    value: Value,
}

/// The entry's name, and not all of the entry.
impl fmt::Debug for Decoded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Known(entry, received) => {
                f.debug_tuple("Known").field(&entry.name).field(received).finish()
            }
            Self::Unknown(received) => f.debug_tuple("Unknown").field(received).finish(),
            Self::Foreign => f.write_str("Foreign"),
        }
    }
}

impl fmt::Debug for Received {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Received")
            .field("context", &self.context().map(|context| context.name))
            .field("code", &self.code)
            .field("message", &self.message)
            .field("details", &self.details)
            .field("fields", &self.fields)
            .field("context_values", &self.context_values)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for Values {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.iter()).finish()
    }
}

impl Decoded {
    /// The entry, where it is known.
    pub const fn entry(&self) -> Option<&'static Entry> {
        match self {
            Self::Known(entry, _) => Some(entry),
            Self::Unknown(_) | Self::Foreign => None,
        }
    }

    /// The values that the message carried, where it is one of this API's errors.
    pub const fn received(&self) -> Option<&Received> {
        match self {
            Self::Known(_, received) | Self::Unknown(received) => Some(received),
            Self::Foreign => None,
        }
    }

    /// Returns whether it is ordinary traffic, and no error message of this API.
    pub const fn is_foreign(&self) -> bool {
        matches!(self, Self::Foreign)
    }

    /// The policy of what the client may do next: the entry's own, or the one for codes that nobody
    /// declared. `None` for what is no error.
    pub fn retry(&self) -> Option<&'static Retry> {
        match self {
            Self::Known(entry, received) => Some(received.catalog.retry(entry)),
            Self::Unknown(received) => Some(received.retry()),
            Self::Foreign => None,
        }
    }

    /// The wait that the server asks for, where the policy takes it from a field of the message:
    /// `retry = after(self.field)`. [`Retry::decide`] takes it.
    pub fn retry_after(&self) -> Option<Duration> {
        let Self::Known(entry, received) = self else { return None };
        let RetryKind::After(wait) = received.catalog.retry(entry).kind else { return None };
        wait.stated(received.fields.value(wait.field?).ok()??)
    }
}

impl Received {
    /// What a reading kept. Of what was kept twice, the first counts.
    pub(super) fn of(catalog: &'static Catalog, reading: &Reading, kept: Vec<Kept>) -> Self {
        let mut received = Self {
            catalog,
            context: reading.context,
            code: None,
            message: None,
            details: None,
            fields: Values::default(),
            context_values: Values::default(),
        };
        for Kept { capture, value, .. } in kept {
            let place = match capture {
                Capture::Code => &mut received.code,
                Capture::Message => &mut received.message,
                Capture::Details => &mut received.details,
                Capture::Field(field) => {
                    received.fields.insert(field.name, field.ident, value);
                    continue;
                }
                Capture::Context(field) => {
                    received.context_values.insert(field.name, field.name, value);
                    continue;
                }
            };
            place.get_or_insert(value);
        }
        if received.code.is_none() {
            // The name that stands for a code is not the one that comes with the occurrence.
            let is_of_a_field =
                reading.entry.is_some_and(|entry| matches!(entry.code, Code::Field(_)));
            let code = reading.code.as_ref().filter(|_| !is_of_a_field);
            received.code = code.map(super::same::to_value);
        }
        received
    }

    /// The context that the message was sent in, by its envelope. Where two contexts have the
    /// same envelope, it is the first.
    pub fn context(&self) -> Option<&'static Context> {
        self.catalog.contexts.get(self.context)
    }

    /// The index of the context in [`Catalog::contexts`].
    pub const fn context_index(&self) -> usize {
        self.context
    }

    /// The code as it was on the wire: a number, or a string (one that stands among the characters
    /// of a string always is). Where an envelope has the name in place of a code, the name.
    pub const fn code(&self) -> Option<&Value> {
        self.code.as_ref()
    }

    /// The text for the client: a string, or any JSON where a field is the message.
    pub const fn message(&self) -> Option<&Value> {
        self.message.as_ref()
    }

    /// The text for the client, where it is a string.
    pub fn text(&self) -> Option<&str> {
        self.message.as_ref()?.as_str()
    }

    /// The value that stood in the place of `details`, as it was on the wire: for an entry that isn't known,
    /// whose fields have no names.
    pub const fn details(&self) -> Option<&Value> {
        self.details.as_ref()
    }

    /// The fields of the variant, as far as the message carried them. Those that occur only inside
    /// the message's text are not among them.
    pub const fn fields(&self) -> &Values {
        &self.fields
    }

    /// The fields of the context, as far as the message carried them.
    pub const fn context_values(&self) -> &Values {
        &self.context_values
    }

    /// The value with this name as a `T`: a field of the variant, or else of the context. `None`
    /// where the message did not carry it, or it is `null`.
    ///
    /// # Errors
    /// Returns serde_json's error where the value is no `T`.
    pub fn value<'a, T: Deserialize<'a>>(
        &'a self,
        name: &str,
    ) -> Result<Option<T>, serde_json::Error> {
        let values = match self.fields.get(name) {
            Some(_) => &self.fields,
            None => &self.context_values,
        };
        values.value(name)
    }

    /// The policy for codes that nobody declared.
    fn retry(&self) -> &'static Retry {
        let code = match &self.code {
            Some(Value::Number(number)) => crate::wire::json::integer(number),
            Some(Value::String(text)) => text.parse().ok(),
            _ => None,
        };
        let codes = self.catalog.undeclared_codes();
        match code {
            Some(code) => codes.of(code),
            None => codes.unknown,
        }
    }
}

impl Values {
    /// The first value with a name stays.
    pub(super) fn insert(&mut self, name: &'static str, ident: &'static str, value: Value) {
        if self.get(name).is_none() {
            self.0.push(NamedValue { name, ident, value });
        }
    }

    /// The value with this name, as it is on the wire or in Rust. One that was absent is `None`, and
    /// one that was `null` is not.
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.0
            .iter()
            .find(|value| value.name == name || value.ident == name)
            .map(|value| &value.value)
    }

    /// The value with this name as a `T`. `None` where it is absent or `null`.
    ///
    /// What was made a string on its way (a 64-bit integer with `as = "string"`, or anything among
    /// the characters of a string) comes back as what it was.
    ///
    /// # Errors
    /// Returns serde_json's error where the value is no `T`.
    pub fn value<'a, T: Deserialize<'a>>(
        &'a self,
        name: &str,
    ) -> Result<Option<T>, serde_json::Error> {
        match self.get(name) {
            None | Some(Value::Null) => Ok(None),
            Some(value) => match (T::deserialize(value), value) {
                (Ok(value), _) => Ok(Some(value)),
                (Err(error), Value::String(text)) => {
                    serde_json::from_str(text).map(Some).map_err(|_| error)
                }
                (Err(error), _) => Err(error),
            },
        }
    }

    /// The values in the order in which the message carried them, with their names on the wire.
    pub fn iter(&self) -> impl Iterator<Item = (&'static str, &Value)> {
        self.0.iter().map(|value| (value.name, &value.value))
    }

    /// Returns whether there are no values.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}
