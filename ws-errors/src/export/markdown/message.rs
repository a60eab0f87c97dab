//! The shapes of messages: each once, with what its slots hold.

use ws_errors_core::distinct::add_new;

use super::{Page, Shared, envelope, legend, prose, text};
use crate::catalog::{
    Cast, Catalog, Code, Context, ContextDelivery, Details, Entry, Envelope, Field, FieldType,
    Message, Node, Slot, Success,
};
use crate::export::visible::{visible_contexts, visible_entries};
use crate::export::words::list;
use crate::types::{Type, Typed, in_words};

/// The most constants that are listed one by one.
const LISTED: usize = 8;

/// The bodies of errors over HTTP, as messages are described.
pub(super) fn bodies(catalog: &'static Catalog, page: &mut Page) {
    page.block(
        "These errors answer requests over HTTP, too: with the status that stands with each, and with `Retry-After` where the server says how long to wait.",
    );
    let bodies: &'static Catalog = Box::leak(Box::new(catalog.http_bodies()));
    let of = ["The body has this shape:", "The body has one of these shapes:"];
    described((bodies, &Shared::of(bodies)), of, page);
}

pub(super) fn shapes(of_catalog: (&'static Catalog, &Shared), page: &mut Page) {
    let of = [
        "Every error that is sent as a message has this shape:",
        "An error that is sent as a message has one of these shapes:",
    ];
    described(of_catalog, of, page);
}

/// The shapes of a catalog, after one of two sentences: for one shape, and for several.
fn described(
    (catalog, shared): (&'static Catalog, &Shared),
    [one, several]: [&str; 2],
    page: &mut Page,
) {
    let used: Vec<(usize, &Envelope)> = catalog
        .envelopes
        .iter()
        .enumerate()
        .filter(|(index, _)| !uses(catalog, *index).is_empty())
        .collect();
    match used.len() {
        0 => return,
        1 => page.block(one),
        _ => page.block(several),
    }
    for (index, envelope) in &used {
        if used.len() > 1 || contexts_of(catalog, *index).len() > 1 {
            page.block(&of_what(catalog, *index));
        }
        page.block(&text::fenced("text", &envelope::rendered(envelope)));
        page.block(&slots((catalog, shared), *index, envelope));
    }
    for context in visible_contexts(catalog)
        .filter_map(|(_, context)| context.delivery.map(|way| (context, way)))
    {
        page.block(&delivered(context.0, context.1));
    }
    if !catalog.success.is_empty() {
        page.block(&no_errors(catalog.success));
    }
    let templates = used.iter().map(|(_, envelope)| &envelope.template);
    if let Some(legend) = legend::of(templates) {
        page.block(&legend);
    }
}

/// What a context changes of how errors reach the client.
fn delivered(context: &Context, way: ContextDelivery) -> String {
    let place = in_context(context.name).replacen('i', "I", 1);
    let how = match way {
        ContextDelivery::Soft => "is sent as a message, and the connection stays open",
        ContextDelivery::Close => "is sent as a close frame alone",
        ContextDelivery::SoftThenClose => "is sent as a message, and the close frame follows",
    };
    format!("{place}, an error that closes the connection {how}.")
}

/// Which codes stand in the same place, and are no errors.
fn no_errors(success: &[Success]) -> String {
    let codes = success.iter().map(|success| match success {
        Success::Numbers(first, last) if first == last => text::code(&first.to_string()),
        Success::Numbers(first, last) => {
            format!("{} to {}", text::code(&first.to_string()), text::code(&last.to_string()))
        }
        Success::Text(code) => text::code(code),
    });
    let codes = list(codes.collect(), "and").unwrap_or_default();
    let says = match success {
        [Success::Text(_)] => format!("the code {codes} says"),
        [Success::Numbers(first, last)] if first == last => format!("the code {codes} says"),
        _ => format!("the codes {codes} say"),
    };
    format!("Not every message of this shape is an error: {says} that all is well.")
}

/// Which entries have this envelope, in which contexts.
fn uses(catalog: &'static Catalog, envelope: usize) -> Vec<(usize, &'static Entry)> {
    visible_entries(catalog)
        .flat_map(|entry| entry.envelopes.iter().map(move |used| (used, entry)))
        .filter(|((_, index), _)| *index == envelope)
        .map(|((context, _), entry)| (*context, entry))
        .collect()
}

fn contexts_of(catalog: &'static Catalog, envelope: usize) -> Vec<usize> {
    let mut contexts: Vec<usize> =
        uses(catalog, envelope).into_iter().map(|(context, _)| context).collect();
    contexts.sort_unstable();
    contexts.dedup();
    contexts
}

/// "In a `Reply`, for `a` and `b`:"
fn of_what(catalog: &'static Catalog, index: usize) -> String {
    let uses = uses(catalog, index);
    let contexts = contexts_of(catalog, index);
    let named: Vec<String> = contexts
        .iter()
        .filter_map(|index| catalog.contexts.get(*index))
        .map(|context| in_context(context.name))
        .collect();
    let mut words = Vec::new();
    if visible_contexts(catalog).count() > 1 {
        words.extend(list(named, "or"));
    }
    let all = visible_entries(catalog)
        .filter(|entry| contexts.iter().any(|context| entry.envelope(*context).is_some()));
    let mut names: Vec<&str> = uses.iter().map(|(_, entry)| entry.name).collect();
    names.dedup();
    if names.len() < all.count() {
        let more = names.len().saturating_sub(LISTED);
        let mut names: Vec<String> = names.into_iter().take(LISTED).map(text::code).collect();
        if more > 0 {
            names.push(format!("{more} more"));
        }
        words.extend(list(names, "and").map(|names| format!("for {names}")));
    }
    let mut line = words.join(", ");
    if let Some(first) = line.get_mut(0..1) {
        first.make_ascii_uppercase();
    }
    if line.is_empty() { String::new() } else { line + ":" }
}

/// Where a context stands in a sentence: "in the context `Reply`".
pub(super) fn in_context(name: &str) -> String {
    if name.is_empty() {
        "without a context".to_owned()
    } else {
        format!("in the context {}", text::code(name))
    }
}

/// A table of the slots of a shape.
fn slots(
    (catalog, shared): (&'static Catalog, &Shared),
    index: usize,
    envelope: &Envelope,
) -> String {
    let uses = uses(catalog, index);
    let rows: String = envelope::slots(envelope)
        .into_iter()
        .map(|slot| {
            let (ty, meaning) = Explained { catalog, shared, uses: &uses }.slot(slot);
            text::row(&[&text::code(&envelope::label(slot)), &ty, &meaning])
        })
        .collect();
    if rows.is_empty() { rows } else { text::head(&["Value", "Type", "Meaning"]) + &rows }
}

struct Explained<'a> {
    catalog: &'static Catalog,
    shared: &'a Shared,
    uses: &'a [(usize, &'static Entry)],
}

