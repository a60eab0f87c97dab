//! What the modules for clients have in common, whatever language they are in: which errors and closes
//! there are, what they are called, and the types of what they hold.

mod check;
mod lowering;
mod members;
mod names;
mod plan;
mod policies;
mod schemas;
mod values;
mod wire_names;

pub(super) use check::{Check, FrameCheck, MemberCheck, Part};
pub(super) use members::{Case, Holds, Member, UNKNOWN};
pub(super) use names::{Names, is_identifier, pascal, quoted};
pub(super) use policies::{NOTHING, Naming, fallback, guards, messages, ranges, retries};
pub(super) use schemas::{Definition, Schemas, tuple};
pub(super) use values::{Target, Typing, Values};

use super::error::{ExportError, Owner};
use super::visible::{refuse_untyped, visible_entries};
use crate::catalog::{Catalog, Entry, Format};
use crate::types::FieldTypes;
use ws_errors_core::json::Kinds;
use ws_errors_core::reading::{Class, CloseCodePattern, FramePattern, Plan, Reading, Segment};

/// An entry with what its decoded messages hold.
pub(super) struct Interface {
    pub(super) entry: &'static Entry,
    /// The name of its type.
    pub(super) name: String,
    pub(super) values: Values,
}

/// An entry that a close reports.
pub(super) struct CloseEntry {
    pub(super) entry: &'static Entry,
    /// The name of its type.
    pub(super) name: String,
    pub(super) code: CloseCodePattern,
}

/// All that a module is made of.
pub(super) struct Client {
    /// The reading plan of what the client knows, errors over HTTP among it.
    pub(super) plan: Plan,
    /// The index of the context of answers over HTTP, where there are any.
    pub(super) http: Option<usize>,
    /// The entries that have messages.
    pub(super) interfaces: Vec<Interface>,
    /// What messages hold that nobody declared.
    pub(super) unknown: Values,
    /// Whether some of those have no code.
    pub(super) may_lack_code: bool,
    pub(super) closes: Vec<CloseEntry>,
    pub(super) definitions: Vec<Definition>,
    pub(super) typing: Typing,
}

impl Client {
    /// What the messages of the entry hold that a reading is of; `None` where nobody declared it.
    pub(super) fn values_of(&self, reading: &Reading) -> Option<&Values> {
        let entry = reading.entry?;
        let mut interfaces = self.interfaces.iter();
        interfaces.find(|one| one.entry.name == entry.name).map(|one| &one.values)
    }

    /// What a client knows of a catalog. Its types are called as no other of the module is.
    pub(super) fn of(catalog: &'static Catalog, names: &mut Names) -> Result<Self, ExportError> {
        refuse_untyped(catalog)?;
        let (whole, http) = with_responses(without_hidden(catalog));
        let plan = Plan::with_kinds(whole, &FieldTypes::code_kinds);
        let entries = plan
            .catalog
            .entries
            .iter()
            .filter(|entry| readings(&plan, Some(entry)).next().is_some());
        let entries: Vec<(&Entry, String)> =
            entries.map(|entry| (entry, names.take(entry.variant.to_owned(), "Entry"))).collect();
        let closes = closes(&plan, names);
        let mut schemas = Schemas::new(names);
        let typing = Typing::of(&plan, &mut schemas);
        let definitions = schemas.definitions();
        let values = |entry: Option<&'static Entry>| {
            let values = readings(&plan, entry).map(|reading| Values::of(reading, &typing));
            values.reduce(|all, one| all.or(&one)).unwrap_or_default()
        };
        let interfaces = entries
            .into_iter()
            .map(|(entry, name)| Interface { entry, name, values: values(Some(entry)) })
            .collect();
        let may_lack_code = readings(&plan, None)
            .any(|reading| !Values::of(reading, &typing).error.contains_key("code"));
        let unknown = values(None);
        Ok(Self { plan, http, interfaces, unknown, may_lack_code, closes, definitions, typing })
    }

    /// Refuses two fields for which a language has one name.
    pub(super) fn refuse_same_names(
        &self,
        language: &'static str,
        naming: Naming<'_>,
    ) -> Result<(), ExportError> {
        let owners = self.interfaces.iter().map(|one| (Owner::Entry(one.entry.name), &one.values));
        for (owner, values) in owners.chain([(Owner::Entry(UNKNOWN), &self.unknown)]) {
            let mut names: Vec<(bool, String, &str)> = Vec::new();
            for (target, field) in &values.fields {
                let (in_context, name) = match target {
                    Target::Error(name) => (false, naming(name)),
                    Target::Context(name) => (true, naming(name)),
                };
                let same = names.iter().find(|(of, known, other)| {
                    (*of, known, other != field) == (in_context, &name, true)
                });
                if let Some((.., other)) = same {
                    let (catalog, fields) = (self.plan.catalog.name, [*other, *field]);
                    return Err(ExportError::SameField {
                        catalog,
                        owner,
                        in_context,
                        fields,
                        name,
                        language,
                    });
                }
                names.push((in_context, name, field));
            }
        }
        Ok(())
    }
}

