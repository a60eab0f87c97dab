//! The attributes of a variant, and of `default(…)`.

use proc_macro2::{Span, TokenTree};
use syn::Variant;
use ws_errors_core::catalog::{Code, Entry, Level, Message, Text};
use ws_errors_core::names::list_names;
use ws_errors_core::rules::values;

use super::context::Context;
use super::delivery::{DeliveryAttribute, delivery};
use super::envelope::{EnvelopeAttribute, envelope};
use super::http::{HttpAttribute, http};
use super::item::{Attributes, Item, Place, Read, items, nested, put};
use super::retry::{RetryAttribute, retry};
use super::text::text;
use super::user::{User, user};
use super::value;
use crate::cursor::{Cursor, Spanned};
use crate::errors::{Errors, all, both, error};
use crate::keep;
use crate::template::{self, Template};

/// What a variant may inherit from `default(…)`.
#[derive(Default)]
pub(crate) struct Inherited {
    pub(crate) delivery: Option<Spanned<DeliveryAttribute>>,
    pub(crate) retry: Option<RetryAttribute>,
    /// Of `display` the text is not known here.
    pub(crate) message: Option<Spanned<Message>>,
    pub(crate) log: Option<Level>,
    pub(crate) set: Vec<Constant>,
    /// The contexts in which it exists, where it does not in all.
    pub(crate) only: Option<Vec<Context>>,
}

impl Attributes for Inherited {
    const KEYS: &'static [(&'static str, Read<Self>)] = &[
        ("close", Self::delivery),
        ("log", |of, item, _| put(&mut of.log, level(item.value()?))),
        ("message", |of, item, _| put(&mut of.message, message(item.value()?))),
        ("observed", Self::delivery),
        ("only", |of, item, _| put(&mut of.only, only(item))),
        ("rejected", Self::delivery),
        ("retry", |of, item, _| put(&mut of.retry, retry(item.value()?))),
        ("set", |of, item, errors| {
            item.arguments().map(|inside| constants(&inside, &mut of.set, errors))
        }),
        ("soft", Self::delivery),
        ("soft_then_close", Self::delivery),
    ];
}

#[derive(Default)]
pub(crate) struct VariantAttributes {
    pub(crate) inherited: Inherited,
    /// What it says of its entry alone.
    pub(crate) entry: Entry,
    pub(crate) code: Option<Spanned<Code>>,
    pub(crate) name: Option<Spanned<&'static str>>,
    pub(crate) recoverable: Option<bool>,
    pub(crate) user: Option<User>,
    pub(crate) envelopes: Vec<EnvelopeAttribute>,
    pub(crate) http: Option<HttpAttribute>,
    pub(crate) hidden: Option<Span>,
    pub(crate) docs: Option<&'static str>,
    pub(crate) details: Option<Vec<Spanned<&'static str>>>,
    /// It nests another catalog, and is no entry itself.
    pub(crate) transparent: Option<Span>,
    /// Something of it could not be read, so what seems to be missing may be there.
    pub(crate) unread: bool,
}

impl Attributes for VariantAttributes {
    const KEYS: &'static [(&'static str, Read<Self>)] = &[
        ("advice", |of, item, _| put(&mut of.entry.advice, item.text())),
        ("alike", |of, item, _| item.allowed(values::alike).map(|_| of.entry.alike = true)),
        ("audience", |of, item, _| put(&mut of.entry.audience, item.allowed(values::audience))),
        ("code", Self::code),
        ("details", |of, item, _| put(&mut of.details, details(item))),
        ("docs", |of, item, _| put(&mut of.docs, item.text())),
        ("envelope", |of, item, _| envelope(item).map(|envelope| of.envelopes.push(envelope))),
        ("hidden", |of, item, _| put(&mut of.hidden, item.flag())),
        ("http", |of, item, errors| put(&mut of.http, http(item, errors))),
        ("internal", |of, item, _| item.flag().map(|_| of.entry.internal = true)),
        ("name", |of, item, _| put(&mut of.name, name(item))),
        ("provoke", |of, item, _| put(&mut of.entry.provoke, item.text())),
        ("recoverable", |of, item, _| {
            put(&mut of.recoverable, value::boolean(item.value()?, "recoverable"))
        }),
        ("section", |of, item, _| put(&mut of.entry.section, item.text())),
        ("since", |of, item, _| put(&mut of.entry.since, item.text())),
        ("transparent", |of, item, _| put(&mut of.transparent, item.flag())),
        ("user", |of, item, errors| put(&mut of.user, user(item, errors))),
    ];
}

