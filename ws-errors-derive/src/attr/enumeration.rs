//! The attributes of the enum.

use proc_macro2::{Span, TokenStream};
use syn::{DeriveInput, Path};
use ws_errors_core::catalog::{
    Breaker, Guards, Liveness, Policies, Retired, RetiredCode, Storm, Success,
};
use ws_errors_core::language::is_language_tag;
use ws_errors_core::names::did_you_mean;

use super::case::{Case, case};
use super::envelope::{EnvelopeAttribute, envelope};
use super::http::{HttpAttribute, http};
use super::item::{Place, items};
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

/// `storm(more_than = 10, within = 60s, leave(4999, "Error storm")), breaker(…), liveness(…)`.
fn guards(arguments: &Cursor) -> syn::Result<Guards> {
    let mut guards = Guards::default();
    for mut item in arguments.split_at_commas() {
        let span = item.span();
        let what = "`client` takes `storm(more_than = 10, within = 60s, leave(4999, \"reason\"))`, `breaker(open_after = 5, half_open_after = 60s)` and `liveness(idle = 30s, ping = \"…\", pong = \"…\", within = 10s)`";
        let word = item.take_ident().as_ref().map(plain).unwrap_or_default();
        let Some(inside) = item.take_parenthesised() else { return error(span, what) };
        item.expect_end(what)?;
        let twice = match word.as_str() {
            "storm" => guards.storm.replace(storm(span, &inside, what)?).is_some(),
            "breaker" => guards.breaker.replace(breaker(span, &inside, what)?).is_some(),
            "liveness" => guards.liveness.replace(liveness(&inside, what)?).is_some(),
            other => {
                let near = did_you_mean(other, ["storm", "breaker", "liveness"]);
                return error(span, format!("`client` has no `{other}`{near}\n{what}"));
            }
        };
        if twice {
            return error(span, format!("`{word}` is given twice"));
        }
    }
    Ok(guards)
}

fn storm(span: Span, inside: &Cursor, what: &str) -> syn::Result<Storm> {
    let (mut more_than, mut within, mut leave) = (None, None, None);
    for mut item in inside.split_at_commas() {
        let place = item.span();
        match item.take_ident().as_ref().map(plain).as_deref() {
            Some("more_than") => {
                item.expect_punct('=', what)?;
                more_than = Some(value::count(item, "more_than")?);
            }
            Some("within") => {
                item.expect_punct('=', what)?;
                within = Some(value::whole_duration(item)?);
            }
            Some("leave") => leave = Some(left(item, what)?),
            _ => return error(place, what),
        }
    }
    match (more_than, within, leave) {
        (Some(more_than), Some(within), Some((code, reason))) => {
            Ok(Storm { more_than, within, code, reason })
        }
        _ => error(span, what),
    }
}

/// What the client closes with: `(4999, "reason")`, behind `leave`.
fn left(mut item: Cursor, what: &str) -> syn::Result<(u16, &'static str)> {
    let place = item.span();
    let Some(inside) = item.take_parenthesised() else { return error(place, what) };
    let mut values = inside.split_at_commas().into_iter();
    let (Some(mut code), Some(reason), None) = (values.next(), values.next(), values.next()) else {
        return error(place, what);
    };
    let number = value::integer(&mut code, what)?;
    let reason = client_reason(&value::quoted(reason, "a close reason is a text")?)?;
    Ok((client_code(&number)?, reason))
}

fn liveness(inside: &Cursor, what: &str) -> syn::Result<Liveness> {
    let mut liveness = Liveness::BLANK;
    let mut of_answers = None;
    for mut item in inside.split_at_commas() {
        let place = item.span();
        let word = item.take_ident().as_ref().map(plain).unwrap_or_default();
        if word == "leave" {
            let (code, reason) = left(item, what)?;
            (liveness.code, liveness.reason) = (Some(code), reason);
            continue;
        }
        item.expect_punct('=', what)?;
        if matches!(word.as_str(), "pong" | "within") {
            of_answers = Some((place, word.clone()));
        }
        match word.as_str() {
            "idle" => liveness.idle = value::whole_duration(item)?,
            "within" => liveness.within = value::whole_duration(item)?,
            "ping" => liveness.ping = Some(keep::text(&value::string(item, "ping")?.value)),
            "pong" => liveness.pong = Some(keep::text(&value::string(item, "pong")?.value)),
            _ => return error(place, what),
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

fn breaker(span: Span, inside: &Cursor, what: &str) -> syn::Result<Breaker> {
    let (mut open_after, mut half_open_after) = (None, None);
    for mut item in inside.split_at_commas() {
        let place = item.span();
        let word = item.take_ident().as_ref().map(plain);
        item.expect_punct('=', what)?;
        match word.as_deref() {
            Some("open_after") => open_after = Some(value::count(item, "open_after")?),
            Some("half_open_after") => half_open_after = Some(value::whole_duration(item)?),
            _ => return error(place, what),
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
        _ => error(span, what),
    }
}
