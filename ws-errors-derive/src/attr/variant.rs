//! The attributes of a variant, and of `default(…)`.

use proc_macro2::{Span, TokenTree};
use syn::Variant;
use ws_errors_core::catalog::{Level, Text};
use ws_errors_core::names::{PUBLIC, did_you_mean, is_audience, list_names};

use super::delivery::{DELIVERIES, DeliveryAttribute, delivery, field_of_self};
use super::envelope::{EnvelopeAttribute, envelope};
use super::http::{HttpAttribute, http};
use super::item::{Item, Place, items, nested};
use super::retry::{RetryAttribute, retry};
use super::text::{Segment, segments, text};
use super::user::{User, user};
use super::value;
use crate::cursor::{Cursor, Spanned, plain};
use crate::errors::{Errors, error};
use crate::keep;
use crate::template::{self, Template};

/// What a variant may inherit from `default(…)`.
#[derive(Default)]
pub(crate) struct Inherited {
    pub(crate) delivery: Option<Spanned<DeliveryAttribute>>,
    pub(crate) retry: Option<RetryAttribute>,
    pub(crate) message: Option<Message>,
    pub(crate) log: Option<Level>,
    pub(crate) set: Vec<Constant>,
    /// The contexts in which it exists, where it does not in all.
    pub(crate) only: Option<Vec<Cursor>>,
}

#[derive(Default)]
pub(crate) struct VariantAttributes {
    pub(crate) inherited: Inherited,
    pub(crate) code: Option<Spanned<Code>>,
    pub(crate) shared: bool,
    pub(crate) name: Option<Spanned<String>>,
    pub(crate) recoverable: Option<bool>,
    pub(crate) advice: Option<String>,
    pub(crate) user: Option<User>,
    pub(crate) envelopes: Vec<EnvelopeAttribute>,
    pub(crate) http: Option<HttpAttribute>,
    pub(crate) section: Option<String>,
    pub(crate) internal: bool,
    pub(crate) since: Option<String>,
    pub(crate) hidden: bool,
    pub(crate) audience: Option<String>,
    pub(crate) provoke: Option<String>,
    pub(crate) docs: Option<String>,
    pub(crate) details: Option<Vec<(String, Span)>>,
    pub(crate) alike: bool,
    /// It nests another catalog, and is no entry itself.
    pub(crate) transparent: Option<Span>,
    /// Something of it could not be read, so what seems to be missing may be there.
    pub(crate) unread: bool,
}

/// `set(kind = "…")`.
#[derive(Debug, Clone)]
pub(crate) struct Constant {
    pub(crate) name: &'static str,
    pub(crate) span: Span,
    pub(crate) template: Template,
}

#[derive(Debug, Clone)]
pub(crate) enum Code {
    None,
    Number(i64),
    Text(String),
    Field(String),
}

#[derive(Debug, Clone)]
pub(crate) enum Message {
    Text(Spanned<Text>),
    Display,
}

/// What may be said of a nested catalog.
const OF_TRANSPARENT: [&str; 6] = ["audience", "envelope", "only", "section", "set", "transparent"];

pub(crate) fn variant(variant: &Variant, errors: &Errors) -> VariantAttributes {
    let mut attributes = VariantAttributes::default();
    let before = errors.len();
    let items = items(&variant.attrs, Place::Variant, errors);
    if items.iter().any(|item| item.key == "transparent") {
        for item in items.iter().filter(|item| !OF_TRANSPARENT.contains(&item.key.as_str())) {
            errors.at(
                item.span,
                format!(
                    "`{}` is said of an entry, and a `transparent` variant is none: it has those of the catalog that it nests; take one of the two away\nbeside `transparent` there may be {}",
                    item.key,
                    list_names(OF_TRANSPARENT.into_iter().filter(|key| *key != "transparent"))
                ),
            );
        }
    }
    let hidden = items.iter().find(|item| item.key == "hidden").map(|item| item.span);
    for item in items {
        errors.ok(attributes.read(item, errors));
    }
    if let (Some(span), Some(audience)) = (hidden, &attributes.audience) {
        errors.at(
            span,
            format!("`hidden` leaves the error out for everybody, and `audience` for all but `{audience}`; take one of the two away"),
        );
    }
    attributes.unread = errors.len() > before;
    attributes
}

/// The items of `default(…)`.
pub(crate) fn defaults(arguments: &Cursor, errors: &Errors) -> Inherited {
    let mut inherited = Inherited::default();
    for item in nested(arguments, Place::Default, errors) {
        errors.ok(inherited.read(item, errors));
    }
    inherited
}