/// `set(kind = "…")`.
#[derive(Debug, Clone)]
pub(crate) struct Constant {
    pub(crate) name: &'static str,
    pub(crate) span: Span,
    pub(crate) template: Template,
}

/// What may be said of a nested catalog, beside `transparent`.
const OF_TRANSPARENT: [&str; 5] = ["audience", "envelope", "only", "section", "set"];

pub(crate) fn variant(variant: &Variant, errors: &Errors) -> VariantAttributes {
    let mut attributes = VariantAttributes::default();
    let before = errors.len();
    let items = items(&variant.attrs, Place::Variant, errors);
    if items.iter().any(|item| item.key == "transparent") {
        let is_of_entry = |item: &&Item| {
            item.key != "transparent" && !OF_TRANSPARENT.contains(&item.key.as_str())
        };
        for item in items.iter().filter(is_of_entry) {
            errors.at(
                item.span,
                format!(
                    "`{}` is said of an entry, and a `transparent` variant is none: it has those of the catalog that it nests; take one of the two away\nbeside `transparent` there may be {}",
                    item.key,
                    list_names(OF_TRANSPARENT)
                ),
            );
        }
    }
    for item in items {
        if let Some(item) = attributes.read(item, errors) {
            attributes.inherited.read(item, errors);
        }
    }
    if let (Some(span), Some(audience)) = (attributes.hidden, attributes.entry.audience) {
        errors.at(
            span,
            format!("`hidden` leaves the error out for everybody, and `audience` for all but `{audience}`; take one of the two away"),
        );
    }
    attributes.entry.hidden = attributes.hidden.is_some();
    attributes.unread = errors.len() > before;
    attributes
}

/// The items of `default(…)`.
pub(crate) fn defaults(arguments: &Cursor, inherited: &mut Inherited, errors: &Errors) {
    for item in nested(arguments, Place::Default, errors) {
        inherited.read(item, errors);
    }
}

impl Inherited {
    fn delivery(&mut self, item: Item, _: &Errors) -> syn::Result<()> {
        let (word, span) = (item.key.clone(), item.span);
        let arguments = match &item.value {
            _ if word == "soft" => item.flag().map(|_| None)?,
            None => item.arguments,
            Some(value) => {
                let given = match value.peek() {
                    Some(TokenTree::Literal(literal)) => literal.to_string(),
                    _ => "…".to_owned(),
                };
                return error(
                    span,
                    format!("`{word}` takes its values in parentheses: `{word}({given})`"),
                );
            }
        };
        let arguments = arguments.map(|arguments| arguments.split_at_commas());
        let value = delivery(&word, arguments.into_iter().flatten())?;
        match self.delivery.replace(Spanned { value, span }) {
            Some(first) => both(
                span,
                format!(
                    "`{word}`: an error reaches the client in one way, and another is given; a message and a close are `soft_then_close(4001, \"reason\")`"
                ),
                first.span,
                "the other way is given here",
            ),
            None => Ok(()),
        }
    }
}

impl VariantAttributes {
    fn code(&mut self, item: Item, _: &Errors) -> syn::Result<()> {
        let value = item.value()?;
        let shared = shared(&value)?;
        self.entry.shared = shared.is_some();
        put(&mut self.code, code(shared.unwrap_or(value)))
    }
}

