//! The attributes of the enum.

use proc_macro2::{Span, TokenStream};
use syn::{DeriveInput, Path};
use ws_errors_core::catalog::{
    Breaker, Guards, Liveness, Policies, Retired, RetiredCode, Storm, Success,
};
use ws_errors_core::language::is_language_tag;

use super::case::{Case, case};
use super::envelope::{EnvelopeAttribute, envelope};
use super::http::{HttpAttribute, http};
use super::item::{Place, items, named};
use super::policies::policies;
use super::retry::{client_code, client_reason};
use super::value;
use super::variant::{Constant, Inherited, constants, defaults};
use crate::cursor::{Cursor, Spanned, plain};
use crate::errors::{Errors, error};
use crate::keep;
use crate::template;

#[derive(Default)]
pub(crate) struct EnumAttributes {
    pub(crate) catalog: Option<Spanned<String>>,
    pub(crate) rename_all: Option<Case>,
    pub(crate) envelopes: Vec<EnvelopeAttribute>,
    pub(crate) correlate: Option<Spanned<String>>,
    pub(crate) defaults: Inherited,
    pub(crate) closes: Option<Policies>,
    pub(crate) codes: Option<Policies>,
    pub(crate) guards: Guards,
    pub(crate) http: Option<HttpAttribute>,
    pub(crate) retired: Vec<Spanned<Retired>>,
    pub(crate) krate: Option<Path>,
    pub(crate) docs: Option<String>,
    pub(crate) doc_url: Option<String>,
    pub(crate) examples: Vec<(String, Span, String)>,
    /// Something of it could not be read, so what seems to be missing may be there.
    pub(crate) unread: bool,
    pub(crate) success: Vec<Spanned<Success>>,
    pub(crate) language: Option<Spanned<String>>,
}

pub(crate) fn enumeration(input: &DeriveInput, errors: &Errors) -> EnumAttributes {
    let mut attributes = EnumAttributes::default();
    let before = errors.len();
    for item in items(&input.attrs, Place::Enum, errors) {
        let key = item.key.clone();
        let result = (|| {
            match key.as_str() {
                "catalog" => attributes.catalog = Some(catalog(item.value()?)?),
                "rename_all" => attributes.rename_all = Some(case(item.value()?)?),
                "envelope" => attributes.envelopes.push(envelope(item)?),
                "correlate" => attributes.correlate = Some(context_field(item.value()?)?),
                "language" => attributes.language = Some(language(item.value()?)?),
                "default" => {
                    let inherited = defaults(&item.arguments()?, errors);
                    let set = std::mem::take(&mut attributes.defaults.set);
                    attributes.defaults = inherited;
                    merge(&mut attributes.defaults.set, set, errors);
                }
                "set" => {
                    let mut set = Vec::new();
                    constants(&item.arguments()?, &mut set, errors);
                    merge(&mut attributes.defaults.set, set, errors);
                }
                "closes" => {
                    let undeclared = Policies::UNDECLARED_CLOSES;
                    attributes.closes = Some(policies(&item.arguments()?, "closes", undeclared)?);
                }
                "codes" => {
                    let undeclared = Policies::UNDECLARED_CODES;
                    attributes.codes = Some(policies(&item.arguments()?, "codes", undeclared)?);
                }
                "client" => attributes.guards = guards(&item.arguments()?)?,
                "http" => attributes.http = Some(of_all(http(item)?)?),
                "success" => success(&item.arguments()?, &mut attributes.success)?,
                "retired" => retired(&item.arguments()?, &mut attributes.retired)?,
                "crate" => attributes.krate = Some(path(&item.value()?)?),
                "doc_url" => attributes.doc_url = Some(address(item.value()?)?),
                "docs" => attributes.docs = Some(value::string(item.value()?, "docs")?.value),
                _ => examples(&item.arguments()?, &mut attributes.examples)?,
            }
            Ok(())
        })();
        errors.ok(result);
    }
    attributes.unread = errors.len() > before;
    attributes
}

fn merge(into: &mut Vec<Constant>, set: Vec<Constant>, errors: &Errors) {
    for constant in set {
        if let Some(first) = into.iter().find(|other| other.name == constant.name) {
            errors.at(constant.span, format!("`set`: `{}` is set twice", constant.name));
            errors.at(first.span, format!("`set`: `{}` is first set here", constant.name));
        } else {
            into.push(constant);
        }
    }
}

pub(crate) const CATALOG_NAME: &str = "`catalog`: a name starts with a letter and has ASCII letters, digits, `_` and `-` only, because files and TypeScript types are named after it";

/// A catalog's name is a file's name, and the stem of names in TypeScript.
pub(crate) fn is_catalog_name(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '-')
}

