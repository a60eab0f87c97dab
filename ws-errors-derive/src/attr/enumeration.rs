//! The attributes of the enum.

use syn::{DeriveInput, Path};
use ws_errors_core::case::Case;
use ws_errors_core::catalog::{Catalog, Policies, Retired, RetiredCode, Success, TimeUnit};
use ws_errors_core::rules::values;

use super::envelope::{EnvelopeAttribute, envelope};
use super::guards::guards;
use super::http::{HttpAttribute, http};
use super::item::{Attributes, Item, Place, Read, items, put};
use super::policies::{policies, range};
use super::value;
use super::variant::{Inherited, constants, defaults};
use crate::cursor::Spanned;
use crate::errors::{Errors, both, error};
use crate::keep;
use crate::template;

#[derive(Default)]
pub(crate) struct EnumAttributes {
    /// What it says of its catalog.
    pub(crate) catalog: Catalog,
    pub(crate) name: Option<&'static str>,
    pub(crate) rename_all: Option<Case>,
    pub(crate) envelopes: Vec<EnvelopeAttribute>,
    pub(crate) correlate: Option<Spanned<&'static str>>,
    pub(crate) defaults: Inherited,
    /// The unit in which messages carry waits.
    pub(crate) waits: Option<TimeUnit>,
    pub(crate) http: Option<HttpAttribute>,
    pub(crate) retired: Vec<Spanned<Retired>>,
    pub(crate) success: Vec<Spanned<Success>>,
    pub(crate) krate: Option<Path>,
    pub(crate) docs: Option<&'static str>,
    /// Values of contexts for docs, as JSON.
    pub(crate) examples: Vec<(Spanned<&'static str>, &'static str)>,
    /// Something of it could not be read, so what seems to be missing may be there.
    pub(crate) unread: bool,
}

impl Attributes for EnumAttributes {
    const KEYS: &'static [(&'static str, Read<Self>)] = &[
        ("catalog", |of, item, _| put(&mut of.name, item.allowed(values::catalog_name))),
        ("client", |of, item, errors| {
            guards(item, errors).map(|guards| of.catalog.guards = guards)
        }),
        ("closes", |of, item, _| {
            policies(item, Policies::UNDECLARED_CLOSES).map(|closes| of.catalog.closes = closes)
        }),
        ("codes", |of, item, _| {
            policies(item, Policies::UNDECLARED_CODES).map(|codes| of.catalog.codes = codes)
        }),
        ("correlate", |of, item, _| put(&mut of.correlate, correlate(item))),
        ("crate", |of, item, _| put(&mut of.krate, path(item))),
        ("default", |of, item, errors| {
            item.arguments().map(|inside| defaults(&inside, &mut of.defaults, errors))
        }),
        ("doc_url", Self::doc_url),
        ("docs", |of, item, _| put(&mut of.docs, item.text())),
        ("envelope", |of, item, _| envelope(item).map(|envelope| of.envelopes.push(envelope))),
        ("example", Self::example),
        ("http", |of, item, errors| put(&mut of.http, of_all(http(item, errors)?))),
        ("language", |of, item, _| put(&mut of.catalog.language, item.allowed(values::language))),
        ("rename_all", |of, item, _| put(&mut of.rename_all, item.string()?.judged(Case::named))),
        ("retired", Self::retired),
        ("set", |of, item, errors| {
            item.arguments().map(|inside| constants(&inside, &mut of.defaults.set, errors))
        }),
        ("success", Self::success),
        ("waits", |of, item, _| put(&mut of.waits, unit(item))),
    ];
}

pub(crate) fn enumeration(input: &DeriveInput, errors: &Errors) -> EnumAttributes {
    let mut attributes = EnumAttributes::default();
    let before = errors.len();
    for item in items(&input.attrs, Place::Enum, errors) {
        attributes.read(item, errors);
    }
    attributes.unread = errors.len() > before;
    attributes
}

fn correlate(item: Item) -> syn::Result<Spanned<&'static str>> {
    let what = "`correlate` takes a field of the context: `correlate = cx.request_id`";
    let mut cursor = item.value()?;
    let field = value::field_of("cx", &mut cursor, what)?;
    cursor.expect_end(what)?;
    Ok(field)
}

fn unit(item: Item) -> syn::Result<TimeUnit> {
    let cursor = item.value()?;
    let span = cursor.span();
    let word = value::word(cursor, "`waits` takes a unit of time: `waits = seconds`")?;
    TimeUnit::named(word).or_else(|words| error(span, words))
}

pub(crate) fn path(item: Item) -> syn::Result<Path> {
    let cursor = item.value()?;
    syn::parse2(cursor.rest())
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

impl EnumAttributes {
    fn doc_url(&mut self, item: Item, _: &Errors) -> syn::Result<()> {
        // It is there, whatever is wrong with it.
        self.catalog.doc_url = Some("");
        put(&mut self.catalog.doc_url, item.allowed(values::doc_url))
    }

    /// `cx.request_id = "pub-2"`: values of contexts for docs.
    fn example(&mut self, item: Item, _: &Errors) -> syn::Result<()> {
        let what = "`example` takes values of contexts: `example(cx.request_id = \"pub-2\")`";
        for mut item in item.arguments()?.split_at_commas() {
            let field = value::field_of("cx", &mut item, what)?;
            item.expect_punct('=', what)?;
            self.examples.push((field, template::constant(item)?));
        }
        Ok(())
    }

    /// `"OLD_CODE" = "why", close(4007) = "why"`.
    fn retired(&mut self, item: Item, _: &Errors) -> syn::Result<()> {
        let what = "`retired` takes codes and why they went: `retired(\"OLD\" = \"why\", close(4007) = \"why\")`";
        for mut item in item.arguments()?.split_at_commas() {
            let span = item.span();
            let code = if let Some(number) = value::take_integer(&mut item)? {
                RetiredCode::Number(number.value)
            } else if let Some(text) = item.take_string() {
                RetiredCode::Text(keep::text(&text.value))
            } else if item.take_word("close")
                && let Some(mut inside) = item.take_parenthesised()
            {
                let number = value::integer(&mut inside, what)?;
                inside.expect_end(what)?;
                let code = |number| u16::try_from(number).map_err(|_| "no close code");
                RetiredCode::Close(number.judged(code)?)
            } else {
                return error(span, what);
            };
            item.expect_punct('=', what)?;
            let why = value::string(item, "retired")?.value;
            if let Some(first) = self.retired.iter().find(|other| other.value.code == code) {
                let words = format!("`retired`: {code} is there twice");
                return both(span, words, first.span, "`retired` first names it here");
            }
            self.retired.push(Spanned { value: Retired { code, why }, span });
        }
        Ok(())
    }

    /// `0, 200..=299, "ok"`: codes that are no errors.
    fn success(&mut self, item: Item, _: &Errors) -> syn::Result<()> {
        let what = "`success` takes codes that are no errors: `success(0, 200..=299, \"ok\")`";
        for mut item in item.arguments()?.split_at_commas() {
            let span = item.span();
            let value = match item.take_string() {
                Some(text) => Success::Text(keep::text(&text.value)),
                None => {
                    let (first, last) = range(&mut item, "success", what)?;
                    Success::Numbers(first, last)
                }
            };
            self.success.push(Spanned { value, span });
            item.expect_end(what)?;
        }
        Ok(())
    }
}