impl Explained<'_> {
    /// The type of a slot, and what it means.
    fn slot(&self, slot: Slot) -> (String, String) {
        let said = |ty: &str, meaning: &str| (ty.to_owned(), meaning.to_owned());
        match slot {
            Slot::Code => (self.codes(), self.shared.code(self.entries()).to_owned()),
            Slot::Name => said("string", "The name of the error, as on this page."),
            Slot::Message => {
                let meaning = self.shared.message(self.entries());
                (self.message(), meaning.to_owned())
            }
            Slot::Details => said(
                self.details(),
                "What is particular to the error: its fields, which are listed with it below.",
            ),
            Slot::Fields => {
                said("object", "The fields of the error, which are listed with it below.")
            }
            Slot::Recoverable => said("boolean", "Whether the client can go on after it."),
            Slot::RetryAfter => {
                said("integer", "How many milliseconds to wait before trying again.")
            }
            Slot::Close => said("integer", "The code of the close frame that follows."),
            Slot::Reason => said("string", "The reason of the close frame that follows."),
            Slot::Status => said("integer", "The HTTP status."),
            Slot::Title => said("string", "What kind of error it is, in a few words."),
            Slot::DocUrl => said("string", "The address of the error's section in this reference."),
            Slot::Set(name) => self.constant(name),
            Slot::Field(name) => self.field(name),
            Slot::Context(name) => self.context(name),
        }
    }

    fn entries(&self) -> impl Iterator<Item = &'static Entry> {
        self.uses.iter().map(|(_, entry)| *entry)
    }

    fn codes(&self) -> String {
        let mut kinds: Vec<String> = Vec::new();
        for (_, entry) in self.uses {
            let kind = match entry.code {
                Code::None => continue,
                Code::Number(_) => "integer".to_owned(),
                Code::Text(_) => "string".to_owned(),
                Code::Field(name) => match entry.field(name) {
                    Some(field) => of_code(field),
                    None => continue,
                },
            };
            add_new(&mut kinds, kind);
        }
        kinds.sort_by_key(|kind| kind != "string");
        list(kinds, "or").unwrap_or_else(|| "string or integer".to_owned())
    }

    fn message(&self) -> String {
        let mut kinds: Vec<String> = Vec::new();
        for (_, entry) in self.uses {
            let kind = match entry.message {
                Message::None => continue,
                Message::Text(_) | Message::Display(_) => "string".to_owned(),
                Message::Field(name) => match entry.field(name) {
                    Some(field) => of_field(field, true),
                    None => continue,
                },
            };
            add_new(&mut kinds, kind);
        }
        list(kinds, "or").unwrap_or_else(|| "string".to_owned())
    }

    fn details(&self) -> &'static str {
        let mut kinds = self.uses.iter().map(|(_, entry)| entry.details);
        if kinds.all(|details| matches!(details, Details::Object | Details::Nothing)) {
            "object"
        } else {
            "depends on the error"
        }
    }

    /// A constant of the user's own, with the values that it has.
    fn constant(&self, name: &str) -> (String, String) {
        let mut values: Vec<String> = Vec::new();
        let mut is_open = false;
        for (_, entry) in self.uses {
            let found = entry.constants.iter().find(|(other, _)| *other == name);
            match found {
                Some((_, Node::Constant(json))) => add_new(&mut values, text::code(json)),
                Some(_) => is_open = true,
                None => {}
            }
        }
        let meaning = "It depends on the error: see the examples.".to_owned();
        if is_open || values.is_empty() || values.len() > LISTED {
            return ("constant".to_owned(), meaning);
        }
        let values = list(values, "or").unwrap_or_default();
        (values, meaning)
    }

    /// A field that every entry with this shape may have.
    fn field(&self, name: &str) -> (String, String) {
        let field = self
            .uses
            .iter()
            .find_map(|(_, entry)| entry.fields.iter().find(|field| field.ident == name));
        match field {
            Some(field) => {
                let meaning = or_else(prose::line(field.docs), "A field of the error.");
                (of_field(field, true), meaning)
            }
            None => ("any JSON".to_owned(), "A field of the error.".to_owned()),
        }
    }

    fn context(&self, name: &str) -> (String, String) {
        let field = self
            .uses
            .iter()
            .filter_map(|(context, _)| self.catalog.contexts.get(*context))
            .find_map(|context| context.fields.iter().find(|field| field.name == name));
        let Some(field) = field else { return ("any JSON".to_owned(), String::new()) };
        let meaning = if self.catalog.correlate == Some(name) {
            "Which request it answers: the value that the request had. Settle that one."
        } else {
            "It comes with the message, and says nothing of the error."
        };
        let example = field
            .example
            .map_or(String::new(), |json| format!(" For example {}.", text::code(json)));
        (of_type(&(field.ty)()).unwrap_or_else(|| ANY.to_owned()), format!("{meaning}{example}"))
    }
}

