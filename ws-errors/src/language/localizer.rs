//! The text for the client in the language of the reader.

use std::cell::RefCell;
use std::fmt;
use std::sync::Arc;

use ws_errors_core::encoding::{View, Within, values};

use crate::catalog::{Catalog, Entry, Field, Text};
use crate::wire::Argument;

/// A context that knows the language of the reader.
///
/// Where it gives a [`Localizer`], [`Envelope::encode`](crate::Envelope::encode) asks it for the text
/// for the client. A context that does not implement this, or gives `None`, has the enum's own text,
/// and costs nothing.
///
/// ```
/// use ws_errors::catalog::{Catalog, Entry};
/// use ws_errors::language::{Arguments, Localized, LocalizedText, Localizer};
/// use ws_errors::{Envelope, WsError};
///
/// #[derive(Debug, thiserror::Error, WsError)]
/// #[ws_error(envelope(Reply<'_>) = { "code": code, "message": message })]
/// enum RoomError {
///     #[error("full")]
///     #[ws_error(message = "The room is full.")]
///     Full,
/// }
///
/// struct Reply<'a> {
///     language: Option<&'a dyn Localizer>,
/// }
///
/// impl Localized for Reply<'_> {
///     fn localizer(&self) -> Option<&dyn Localizer> {
///         self.language
///     }
/// }
///
/// #[derive(Debug)]
/// struct German;
///
/// impl Localizer for German {
///     fn message(&self, _: &Catalog, entry: &Entry, _: &Arguments<'_>) -> Option<LocalizedText> {
///         let text = match entry.name {
///             "Full" => "Der Raum ist voll.",
///             _ => return None,
///         };
///         Some(LocalizedText { text: text.to_owned(), language: "de".into() })
///     }
/// }
///
/// let reply = Reply { language: Some(&German) };
/// assert_eq!(
///     RoomError::Full.encode(&reply).text(),
///     Some(r#"{"code":"Full","message":"Der Raum ist voll."}"#),
/// );
/// ```
pub trait Localized {
    /// What knows the texts in the reader's language.
    fn localizer(&self) -> Option<&dyn Localizer>;
}

/// A source of the texts of errors in one reader's language: `fluent::Language`, or the application's
/// own way to another library.
pub trait Localizer: fmt::Debug + Send + Sync {
    /// The text for the client of an error; `None` for the enum's own. It stands in for the text in
    /// the enum: an error without one, or whose text comes with the occurrence, is not asked for, and
    /// neither is one that a client knows by its text only.
    fn message(
        &self,
        catalog: &'static Catalog,
        entry: &'static Entry,
        arguments: &Arguments<'_>,
    ) -> Option<LocalizedText>;
}

/// A text for the client in a language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LocalizedText {
    /// The text.
    pub text: String,
    /// The language that it is in (BCP 47): over HTTP the response says so.
    pub language: Arc<str>,
}

/// The fields of an error, for its text: those that clients see, in its details, say, or in the text
/// of the enum.
#[derive(Clone, Copy)]
pub struct Arguments<'a> {
    entry: &'static Entry,
    values: &'a [Argument<'a>],
    /// Those that could not be serialized or shown, by their index.
    unserialized: &'a RefCell<Vec<u16>>,
}

/// The value of a field in a text.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// A number, also where it goes on the wire as a string.
    Number(serde_json::Number),
    /// A text, as the text in the enum shows it; cut at
    /// [`MAX_ECHO`](crate::wire::MAX_ECHO) bytes.
    Text(String),
}

impl<'a> Arguments<'a> {
    /// Of an occurrence, whose values are in the order of [`values`].
    pub(crate) fn new(
        entry: &'static Entry,
        values: &'a [Argument<'a>],
        unserialized: &'a RefCell<Vec<u16>>,
    ) -> Self {
        Self { entry, values, unserialized }
    }

    /// The value of the field with this name, on the wire or in Rust; `None` where it is nothing, or
    /// clients see nothing of it.
    pub fn get(&self, name: &str) -> Option<Value> {
        self.value(argument_fields(self.entry).find(|f| f.ident == name || f.name == name)?)
    }

    /// All of them with the names of their fields in Rust. A list or an object is none, unless the
    /// enum's text shows it.
    pub fn iter(&self) -> impl Iterator<Item = (&'static str, Value)> {
        let fields = argument_fields(self.entry);
        fields.filter_map(|field| Some((field.ident, self.value(field)?)))
    }

    fn value(&self, field: &Field) -> Option<Value> {
        let (mut value, mut shown) = (None, None);
        for (at, (view, argument)) in (0..).zip(values(self.entry).iter().zip(self.values)) {
            match view {
                _ if argument.is_nothing() => {}
                View::Json(index) => {
                    let is_it = self.entry.fields.get(*index).map(|f| f.ident) == Some(field.ident);
                    value = value.or(is_it.then_some((at, argument)));
                }
                View::Text { field: name, .. } if *name == field.ident => {
                    shown = shown.or(Some((at, argument)));
                }
                View::Text { .. } | View::Display => {}
            }
        }
        let note = |at: u16, is_whole: bool| {
            if !is_whole {
                self.unserialized.borrow_mut().push(at);
            }
        };
        let mut json = String::new();
        if let Some((at, value)) = value {
            note(at, value.push_json(&mut json));
        }
        if let Ok(number) = serde_json::from_str(&json) {
            return Some(Value::Number(number));
        }
        let is_scalar = !json.starts_with(['[', '{', 'n']);
        let mut text = String::new();
        let (at, shown) = shown.or(value.filter(|_| is_scalar))?;
        note(at, shown.push_characters(&mut text, Within::Raw, true));
        Some(Value::Text(text))
    }
}

/// The fields that a translation may name: what clients see of them anyway.
pub(crate) fn argument_fields(entry: &'static Entry) -> impl Iterator<Item = &'static Field> {
    let text = entry.message.text().unwrap_or(Text::EMPTY);
    let shown: Vec<&str> = text.fields().collect();
    entry
        .fields
        .iter()
        .filter(move |field| field.on_wire || field.in_details || shown.contains(&field.ident))
}

impl fmt::Debug for Arguments<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.iter()).finish()
    }
}
