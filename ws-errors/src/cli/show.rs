//! `show`: what is sent for one error.

use std::io::Write;

use super::arguments::Show;
use super::languages::Languages;
use super::{Exit, Failure, Program, find, given, list};
use ws_errors_core::distinct::distinct;

use crate::catalog::Frame;
use crate::catalog::{Catalog, Entry, HTTP_CONTEXT, Text, UserMessage};
use crate::export::{
    Values, delivery_in_words, displayed, example_fields, hex_dump, plain_summary,
};
use crate::language::UserText;

pub(super) fn show(program: &Program, what: &Show, out: &mut dyn Write) -> Result<Exit, Failure> {
    let (catalog, entry) = find::one(program, what.catalog.as_deref(), &what.entry)?;
    let contexts = contexts(catalog, entry, what.envelope.as_deref())?;
    let values = values(catalog, entry, &contexts, what)?;
    let languages = match &what.language {
        Some(language) => {
            let languages = Languages::load(program)?;
            languages.expect(catalog, language)?;
            Some((languages, language))
        }
        None => None,
    };

    let (name, delivered) = (list::named(entry), list::delivered(&entry.delivery));
    match delivery_in_words(entry.delivery.word()) {
        Some(words) => writeln!(out, "{name}: {words} ({delivered})")?,
        None => writeln!(out, "{name}: {delivered}")?,
    }
    if let Some(summary) = plain_summary(entry.docs) {
        writeln!(out, "{summary}")?;
    }
    for &context in &contexts {
        match called(catalog, context) {
            // The only context, and without values.
            "()" if catalog.contexts.len() == 1 => writeln!(out, "\nframe:")?,
            name => writeln!(out, "\nframe, {name}:")?,
        }
        let translated = languages.as_ref().and_then(|(languages, language)| {
            languages.frame(catalog, entry, context, &values, language)
        });
        match translated.or_else(|| values.encode(catalog, entry, context).frame) {
            Some(Frame::Text(text)) => writeln!(out, "{}", displayed(&text))?,
            Some(Frame::Binary(bytes)) => {
                writeln!(out, "{}", hex_dump(&bytes))?;
                let holds = values.written(catalog, entry, context).unwrap_or_default();
                writeln!(out, "{} bytes, which hold {}", bytes.len(), displayed(&holds))?;
            }
            None => writeln!(out, "none")?,
        }
    }
    if let Some(form) = entry.http.filter(|_| what.envelope.is_none()) {
        match values.body(catalog, entry) {
            Some(body) => {
                let (status, media_type) = (form.status, form.content_type);
                writeln!(
                    out,
                    "\nover HTTP, with {status} and {media_type}:\n{}",
                    displayed(&body)
                )?;
            }
            None => writeln!(out, "\nover HTTP, with {} and no body", form.status)?,
        }
    }
    writeln!(out)?;
    if let Some(close) = values.close(entry) {
        match close.code() {
            Some(code) => {
                let reason = displayed(close.reason());
                writeln!(out, "close:  {}", format!("{code} {reason}").trim())?;
            }
            None => writeln!(out, "close:  without a status; the peer sees 1005")?,
        }
    }
    writeln!(out, "retry:  {}", list::retried(catalog, entry))?;
    if let Some(advice) = entry.advice {
        writeln!(out, "advice: {advice}")?;
    }
    let translated = languages
        .as_ref()
        .and_then(|(languages, language)| languages.user(catalog, entry, &values, language));
    if let Some(user) = translated {
        writeln!(out, "user:   {}", in_a_line(&user))?;
    } else if let Some(user) = catalog.user(entry) {
        writeln!(out, "user:   {}", user_message(user, &values))?;
    }
    Ok(Exit::Success)
}

/// What a person sees of the enum's own texts.
fn user_message(user: &UserMessage, values: &Values) -> String {
    let text = |text: Text| values.text(text.0);
    shown(&text(user.title), &text(user.message), user.action.map(text).as_deref())
}

/// The same of a translation.
pub(super) fn in_a_line(text: &UserText) -> String {
    shown(&text.title, &text.message, text.action.as_deref())
}

fn shown(title: &str, message: &str, action: Option<&str>) -> String {
    let button = action.map_or(String::new(), |action| format!(" [{action}]"));
    displayed(&format!("{title}: {message}{button}"))
}

/// What a context is called: the one without values as in Rust.
fn called(catalog: &'static Catalog, context: usize) -> &'static str {
    match catalog.contexts.get(context).map_or("", |context| context.name) {
        "" => "()",
        name => name,
    }
}

/// The contexts in which the entry is a message, or the one that is asked for.
fn contexts(
    catalog: &'static Catalog,
    entry: &'static Entry,
    wanted: Option<&str>,
) -> Result<Vec<usize>, Failure> {
    let all: Vec<usize> = entry.envelopes.iter().map(|(context, _)| *context).collect();
    let Some(wanted) = wanted else { return Ok(all) };
    let name = |context: &usize| called(catalog, *context);
    let found: Vec<usize> = all.iter().copied().filter(|at| name(at) == wanted).collect();
    if found.is_empty() {
        let nothing = format!("`{}` has no envelope for the context", entry.name);
        let known: Vec<&str> = all.iter().map(name).collect();
        return Err(Failure::Unknown(find::unknown(&nothing, wanted, known)));
    }
    Ok(found)
}

/// What is given, over the examples of the entry's fields.
fn values(
    catalog: &'static Catalog,
    entry: &'static Entry,
    contexts: &[usize],
    what: &Show,
) -> Result<Values, Failure> {
    let mut values = example_fields(catalog, entry);
    for (name, given) in &what.fields {
        let field = entry.field(name).ok_or_else(|| {
            let known = entry.fields.iter().map(|field| field.name);
            let nothing = format!("`{}` has no field", entry.name);
            Failure::Unknown(find::unknown(&nothing, name, known))
        })?;
        let json = given::value(given, &field.ty)
            .map_err(|error| Failure::Unknown(format!("the field `{name}` {error}")))?;
        values.field_json(field.ident, &json);
    }
    let of_requests = (entry.http.is_some() && what.envelope.is_none()).then_some(&HTTP_CONTEXT);
    let fields = || {
        let contexts = contexts.iter().filter_map(|context| catalog.contexts.get(*context));
        contexts.chain(of_requests).flat_map(|context| context.fields)
    };
    for (name, given) in &what.context {
        let field = fields().find(|field| field.name == name).ok_or_else(|| {
            let known = distinct(fields().map(|field| field.name));
            Failure::Unknown(find::unknown("the context has no field", name, known))
        })?;
        let json = given::value(given, &(field.ty)())
            .map_err(|error| Failure::Unknown(format!("the context's `{name}` {error}")))?;
        values.context_json(name, &json);
    }
    Ok(values)
}