fn or_else(text: String, otherwise: &str) -> String {
    if text.is_empty() { otherwise.to_owned() } else { text }
}

/// What is said of a type that has no schema.
const ANY: &str = "any JSON";

/// The type of a field in words; one that is only in a text is a string.
fn of_field(field: &Field, is_value: bool) -> String {
    let otherwise = if is_value { ANY } else { "string" };
    match field.cast {
        Some(Cast::String) => "string".to_owned(),
        _ => of_type(&field.ty).unwrap_or_else(|| otherwise.to_owned()),
    }
}

fn of_type(ty: &FieldType) -> Option<String> {
    let typed = Typed::of(ty)?;
    Some(in_words(&typed.ty, &typed.definitions, ty.optional, text::code))
}

/// The type of a code that comes with the occurrence: a number of any width is one.
fn of_code(field: &Field) -> String {
    match Typed::of(&field.ty).map(|typed| typed.ty).filter(|_| field.cast.is_none()) {
        Some(Type::Integer(_)) => "integer".to_owned(),
        Some(Type::String(..)) => "string".to_owned(),
        _ => of_field(field, true),
    }
}

/// Whether a field may be left out is said with its type.
pub(super) fn of_fields_column(field: &Field, is_value: bool) -> String {
    let ty = of_field(field, is_value);
    if field.ty.optional { format!("{ty}, optional") } else { ty }
}