impl Inherited {
    fn read(&mut self, item: Item, errors: &Errors) -> syn::Result<()> {
        let span = item.span;
        match item.key.as_str() {
            "retry" => self.retry = Some(retry(item.value()?)?),
            "message" => self.message = Some(message(item.value()?)?),
            "log" => self.log = Some(level(item.value()?)?),
            "set" => constants(&item.arguments()?, &mut self.set, errors),
            "only" => {
                let contexts = item.arguments()?.split_types();
                if contexts.is_empty() {
                    return error(
                        span,
                        "`only` takes the contexts in which the error exists: `only(Reply<'_>)`, or `only(())` for the one without values",
                    );
                }
                self.only = Some(contexts);
            }
            word => {
                let word = word.to_owned();
                let arguments = match (word.as_str(), &item.value) {
                    ("soft", _) => item.flag().map(|()| None)?,
                    (_, None) => item.arguments,
                    _ => {
                        let given = match item.value.as_ref().and_then(Cursor::peek) {
                            Some(TokenTree::Literal(literal)) => literal.to_string(),
                            _ => "…".to_owned(),
                        };
                        return error(
                            span,
                            format!("`{word}` takes its values in parentheses: `{word}({given})`"),
                        );
                    }
                };
                let value = delivery(&word, arguments)?;
                if let Some(first) = self.delivery.replace(Spanned { value, span }) {
                    errors.at(span, format!("`{word}`: an error reaches the client in one way, and another is given; a message and a close are `soft_then_close(4001, \"reason\")`"));
                    errors.at(first.span, "the other way is given here");
                }
            }
        }
        Ok(())
    }
}

impl VariantAttributes {
    fn read(&mut self, item: Item, errors: &Errors) -> syn::Result<()> {
        let span = item.span;
        match item.key.as_str() {
            "code" => {
                let value = item.value()?;
                let shared = shared(&value)?;
                self.shared = shared.is_some();
                self.code = Some(code(shared.unwrap_or(value))?);
            }
            "name" => {
                let name = value::string(item.value()?, "name")?;
                not_a_placeholder(
                    &name,
                    "name",
                    "it is the key of the error in docs and in TypeScript; take the braces away",
                )?;
                self.name = Some(name);
            }
            "recoverable" => {
                self.recoverable = Some(value::boolean(item.value()?, "recoverable")?.value);
            }
            "advice" => self.advice = Some(value::string(item.value()?, "advice")?.value),
            "user" => self.user = Some(user(item)?),
            "envelope" => self.envelopes.push(envelope(item)?),
            "http" => self.http = Some(http(item)?),
            "section" => self.section = Some(value::string(item.value()?, "section")?.value),
            "internal" => {
                item.flag()?;
                self.internal = true;
            }
            "audience" => self.audience = Some(audience(item.value()?)?),
            "provoke" => self.provoke = Some(value::string(item.value()?, "provoke")?.value),
            "since" => self.since = Some(value::string(item.value()?, "since")?.value),
            "hidden" => {
                item.flag()?;
                self.hidden = true;
            }
            "transparent" => {
                item.flag()?;
                self.transparent = Some(span);
            }
            "docs" => self.docs = Some(value::string(item.value()?, "docs")?.value),
            "alike" => {
                let why = value::string(item.value()?, "alike")?;
                if why.value.trim().is_empty() {
                    return error(
                        why.span,
                        "`alike` says why entries may look the same to a client",
                    );
                }
                self.alike = true;
            }
            "details" => self.details = Some(details(&item.arguments()?)?),
            key => {
                debug_assert!(
                    ["retry", "message", "log", "set", "only"].contains(&key)
                        || DELIVERIES.contains(&key)
                );
                self.inherited.read(item, errors)?;
            }
        }
        Ok(())
    }
}

/// `kind = "…", status = 401`: constants and templates of the user's own.
pub(crate) fn constants(arguments: &Cursor, constants: &mut Vec<Constant>, errors: &Errors) {
    for mut item in arguments.split_at_commas() {
        let span = item.span();
        let result = (|| {
            let Some(name) = item.take_ident() else {
                return error(span, "`set` takes names with values: `set(kind = \"…\")`");
            };
            item.expect_punct('=', "`set` takes names with values: `set(kind = \"…\")`")?;
            let name = plain(&name);
            if let Some(first) = constants.iter().find(|constant| constant.name == name) {
                let mut twice = syn::Error::new(span, format!("`set`: `{name}` is set twice"));
                twice.combine(syn::Error::new(
                    first.span,
                    format!("`set`: `{name}` is first set here"),
                ));
                return Err(twice);
            }
            let template: Template = template::whole(item)?;
            constants.push(Constant { name: keep::text(&name), span, template: template.value() });
            Ok(())
        })();
        errors.ok(result);
    }
}