fn catalog(cursor: Cursor) -> syn::Result<Spanned<String>> {
    let name = value::string(cursor, "catalog")?;
    if is_catalog_name(&name.value) { Ok(name) } else { error(name.span, CATALOG_NAME) }
}

/// Where the reference is published: a URI reference (RFC 3986) without a fragment.
fn address(cursor: Cursor) -> syn::Result<String> {
    let Spanned { value, span } = value::string(cursor, "doc_url")?;
    let is_of = |c: char| c.is_ascii_graphic() && !"#<>\"\\^`{|}".contains(c);
    if !value.is_empty() && value.chars().all(is_of) {
        return Ok(value);
    }
    error(
        span,
        format!(
            "`doc_url`: {value:?} is no address to which an anchor can be added; write one without `#` and white space: `doc_url = \"https://example.com/errors\"`"
        ),
    )
}

/// The language of the enum's texts.
fn language(cursor: Cursor) -> syn::Result<Spanned<String>> {
    let tag = value::string(cursor, "language")?;
    if is_language_tag(&tag.value) {
        return Ok(tag);
    }
    error(
        tag.span,
        format!(
            "`language`: {:?} is no language tag; write one such as `en` or `de-AT`",
            tag.value
        ),
    )
}

/// `cx.field`.
fn context_field(mut cursor: Cursor) -> syn::Result<Spanned<String>> {
    let what = "`correlate` takes a field of the context: `correlate = cx.request_id`";
    let span = cursor.span();
    if cursor.take_ident().is_none_or(|word| word != "cx") || !cursor.take_punct('.') {
        return error(span, what);
    }
    let span = cursor.span();
    let Some(field) = cursor.take_ident() else { return error(span, what) };
    cursor.expect_end(what)?;
    Ok(Spanned { value: plain(&field), span })
}

fn path(cursor: &Cursor) -> syn::Result<Path> {
    let tokens: TokenStream = cursor.rest();
    syn::parse2(tokens)
        .or_else(|_| error(cursor.span(), "`crate` takes a path: `crate = my::ws_errors`"))
}

/// What is said of HTTP on an enum holds for every variant.
fn of_all(http: HttpAttribute) -> syn::Result<HttpAttribute> {
    if http.none {
        return error(
            http.span,
            "`http = none` is said of a variant; of an enum without `http(…)` nothing is answered over HTTP, so take it away",
        );
    }
    Ok(http)
}

/// `cx.request_id = "pub-2"`: values of contexts for docs.
fn examples(arguments: &Cursor, examples: &mut Vec<(String, Span, String)>) -> syn::Result<()> {
    let what = "`example` takes values of contexts: `example(cx.request_id = \"pub-2\")`";
    for mut item in arguments.split_at_commas() {
        let span = item.span();
        if item.take_ident().is_none_or(|word| word != "cx") || !item.take_punct('.') {
            return error(span, what);
        }
        let Some(field) = item.take_ident() else { return error(item.span(), what) };
        item.expect_punct('=', what)?;
        examples.push((plain(&field), field.span(), template::constant(item)?));
    }
    Ok(())
}

/// `"OLD_CODE" = "why", close(4007) = "why"`.
fn retired(arguments: &Cursor, retired: &mut Vec<Spanned<Retired>>) -> syn::Result<()> {
    let what = "`retired` takes codes and why they went: `retired(\"OLD\" = \"why\", close(4007) = \"why\")`";
    for mut item in arguments.split_at_commas() {
        let span = item.span();
        let code = if let Some(number) = value::take_integer(&mut item)? {
            RetiredCode::Number(number.value)
        } else if let Some(text) = item.take_string() {
            RetiredCode::Text(keep::text(&text.value))
        } else if item.take_ident().is_some_and(|word| word == "close") {
            let Some(mut inside) = item.take_parenthesised() else { return error(span, what) };
            let number = value::integer(&mut inside, what)?;
            inside.expect_end(what)?;
            match u16::try_from(number.value) {
                Ok(code) => RetiredCode::Close(code),
                Err(_) => return error(number.span, "no close code"),
            }
        } else {
            return error(span, what);
        };
        item.expect_punct('=', what)?;
        let why = value::string(item, "retired")?.value;
        if let Some(first) = retired.iter().find(|other| other.value.code == code) {
            let mut twice = syn::Error::new(span, format!("`retired`: {code} is there twice"));
            twice.combine(syn::Error::new(first.span, "`retired` first names it here"));
            return Err(twice);
        }
        retired.push(Spanned { value: Retired { code, why: keep::text(&why) }, span });
    }
    Ok(())
}

