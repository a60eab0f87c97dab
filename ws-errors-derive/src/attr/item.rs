//! The items of `#[ws_error(…)]`: what may stand where, and each only once.

use std::collections::HashMap;
use std::time::Duration;

use proc_macro2::{Delimiter, Span, TokenTree};
use syn::{Attribute, Meta};
use ws_errors_core::names::{did_you_mean, instead, list_names};
use ws_errors_core::rules::values::Judged;

use super::enumeration::EnumAttributes;
use super::field::FieldAttributes;
use super::variant::{Inherited, VariantAttributes};
use super::{foreign, value};
use crate::cursor::{Cursor, Spanned, plain};
use crate::errors::{Errors, all, error};

/// Where an attribute may stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    Enum,
    Default,
    Variant,
    Field,
}

impl Place {
    const ALL: [Self; 4] = [Self::Enum, Self::Default, Self::Variant, Self::Field];

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Enum => "an enum",
            Self::Default => "`default(…)`",
            Self::Variant => "a variant",
            Self::Field => "a field",
        }
    }

    /// What may stand there, in the order of the alphabet.
    fn keys(self) -> Vec<&'static str> {
        let mut keys = match self {
            Self::Enum => EnumAttributes::keys(),
            Self::Default => Inherited::keys(),
            Self::Variant => [VariantAttributes::keys(), Inherited::keys()].concat(),
            Self::Field => FieldAttributes::keys(),
        };
        keys.sort_unstable();
        keys
    }
}

/// Reads an item of one key.
pub(crate) type Read<T> = fn(&mut T, Item, &Errors) -> syn::Result<()>;

/// What `#[ws_error(…)]` says in one place.
pub(crate) trait Attributes: Sized + 'static {
    /// What may stand there, and what each key says.
    const KEYS: &'static [(&'static str, Read<Self>)];

    fn keys() -> Vec<&'static str> {
        Self::KEYS.iter().map(|(key, _)| *key).collect()
    }

    /// Reads an item; gives it back where its key is none of these.
    fn read(&mut self, item: Item, errors: &Errors) -> Option<Item> {
        let Some((_, read)) = Self::KEYS.iter().find(|(key, _)| *key == item.key) else {
            return Some(item);
        };
        errors.ok(read(self, item, errors));
        None
    }
}

/// Keeps a value that could be read.
pub(crate) fn put<T>(place: &mut Option<T>, value: syn::Result<T>) -> syn::Result<()> {
    *place = Some(value?);
    Ok(())
}

/// One item: `key`, `key = value`, `key(arguments)` or `key(arguments) = value`.
pub(crate) struct Item {
    pub(crate) key: String,
    pub(crate) span: Span,
    pub(crate) arguments: Option<Cursor>,
    pub(crate) value: Option<Cursor>,
}

impl Item {
    /// The value of `key = value`.
    pub(crate) fn value(self) -> syn::Result<Cursor> {
        match (self.value, self.arguments) {
            (Some(value), None) => Ok(value),
            (_, Some(_)) => error(self.span, format!("`{0}` is written `{0} = …`", self.key)),
            (None, None) => error(self.span, format!("`{0}` takes a value: `{0} = …`", self.key)),
        }
    }

    /// The arguments of `key(arguments)`.
    pub(crate) fn arguments(self) -> syn::Result<Cursor> {
        match (self.arguments, self.value) {
            (Some(arguments), None) => Ok(arguments),
            _ => error(self.span, format!("`{0}` is written `{0}(…)`", self.key)),
        }
    }