fn name(item: Item) -> syn::Result<Spanned<&'static str>> {
    let instead = "it is the key of the error in docs and in TypeScript; take the braces away";
    item.string()?.allowed(|name| values::constant(name, "name", instead))
}

fn only(item: Item) -> syn::Result<Vec<Context>> {
    let span = item.span;
    let contexts = item.arguments()?.split_types();
    if contexts.is_empty() {
        return error(
            span,
            "`only` takes the contexts in which the error exists: `only(Reply<'_>)`, or `only(())` for the one without values",
        );
    }
    all(contexts.iter().map(Context::parse))
}

/// `kind = "…", status = 401`: constants and templates of the user's own.
pub(crate) fn constants(arguments: &Cursor, constants: &mut Vec<Constant>, errors: &Errors) {
    for item in arguments.split_at_commas() {
        constants.extend(errors.ok(constant(item, constants)));
    }
}

fn constant(mut item: Cursor, others: &[Constant]) -> syn::Result<Constant> {
    let what = "`set` takes names with values: `set(kind = \"…\")`";
    let span = item.span();
    let Some(name) = item.take_name() else { return error(span, what) };
    item.expect_punct('=', what)?;
    if let Some(first) = others.iter().find(|constant| constant.name == name) {
        let words = |how| format!("`set`: `{name}` is {how}");
        return both(span, words("set twice"), first.span, words("first set here"));
    }
    let template = template::whole(item)?;
    Ok(Constant { name: keep::text(&name), span, template })
}

/// What stands in `shared(…)`.
fn shared(value: &Cursor) -> syn::Result<Option<Cursor>> {
    let (span, mut ahead) = (value.span(), value.clone());
    if !ahead.take_word("shared") {
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
    let value = if let Some(number) = value::take_integer(&mut cursor)? {
        Code::Number(number.allowed(values::code)?.value)
    } else if let Some(text) = cursor.take_string() {
        let instead = "`code = self.field` takes it from a field, and an envelope puts it together: `\"code\": \"{self.field}.gone\"`";
        values::constant(&text.value, "code", instead).or_else(|words| error(span, words))?;
        Code::Text(keep::text(&text.value))
    } else if cursor.take_word("none") {
        Code::None
    } else {
        let mut ahead = cursor.clone();
        let word = ahead.take_name().filter(|_| ahead.is_empty() || ahead.take_puncts(':', ':'));
        if let Some(word) = word {
            return error(span, format!("{what}\n{}", values::no_code(&word, ahead.is_empty())));
        }
        Code::Field(value::field_of("self", &mut cursor, what)?.value)
    };
    cursor.expect_end(what)?;
    Ok(Spanned { value, span })
}

fn message(mut cursor: Cursor) -> syn::Result<Spanned<Message>> {
    let span = cursor.span();
    if cursor.take_word("display") {
        cursor.expect_end("nothing may follow `display`")?;
        return Ok(Spanned { value: Message::Display(Text::EMPTY), span });
    }
    let what = "`message` takes a string, or `display`: `message = \"…\"`";
    let Some(Spanned { value, span }) = cursor.take_string() else { return error(span, what) };
    cursor.expect_end(what)?;
    let text = text(Spanned { value: keep::text(&value), span })?;
    Ok(Spanned { value: Message::Text(text.value), span })
}

fn level(mut cursor: Cursor) -> syn::Result<Level> {
    let span = cursor.span();
    let written = cursor.next().map(|word| word.to_string());
    let level = Level::named(&written.unwrap_or_default()).or_else(|words| error(span, words))?;
    cursor.expect_end("`log` takes one level")?;
    Ok(level)
}

fn details(item: Item) -> syn::Result<Vec<Spanned<&'static str>>> {
    let what = "`details` takes names of fields: `details(channel, limit)`";
    let fields = item.arguments()?.split_at_commas();
    let field = |mut item: Cursor| {
        let name = value::field(&mut item, what)?;
        item.expect_end(what)?;
        Ok(name)
    };
    fields.into_iter().map(field).collect()
}
