//! The messages of one catalog in one language.

use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::types::FluentNumber;
use fluent_bundle::{FluentArgs, FluentError, FluentResource, FluentValue};
use unic_langid::LanguageIdentifier;

use super::EXTENSION;
use super::check::{Checked, check};
use crate::catalog::{Catalog, Entry};
use crate::language::by_language::Texts;
use crate::language::finding::Finding;
use crate::language::localizer::{Arguments, Value};

/// Which text of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    /// The text for the client.
    Value,
    Title,
    /// What a person sees; the value, where there is no such attribute.
    Message,
    Action,
}

/// The messages of one catalog in one language.
pub(super) struct Bundle {
    bundle: FluentBundle<FluentResource>,
    /// The texts that are not said, because something is wrong with them, and why.
    unusable: HashMap<(&'static str, &'static str), String>,
}

impl fmt::Debug for Bundle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Bundle").finish_non_exhaustive()
    }
}

impl Part {
    /// The attribute; empty for the value.
    const fn attribute(self) -> &'static str {
        match self {
            Self::Value => "",
            Self::Title => "title",
            Self::Message => "message",
            Self::Action => "action",
        }
    }
}

impl Texts for Bundle {
    const EXTENSION: &'static str = EXTENSION;

    /// # Errors
    /// Says what is wrong with the file, and in which line.
    fn read(
        catalog: &'static Catalog,
        language: &str,
        ftl: &str,
    ) -> Result<(Self, Vec<Finding>), String> {
        let identifier: LanguageIdentifier = match language.parse() {
            Ok(identifier) => identifier,
            // One with a private use, say: its plurals are those of the language.
            Err(_) => language
                .split('-')
                .next()
                .and_then(|language| language.parse().ok())
                .ok_or_else(|| "its language is unknown".to_owned())?,
        };
        let resource = resource(ftl)?;
        let Checked { findings, unusable } = check(catalog, language, &resource)?;
        let mut bundle = FluentBundle::new_concurrent(vec![identifier]);
        bundle.add_function("NUMBER", number).map_err(|error| error.to_string())?;
        bundle.add_resource(resource).map_err(|errors| said(&errors))?;
        Ok((Self { bundle, unusable }, findings))
    }
}

impl Bundle {
    /// A text of an error.
    ///
    /// # Errors
    /// Says why it can't be said in this language: it is in the source language then.
    pub(super) fn text(
        &self,
        entry: &'static Entry,
        part: Part,
        arguments: &Arguments<'_>,
    ) -> Result<String, String> {
        let message = self
            .bundle
            .get_message(&identifier(entry.name))
            .ok_or_else(|| "there is no translation".to_owned())?;
        let attribute = message.get_attribute(part.attribute()).map(|found| found.value());
        let (name, pattern) = match (part, attribute) {
            (_, Some(pattern)) => (part.attribute(), Some(pattern)),
            (Part::Value | Part::Message, None) => ("", message.value()),
            (Part::Title | Part::Action, None) => (part.attribute(), None),
        };
        if let Some(why) = self.unusable.get(&(entry.name, name)) {
            return Err(why.clone());
        }
        let pattern = pattern.ok_or_else(|| "there is no translation".to_owned())?;
        let mut all = FluentArgs::new();
        for (name, value) in arguments.iter() {
            all.set(identifier(name), of_value(value));
        }
        let mut errors = Vec::new();
        let text = self.bundle.format_pattern(pattern, Some(&all), &mut errors).into_owned();
        match errors.is_empty() {
            // An empty text says nothing to anybody.
            true if text.trim().is_empty() => Err("the translation is empty".to_owned()),
            true => Ok(text),
            false => Err(said(&errors)),
        }
    }
}

/// A file that can be read whole.
pub(super) fn resource(ftl: &str) -> Result<FluentResource, String> {
    let ftl = ftl.strip_prefix('\u{feff}').unwrap_or(ftl);
    FluentResource::try_new(ftl.to_owned()).map_err(|(_, errors)| {
        let errors = errors.iter().map(|error| {
            let before = ftl.get(..error.pos.start).unwrap_or(ftl);
            format!("line {}: {}", before.matches('\n').count() + 1, error.kind)
        });
        errors.collect::<Vec<_>>().join("; ")
    })
}

fn said(errors: &[FluentError]) -> String {
    errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
}

/// A name as an identifier of Fluent: of ASCII letters, digits, `_` and `-`, the first a letter.
pub(super) fn identifier(name: &str) -> Cow<'_, str> {
    let is_right = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
    let starts = name.starts_with(|c: char| c.is_ascii_alphabetic());
    if starts && name.chars().all(is_right) {
        return Cow::Borrowed(name);
    }
    let name = name.chars().map(|c| if is_right(c) { c } else { '_' });
    let before = if starts { None } else { Some('n') };
    Cow::Owned(before.into_iter().chain(name).collect())
}

/// Up to here each integer is a float of its own.
const EXACT: f64 = 9_007_199_254_740_992.0;

/// Fluent's numbers are floats: one that would lose digits is their text.
fn of_value(value: Value) -> FluentValue<'static> {
    match value {
        Value::Text(text) => FluentValue::String(text.into()),
        Value::Number(number) => match number.as_f64() {
            Some(float) if number.is_f64() || float.abs() < EXACT => {
                FluentNumber::from(float).into()
            }
            _ => FluentValue::String(number.to_string().into()),
        },
    }
}

/// A number, also of a text that is one. A text that is none stays what it is: what the function does
/// not know would reach the reader.
fn number<'a>(positional: &[FluentValue<'a>], named: &FluentArgs<'_>) -> FluentValue<'a> {
    let number = match positional.first() {
        Some(FluentValue::Number(number)) => Some(number.clone()),
        Some(FluentValue::String(text))
            if text.starts_with(['-', '+']) || starts_a_number(text) =>
        {
            text.parse::<FluentNumber>().ok().filter(|number| number.value.is_finite())
        }
        _ => None,
    };
    match (number, positional.first()) {
        (Some(mut number), _) => {
            number.options.merge(named);
            number.into()
        }
        (None, Some(value)) => value.clone(),
        (None, None) => FluentValue::None,
    }
}

fn starts_a_number(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit())
}