/// The readers whom an error is for.
fn audience(cursor: Cursor) -> syn::Result<String> {
    let Spanned { value, span } = value::string(cursor, "audience")?;
    if is_audience(&value) {
        return Ok(value);
    }
    error(
        span,
        match value == PUBLIC {
            true => "`audience`: `public` is everybody, whom an error without an `audience` is for; take it away".to_owned(),
            false => format!("`audience`: {value:?} is no name; write one of letters, digits, `-` and `_`, as `export --audience` takes it: `audience = \"staff\"`"),
        },
    )
}

/// What stands in `shared(…)`.
fn shared(value: &Cursor) -> syn::Result<Option<Cursor>> {
    let (span, mut ahead) = (value.span(), value.clone());
    if ahead.take_ident().is_none_or(|word| word != "shared") {
        return Ok(None);
    }
    let what = "`shared` takes the code that several errors have, a number or a string: `code = shared(4003)`";
    let inside = ahead.take_parenthesised();
    ahead.expect_end(what)?;
    match inside {
        Some(inside) if inside.clone().take_literal().is_some() => Ok(Some(inside)),
        _ => error(span, what),
    }
}

fn code(mut cursor: Cursor) -> syn::Result<Spanned<Code>> {
    let span = cursor.span();
    let what = "`code` takes a number, a string, `none`, or a field: `code = 4003`, `code = \"X\"`, `code = self.code`";
    let code = if let Some(number) = value::take_integer(&mut cursor)? {
        Code::Number(number.value)
    } else if let Some(text) = cursor.take_string() {
        not_a_placeholder(
            &text,
            "code",
            "`code = self.field` takes it from a field, and an envelope puts it together: `\"code\": \"{self.field}.gone\"`",
        )?;
        Code::Text(text.value)
    } else {
        let mut ahead = cursor.clone();
        match ahead.take_ident() {
            Some(word) if word == "none" => {
                cursor = ahead;
                Code::None
            }
            Some(word) if ahead.is_empty() => {
                return error(
                    span,
                    format!("{what}\na text is in quotes: `code = \"{}\"`", plain(&word)),
                );
            }
            _ => Code::Field(field_of_self(&mut cursor, what)?.0),
        }
    };
    cursor.expect_end(what)?;
    Ok(Spanned { value: code, span })
}

/// A code and a name are constant: braces in them would be sent.
fn not_a_placeholder(text: &Spanned<String>, key: &str, instead: &str) -> syn::Result<()> {
    let is_one = |segment: &Segment| matches!(segment, Segment::Placeholder(inside) if inside.chars().all(|c| c.is_alphanumeric() || "_.".contains(c)));
    match segments(text).unwrap_or_default().iter().any(is_one) {
        true => error(
            text.span,
            format!("`{key}` is the same each time, and takes no placeholder; {instead}"),
        ),
        false => Ok(()),
    }
}

fn message(mut cursor: Cursor) -> syn::Result<Message> {
    let span = cursor.span();
    let mut ahead = cursor.clone();
    if ahead.take_ident().is_some_and(|word| word == "display") {
        ahead.expect_end("nothing may follow `display`")?;
        return Ok(Message::Display);
    }
    let what = "`message` takes a string, or `display`: `message = \"…\"`";
    let Some(text) = cursor.take_string() else { return error(span, what) };
    cursor.expect_end(what)?;
    Ok(Message::Text(self::text(&text)?))
}

fn level(mut cursor: Cursor) -> syn::Result<Level> {
    let span = cursor.span();
    let level = match cursor.clone().take_ident().as_ref().map(plain).as_deref() {
        Some("off") => Level::Off,
        Some("trace") => Level::Trace,
        Some("debug") => Level::Debug,
        Some("info") => Level::Info,
        Some("warn") => Level::Warn,
        Some("error") => Level::Error,
        _ => {
            let levels = ["off", "trace", "debug", "info", "warn", "error"];
            let written = cursor.peek().map(|word| word.to_string().trim_matches('"').to_owned());
            let near = match written.as_deref() {
                Some(word) if levels.contains(&word) => {
                    return error(span, format!("a level stands without quotes: `log = {word}`"));
                }
                word => word.map(|word| did_you_mean(word, levels)),
            };
            let near = near.unwrap_or_default();
            return error(
                span,
                format!("`log` takes a level{near}\nthere are {}", list_names(levels)),
            );
        }
    };
    cursor.next();
    cursor.expect_end("`log` takes one level")?;
    Ok(level)
}

fn details(arguments: &Cursor) -> syn::Result<Vec<(String, Span)>> {
    let what = "`details` takes names of fields: `details(channel, limit)`";
    arguments
        .split_at_commas()
        .into_iter()
        .map(|mut item| {
            let span = item.span();
            let name = match item.next() {
                Some(proc_macro2::TokenTree::Ident(ident)) => plain(&ident),
                Some(proc_macro2::TokenTree::Literal(index)) => index.to_string(),
                _ => return error(span, what),
            };
            item.expect_end(what)?;
            Ok((name, span))
        })
        .collect()
}