/// The readings of an entry, or of what nobody declared.
fn readings<'p>(
    plan: &'p Plan,
    entry: Option<&'static Entry>,
) -> impl Iterator<Item = &'p Reading> {
    let name = |entry: Option<&'static Entry>| entry.map(|entry| entry.name);
    let errors = plan.readings.iter().filter(|one| one.class != Class::Success);
    errors.filter(move |one| name(one.entry) == name(entry))
}

/// The entries that end a connection with a close code that a client sees.
fn closes(plan: &Plan, names: &mut Names) -> Vec<CloseEntry> {
    let mut out = Vec::new();
    for entry in plan.catalog.entries {
        let mut readings = plan.closes.iter();
        let Some(reading) = readings.find(|reading| std::ptr::eq(reading.entry, entry)) else {
            continue;
        };
        let name = names.take(format!("{}Close", entry.variant), "Entry");
        out.push(CloseEntry { entry, name, code: reading.code });
    }
    out
}

/// The catalog as clients know it. Where entries are hidden, a copy is made that stays: a catalog is
/// exported once.
fn without_hidden(catalog: &'static Catalog) -> &'static Catalog {
    if catalog.entries.iter().all(|entry| !entry.hidden) {
        return catalog;
    }
    let entries = visible_entries(catalog).copied().collect::<Vec<Entry>>().leak();
    Box::leak(Box::new(Catalog { entries, ..*catalog }))
}

/// The catalog with its errors over HTTP, and the index of the context that these have, where there are
/// any. Interfaces are of both.
fn with_responses(catalog: &'static Catalog) -> (&'static Catalog, Option<usize>) {
    match catalog.has_http() {
        true => (Box::leak(Box::new(catalog.with_http_responses())), Some(catalog.contexts.len())),
        false => (catalog, None),
    }
}

/// What the doc comment of an entry says; the `words` stand before a version since when it is there, and
/// before why it is deprecated.
fn docs(entry: &Entry, words: [&str; 2]) -> Vec<String> {
    let since = entry.since.map(|since| format!("{} {since}", words[0]));
    let deprecated =
        entry.deprecated.map(|why| format!("{} {why}", words[1]).trim_end().to_owned());
    let said = [Some(entry.docs.to_owned()), entry.advice.map(str::to_owned), since, deprecated];
    let mut lines = Vec::new();
    for paragraph in said.into_iter().flatten().filter(|paragraph| !paragraph.is_empty()) {
        if !lines.is_empty() {
            lines.push(String::new());
        }
        lines.push(paragraph);
    }
    lines
}

/// What messages are, and so what they are compared with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Frames {
    /// JSON.
    Json,
    /// The text of a frame.
    Text,
    /// The text that is in a binary frame.
    Bytes,
    /// What is unpacked of a binary frame.
    Packed,
}

impl Frames {
    pub(super) const fn of(reading: &Reading) -> Self {
        match (&reading.frame, reading.format) {
            (FramePattern::Text(_), Format::Binary) => Self::Bytes,
            (FramePattern::Text(_), _) => Self::Text,
            (_, Format::Json | Format::Text) => Self::Json,
            _ => Self::Packed,
        }
    }
}

/// The constant texts with which frames end that are not JSON alone.
pub(super) fn ends(plan: &Plan) -> Vec<String> {
    let mut ends: Vec<String> = Vec::new();
    for reading in &plan.readings {
        if let FramePattern::Text(segments) = &reading.frame
            && let Some(Segment::Literal(end)) = segments.last()
            && end.contains(char::is_control)
            && !ends.contains(end)
        {
            ends.push(end.clone());
        }
    }
    ends
}

/// The characters with which JSON of these kinds can begin.
pub(super) fn begins(kinds: Kinds) -> String {
    let characters = [
        (Kinds::OBJECT, "{"),
        (Kinds::ARRAY, "["),
        (Kinds::STRING, "\""),
        (Kinds::NUMBER, "-0123456789"),
        (Kinds::BOOL, "tf"),
        (Kinds::NULL, "n"),
    ];
    characters.iter().filter(|(kind, _)| kinds.has(*kind)).map(|(_, begin)| *begin).collect()
}