    /// The string of `key = "…"`.
    pub(crate) fn string(self) -> syn::Result<Spanned<&'static str>> {
        let key = self.key.clone();
        value::string(self.value()?, &key)
    }

    /// The same without its place.
    pub(crate) fn text(self) -> syn::Result<&'static str> {
        Ok(self.string()?.value)
    }

    /// The same, where a rule allows it.
    pub(crate) fn allowed(self, rule: fn(&str) -> Judged) -> syn::Result<&'static str> {
        Ok(self.string()?.allowed(rule)?.value)
    }

    /// The number of `key = 5`.
    pub(crate) fn count(self) -> syn::Result<u32> {
        let key = self.key.clone();
        value::count(self.value()?, &key)
    }

    /// The duration of `key = 30s`.
    pub(crate) fn duration(self) -> syn::Result<Duration> {
        value::whole_duration(self.value()?)
    }

    /// Nothing but the key: where it stands.
    pub(crate) fn flag(self) -> syn::Result<Span> {
        match (self.arguments, self.value) {
            (None, None) => Ok(self.span),
            _ => error(self.span, format!("`{0}` takes no value; write `{0}` alone", self.key)),
        }
    }
}

/// Keys that may be there several times; what that means is theirs to say.
const REPEATABLE: [&str; 3] = ["envelope", "set", "retired"];

/// The items of all `#[ws_error(…)]` among the attributes.
pub(crate) fn items(attributes: &[Attribute], place: Place, errors: &Errors) -> Vec<Item> {
    let mut items = Vec::new();
    foreign::refuse_serde(attributes, place, errors);
    for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("ws_error")) {
        match &attribute.meta {
            Meta::List(list) => read(&Cursor::of_list(list), &mut items, errors),
            _ => errors.at(
                attribute.bracket_token.span.join(),
                format!(
                    "`#[ws_error(…)]` takes its attributes in parentheses\n{} takes {}",
                    place.name(),
                    list_names(place.keys())
                ),
            ),
        }
    }
    accept(items, place, errors)
}

/// The items inside the parentheses of another, `default(…)` say.
pub(crate) fn nested(arguments: &Cursor, place: Place, errors: &Errors) -> Vec<Item> {
    let mut items = Vec::new();
    read(arguments, &mut items, errors);
    accept(items, place, errors)
}

/// Reads what stands in the parentheses of a word that has keys of its own, each once: `user(…)` say.
/// `what` says how it is written. Gives the keys that are stated, too, and where.
pub(crate) fn inside<T: Attributes>(
    mut of: T,
    word: Item,
    required: &[&str],
    what: &str,
    errors: &Errors,
) -> syn::Result<(T, Vec<(String, Span)>)> {
    let (name, span) = (word.key.clone(), word.span);
    let mut stated: Vec<(String, Span)> = Vec::new();
    let parts = word.arguments()?.split_at_commas();
    let is_nameless = |part: &&Cursor| !matches!(part.peek(), Some(TokenTree::Ident(_)));
    if let Some(part) = parts.iter().find(is_nameless) {
        return error(part.span(), what);
    }
    for item in all(parts.into_iter().map(item))? {
        let (key, place) = (item.key.clone(), item.span);
        let Some((_, read)) = T::KEYS.iter().find(|(known, _)| *known == key) else {
            let near = did_you_mean(&key, T::keys());
            return error(place, format!("`{name}` has no `{key}`{near}\n{what}"));
        };
        if stated.iter().any(|(other, _)| *other == key) {
            return error(place, format!("`{name}`: `{key}` is given twice"));
        }
        read(&mut of, item, errors)?;
        stated.push((key, place));
    }
    let is_missing = |key: &&str| stated.iter().all(|(other, _)| other != key);
    match list_names(required.iter().copied().filter(is_missing)).as_str() {
        "" => Ok((of, stated)),
        missing => error(span, format!("`{name}` needs {missing}\n{what}")),
    }
}

fn read(cursor: &Cursor, items: &mut Vec<Item>, errors: &Errors) {
    items.extend(cursor.split_at_commas().into_iter().filter_map(|part| errors.ok(item(part))));
}

