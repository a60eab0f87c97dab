//! A catalog read back from its JSON.

use serde_json::Value;

use super::{CompatError, Version};
use crate::types::Definitions;

/// A catalog of the form that [`json`](crate::export::json) writes.
pub(super) struct Read<'a> {
    pub(super) value: &'a Value,
    pub(super) name: &'a str,
    pub(super) entries: Vec<ReadEntry<'a>>,
    /// The definitions that schemas refer to.
    pub(super) definitions: Definitions,
}

/// An entry of it.
#[derive(Clone, Copy)]
pub(super) struct ReadEntry<'a> {
    pub(super) name: &'a str,
    pub(super) value: &'a Value,
}

/// The message of an entry in a context.
#[derive(Clone, Copy)]
pub(super) struct ReadMessage<'a> {
    pub(super) context: &'a str,
    pub(super) schema: &'a Value,
    /// Which of the catalog's envelopes it has.
    pub(super) envelope: Option<usize>,
}

pub(super) fn parse(text: &str, version: Version) -> Result<Value, CompatError> {
    serde_json::from_str(text.trim_start_matches('\u{feff}'))
        .map_err(|error| CompatError::Json { version, error: error.to_string() })
}

impl<'a> Read<'a> {
    pub(super) fn of(value: &'a Value, version: Version) -> Result<Self, CompatError> {
        let missing = |member: &str| CompatError::NoCatalog { version, member: member.to_owned() };
        let form =
            value.get("version").and_then(Value::as_u64).ok_or_else(|| missing("version"))?;
        if form != u64::from(crate::export::JSON_VERSION) {
            return Err(CompatError::Newer { version, form });
        }
        let entries = value.get("entries").and_then(Value::as_array);
        let entries = entries
            .ok_or_else(|| missing("entries"))?
            .iter()
            .enumerate()
            .map(|(index, value)| {
                let name = value.get("name").and_then(Value::as_str);
                let name = name.ok_or_else(|| missing(&format!("entries[{index}].name")))?;
                Ok(ReadEntry { name, value })
            })
            .collect::<Result<_, CompatError>>()?;
        Ok(Self {
            value,
            name: text(value, "name").ok_or_else(|| missing("name"))?,
            entries,
            definitions: value
                .get("$defs")
                .and_then(Value::as_object)
                .map(Definitions::read)
                .ok_or_else(|| missing("$defs"))?,
        })
    }

    /// The envelope of a message.
    pub(super) fn envelope(&self, message: ReadMessage<'_>) -> Option<&'a Value> {
        self.value["envelopes"].get(message.envelope?)
    }

    pub(super) fn entry(&self, name: &str) -> Option<ReadEntry<'a>> {
        self.entries.iter().copied().find(|entry| entry.name == name)
    }

    /// How undeclared codes of this kind are to be taken where nothing more is said.
    pub(super) fn unknown(&self, kind: &str) -> &'a Value {
        &self.value[kind]["unknown"]
    }

    /// The entries of which the file says no more than that they are there.
    pub(super) fn hidden(&self) -> impl Iterator<Item = Hidden<'a>> + use<'a> {
        let hidden = self.value["hidden"].as_array();
        hidden.into_iter().flatten().filter_map(|hidden| {
            Some(Hidden {
                name: text(hidden, "name")?,
                code: hidden.get("code"),
                close_code: hidden["close_code"].as_u64(),
            })
        })
    }

    /// What may not be used again.
    pub(super) fn retired(&self) -> impl Iterator<Item = Retired<'a>> + use<'a> {
        let retired = self.value["retired"].as_array();
        retired.into_iter().flatten().filter_map(|retired| match retired.get("code") {
            Some(code) => Some(Retired::Code(code)),
            None => Some(Retired::Close(retired["close_code"].as_u64()?)),
        })
    }
}

/// A hidden entry.
#[derive(Clone, Copy)]
pub(super) struct Hidden<'a> {
    pub(super) name: &'a str,
    pub(super) code: Option<&'a Value>,
    pub(super) close_code: Option<u64>,
}

/// What may not be used again.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Retired<'a> {
    Code(&'a Value),
    Close(u64),
}

impl Retired<'_> {
    /// As the attribute writes it: `"OLD"`, `4003`, `close(4007)`.
    pub(super) fn written(self) -> String {
        match self {
            Self::Code(code) => code.to_string(),
            Self::Close(code) => format!("close({code})"),
        }
    }
}

impl<'a> ReadEntry<'a> {
    /// The code, where it is the same for each occurrence.
    pub(super) fn code(&self) -> Option<&'a Value> {
        self.value.get("code").filter(|code| code.is_string() || code.is_number())
    }

    /// The close code, where it is the same for each occurrence and stands in a frame.
    pub(super) fn close_code(&self) -> Option<u64> {
        self.value["delivery"]["close"]["code"].as_u64()
    }

    /// The word for its delivery.
    pub(super) fn delivery(&self) -> &'a str {
        text(&self.value["delivery"], "kind").unwrap_or_default()
    }

    pub(super) fn messages(&self) -> impl Iterator<Item = ReadMessage<'a>> + use<'a> {
        self.value["examples"].as_array().into_iter().flatten().filter_map(|example| {
            Some(ReadMessage {
                context: text(example, "context")?,
                schema: example.get("schema")?,
                envelope: example["envelope"].as_u64().and_then(|index| index.try_into().ok()),
            })
        })
    }

    pub(super) fn message(&self, context: &str) -> Option<ReadMessage<'a>> {
        self.messages().find(|message| message.context == context)
    }
}

/// A member that is a string.
pub(super) fn text<'a>(value: &'a Value, key: &str) -> Option<&'a str> {
    value.get(key)?.as_str()
}

/// A text with its fields in braces, as the attribute writes it.
pub(super) fn written(text: &Value) -> String {
    let Some(pieces) = text.as_array() else {
        return text.as_str().unwrap_or_default().to_owned();
    };
    pieces
        .iter()
        .map(|piece| match piece.get("field").and_then(Value::as_str) {
            Some(field) => format!("{{{field}}}"),
            None => piece.as_str().unwrap_or_default().to_owned(),
        })
        .collect()
}