/// `0, 200..=299, "ok"`: codes that are no errors.
fn success(arguments: &Cursor, success: &mut Vec<Spanned<Success>>) -> syn::Result<()> {
    let what = "`success` takes codes that are no errors: `success(0, 200..=299, \"ok\")`";
    for mut item in arguments.split_at_commas() {
        let span = item.span();
        let value = match item.take_string() {
            Some(text) => Success::Text(keep::text(&text.value)),
            None => {
                let (first, last) = super::policies::range(&mut item, "success", what)?;
                Success::Numbers(first, last)
            }
        };
        success.push(Spanned { value, span });
        item.expect_end(what)?;
    }
    Ok(())
}

const GUARDS: &str = "`client` takes `storm(more_than = 10, within = 60s, leave(4999, \"reason\"))`, `breaker(open_after = 5, half_open_after = 60s)` and `liveness(idle = 30s, ping = \"…\", pong = \"…\", within = 10s)`";

/// `storm(more_than = 10, within = 60s, leave(4999, "Error storm")), breaker(…), liveness(…)`.
fn guards(arguments: &Cursor) -> syn::Result<Guards> {
    let mut guards = Guards::default();
    for item in named("client", arguments, &["breaker", "liveness", "storm"], GUARDS)? {
        let (key, span) = (item.key.clone(), item.span);
        let inside = item.arguments()?;
        match key.as_str() {
            "storm" => guards.storm = Some(storm(span, &inside)?),
            "breaker" => guards.breaker = Some(breaker(span, &inside)?),
            _ => guards.liveness = Some(liveness(&inside)?),
        }
    }
    Ok(guards)
}

fn storm(span: Span, inside: &Cursor) -> syn::Result<Storm> {
    let (mut more_than, mut within, mut leave) = (None, None, None);
    for item in named("storm", inside, &["leave", "more_than", "within"], GUARDS)? {
        match item.key.as_str() {
            "more_than" => more_than = Some(value::count(item.value()?, "more_than")?),
            "within" => within = Some(value::whole_duration(item.value()?)?),
            _ => leave = Some(left(&item.arguments()?)?),
        }
    }
    match (more_than, within, leave) {
        (Some(more_than), Some(within), Some((code, reason))) => {
            Ok(Storm { more_than, within, code, reason })
        }
        _ => error(span, GUARDS),
    }
}

/// What the client closes with: `4999, "reason"`, inside of `leave`.
fn left(inside: &Cursor) -> syn::Result<(u16, &'static str)> {
    let mut values = inside.split_at_commas().into_iter();
    let (Some(mut code), Some(reason), None) = (values.next(), values.next(), values.next()) else {
        return error(inside.span(), GUARDS);
    };
    let number = value::integer(&mut code, GUARDS)?;
    let reason = client_reason(&value::quoted(reason, "a close reason is a text")?)?;
    Ok((client_code(&number)?, reason))
}

fn liveness(inside: &Cursor) -> syn::Result<Liveness> {
    let mut liveness = Liveness::BLANK;
    let mut of_answers = None;
    for item in named("liveness", inside, &["idle", "leave", "ping", "pong", "within"], GUARDS)? {
        let (key, span) = (item.key.clone(), item.span);
        match key.as_str() {
            "idle" => liveness.idle = value::whole_duration(item.value()?)?,
            "ping" => {
                liveness.ping = Some(keep::text(&value::string(item.value()?, "ping")?.value))
            }
            "leave" => {
                let (code, reason) = left(&item.arguments()?)?;
                (liveness.code, liveness.reason) = (Some(code), reason);
            }
            _ => {
                of_answers = Some((span, key.clone()));
                let value = item.value()?;
                match key.as_str() {
                    "within" => liveness.within = value::whole_duration(value)?,
                    _ => liveness.pong = Some(keep::text(&value::string(value, "pong")?.value)),
                }
            }
        }
    }
    match of_answers {
        Some((place, word)) if liveness.ping.is_none() => error(
            place,
            format!(
                "`liveness`: `{word}` speaks of the answer to a `ping`; write `ping = \"…\"` before it, or leave `{word}` out"
            ),
        ),
        _ => Ok(liveness),
    }
}

fn breaker(span: Span, inside: &Cursor) -> syn::Result<Breaker> {
    let (mut open_after, mut half_open_after) = (None, None);
    for item in named("breaker", inside, &["half_open_after", "open_after"], GUARDS)? {
        match item.key.as_str() {
            "open_after" => open_after = Some(value::count(item.value()?, "open_after")?),
            _ => half_open_after = Some(value::whole_duration(item.value()?)?),
        }
    }
    match (open_after, half_open_after) {
        (Some(open_after), Some(half_open_after)) if open_after > 0 => {
            Ok(Breaker { open_after, half_open_after })
        }
        (Some(_), Some(_)) => error(
            span,
            "`breaker`: one that opens after 0 failures is never closed; write `open_after = 1`, or more",
        ),
        _ => error(span, GUARDS),
    }
}