fn item(mut part: Cursor) -> syn::Result<Item> {
    let span = part.span();
    let Some(ident) = part.take_ident() else {
        let is_key = |word| Place::ALL.iter().any(|place| place.keys().contains(&word));
        return match part.take_string() {
            Some(text) if is_key(text.value.as_str()) => error(
                span,
                format!("the name of an attribute stands without quotes: `{}`", text.value),
            ),
            _ => error(span, "expected the name of an attribute, as in `message = \"…\"`"),
        };
    };
    let key = plain(&ident);
    let arguments = part.take_group(Delimiter::Parenthesis);
    let value = part.take_punct('=').then(|| part.clone());
    match &value {
        Some(value) if value.peek_punct('=') || value.peek_punct('>') => {
            return error(
                value.span(),
                format!("`{key}` takes its value behind one `=`: `{key} = …`"),
            );
        }
        Some(value) if value.is_empty() => {
            return error(value.span(), format!("`{key}` has an equals sign and no value"));
        }
        None if !part.is_empty() => {
            return error(part.span(), behind(&key, arguments.is_some(), &part));
        }
        _ => {}
    }
    let arguments = arguments.as_ref().map(Cursor::inside);
    Ok(Item { key, span: ident.span(), arguments, value })
}

/// What is said of what stands behind a key, and is neither its values nor its arguments.
fn behind(key: &str, has_arguments: bool, rest: &Cursor) -> String {
    let mut value = rest.clone();
    let is_value = value.take_punct(':') && !value.is_empty();
    match rest.peek() {
        _ if is_value && !has_arguments => {
            format!("`{key}` takes its value behind `=`, and not `:`: `{key} = …`")
        }
        Some(TokenTree::Group(_)) if !has_arguments => {
            format!("`{key}` takes its values in parentheses: `{key}(…)`")
        }
        Some(TokenTree::Literal(literal)) if !has_arguments => {
            format!("expected `=` before `{literal}`: `{key} = {literal}`")
        }
        _ => match rest.missing_comma() {
            Some(message) => message,
            None => format!("expected `,`, `=` or `(` after `{key}`"),
        },
    }
}

/// Keeps what may stand here, once.
fn accept(items: Vec<Item>, place: Place, errors: &Errors) -> Vec<Item> {
    let keys = place.keys();
    let mut seen: HashMap<String, Span> = HashMap::new();
    let mut kept = Vec::new();
    for item in items {
        let key = item.key.as_str();
        if !keys.contains(&key) {
            errors.at(item.span, misplaced(key, place));
            continue;
        }
        if !REPEATABLE.contains(&key)
            && let Some(first) = seen.insert(item.key.clone(), item.span)
        {
            errors.at(item.span, format!("`{key}` is given twice"));
            errors.at(first, format!("`{key}` is first given here"));
            continue;
        }
        kept.push(item);
    }
    kept
}

fn misplaced(key: &str, place: Place) -> String {
    let elsewhere: Vec<&str> = [Place::Enum, Place::Variant, Place::Field]
        .into_iter()
        .filter(|&other| other != place && other.keys().contains(&key))
        .map(Place::name)
        .collect();
    let allowed = list_names(place.keys());
    if ["source", "from"].contains(&key) && place != Place::Enum {
        return format!("`{key}` stands on a field, without `ws_error`: `#[{key}]`");
    }
    if let Some(ours) = instead(place.name(), key) {
        return format!("{} takes no `{key}`; {ours}", place.name());
    }
    if elsewhere.is_empty() {
        let near = did_you_mean(key, place.keys());
        format!("no attribute is called `{key}`{near}\n{} takes {allowed}", place.name())
    } else if place == Place::Enum && Place::Default.keys().contains(&key) {
        let value = if ["log", "message", "retry"].contains(&key) { " = …" } else { "(…)" };
        format!(
            "`{key}` belongs on a variant; what all variants inherit is written `default({key}{value})`\nan enum takes {allowed}"
        )
    } else {
        format!(
            "`{key}` belongs on {}, not on {1}\n{1} takes {allowed}",
            elsewhere.join(" or "),
            place.name()
        )
    }
}
