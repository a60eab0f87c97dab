//! Which entry a frame is: first what all messages of an envelope have in common, then the code,
//! then what is the entry's own.

use serde_json::Value;

use super::common::{common, disjoint, lengthened, lenient, reduced, widened, without};
use super::compile::{CONSTANT, TOLD, points};
use super::lower::{Lowering, exact};
use super::pattern::{Check, Pattern, Values};
use super::schema::{Schemas, Type};
use crate::catalog::{
    Catalog, Code, Delivery, Details, Entry, Envelope, Format, Message, Node, Piece, Retry,
    RetryKind, Slot, Text,
};
use crate::export::error::ExportError;
use crate::wire::{Shape, own_templates};

/// What messages are, and so what they are compared with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Frames {
    /// JSON.
    Json,
    /// The text of a frame.
    Text,
    /// What is unpacked of a binary frame.
    Packed,
}

/// The messages of one envelope in one context.
#[derive(Debug)]
pub(super) struct Group {
    pub(super) frames: Frames,
    /// Whether a code that is a number stands there as characters.
    pub(super) has_digits: bool,
    /// What all have in common; it takes the code where they have one.
    pub(super) key: Pattern,
    pub(super) rows: Vec<Row>,
    /// What is taken from a message whose code is unknown.
    pub(super) unknown: Option<Pattern>,
    /// What the messages of its entries must have.
    whole: Vec<Pattern>,
}

impl Group {
    /// Whether no message is of both.
    pub(super) fn is_disjoint(&self, other: &Self) -> bool {
        // A message is of a reading where it has all of its patterns; a key says nothing of what
        // follows the elements that it has.
        type Reading<'a> = Vec<(&'a Pattern, bool)>;
        fn readings(group: &Group) -> Vec<Reading<'_>> {
            let known = group.whole.iter().map(|pattern| vec![(pattern, true)]);
            let unknown = group.unknown.as_ref();
            known.chain(unknown.map(|unknown| vec![(&group.key, false), (unknown, true)])).collect()
        }
        let are_disjoint = |one: &Reading<'_>, other: &Reading<'_>| {
            one.iter().any(|(one, lengths)| {
                other.iter().any(|(other, others)| disjoint(one, other, *lengths && *others))
            })
        };
        readings(self)
            .iter()
            .all(|one| readings(other).iter().all(|other| are_disjoint(one, other)))
    }
}

/// One entry in a group.
#[derive(Debug)]
pub(super) struct Row {
    pub(super) entry: &'static Entry,
    /// The code as it is on the wire; `None` where it has none, or any.
    pub(super) wire: Option<Value>,
    /// What is not compared by the group's key.
    pub(super) pattern: Pattern,
    /// What all of it counts where several readings are compared: its constants, its members, and
    /// what tells the entry.
    pub(super) rank: u64,
}

/// More than any frame can count: a known code comes before all else.
const KNOWN: u64 = 1_000_000_000_000;

/// All groups of a catalog, and what is taken from the messages of each of its entries.
pub(super) struct Groups {
    pub(super) groups: Vec<Group>,
    pub(super) values: Vec<(&'static Entry, Values)>,
    /// What is taken from messages with an unknown code.
    pub(super) unknown: Option<Values>,
    /// The types of the codes that are unknown, and whether there may be none.
    pub(super) unknown_code: (Type, bool),
}

/// An entry in one encoding, before it is known what is common.
struct Candidate {
    entry: &'static Entry,
    /// What tells it: its code, its name, or neither.
    told: Option<Slot>,
    encoding: (usize, usize),
    /// The templates of the entry's own that are in it.
    own: Vec<(&'static str, &'static Node)>,
    format: Format,
    pattern: Pattern,
}

/// The entries that generated clients know.
pub(super) fn visible(catalog: &'static Catalog) -> impl Iterator<Item = &'static Entry> {
    catalog.entries.iter().filter(|entry| !entry.hidden)
}

pub(super) fn groups(
    catalog: &'static Catalog,
    schemas: &mut Schemas<'_>,
    codes: &Type,
) -> Result<Groups, ExportError> {
    let mut candidates: Vec<Vec<Candidate>> = Vec::new();
    let mut values: Vec<(&'static Entry, Values)> = Vec::new();
    for entry in visible(catalog) {
        let mut taken: Option<Values> = None;
        for &encoding in entry.envelopes {
            let (index, envelope) = encoding;
            let Some(context) = catalog.contexts.get(index) else { continue };
            let Some((shape, format)) = Shape::of(catalog, entry, index) else { continue };
            let mut lowering = Lowering { catalog, entry, context, schemas, codes };
            let (mut told, mut pattern) = (None, lowering.root(&shape, format)?);
            for slot in [Slot::Code, Slot::Name] {
                let Some((shape, _)) = Shape::with_open(slot, catalog, entry, index) else {
                    continue;
                };
                let open = lowering.root(&shape, format)?;
                if open.has_code() {
                    (told, pattern) = (Some(slot), open);
                    break;
                }
            }
            let new = pattern.values();
            taken = Some(match taken {
                Some(values) => values.or(&new),
                None => new,
            });
            let template = catalog.envelopes.get(envelope);
            let own = template.map_or(Vec::new(), |one| own_templates(entry, &one.template));
            let place = (index, envelope, told, own.clone());
            let candidate = Candidate { entry, told, encoding, own, format, pattern };
            let group = candidates.iter_mut().find(|group| {
                group.first().is_some_and(|first| {
                    let (context, envelope) = first.encoding;
                    (context, envelope, first.told, first.own.clone()) == place
                })
            });
            match group {
                Some(group) => group.push(candidate),
                None => candidates.push(vec![candidate]),
            }
        }
        values.extend(taken.map(|taken| (entry, taken)));
    }
    // Of equal envelopes that of the context that is declared first counts.
    candidates.sort_by_key(|group| group.first().map(|first| first.encoding.0));
    let mut groups = Vec::new();
    let mut unknown: Option<Values> = None;
    let (mut code_types, mut may_lack_code) = (Vec::new(), false);
    for candidates in candidates {
        let group = group(catalog, schemas, codes, candidates)?;
        if let Some(pattern) = &group.unknown {
            let new = pattern.values();
            unknown = Some(match unknown {
                Some(values) => values.or(&new),
                None => new,
            });
            let code = group.key.values().error.remove("code");
            may_lack_code |= code.is_none();
            code_types.extend(code.map(|(ty, _)| ty));
        }
        groups.push(group);
    }
    let unknown_code = (super::schema::union(code_types), may_lack_code);
    Ok(Groups { groups, values, unknown, unknown_code })
}

fn group(
    catalog: &'static Catalog,
    schemas: &mut Schemas<'_>,
    codes: &Type,
    mut candidates: Vec<Candidate>,
) -> Result<Group, ExportError> {
    tell_apart_by_text(&mut candidates);
    let Some(first) = candidates.first() else {
        return Ok(Group {
            frames: Frames::Json,
            has_digits: false,
            key: Pattern::Any,
            rows: Vec::new(),
            unknown: None,
            whole: Vec::new(),
        });
    };
    let (entry, told, encoding, format) = (first.entry, first.told, first.encoding, first.format);
    let frames = match (format, catalog.envelopes.get(encoding.1)) {
        (Format::Text, _) => Frames::Text,
        (Format::Json | Format::Binary, Some(Envelope { template: Node::Chain(_), .. })) => {
            Frames::Text
        }
        (Format::Binary, Some(Envelope { template, .. })) if is_string(template) => Frames::Text,
        (Format::Json, _) => Frames::Json,
        _ => Frames::Packed,
    };
    let nobody = nobody(entry, told);
    let mut anything = Pattern::Any;
    if let (Some((shape, format)), Some(context)) = (
        Shape::with_open(told.unwrap_or(Slot::Code), catalog, &nobody, encoding.0),
        catalog.contexts.get(encoding.0),
    ) {
        let mut lowering = Lowering { catalog, entry: &nobody, context, schemas, codes };
        anything = lowering.root(&shape, format)?;
    }
    let key = candidates
        .iter()
        .map(|candidate| reduced(&candidate.pattern))
        .reduce(common)
        .flatten()
        .unwrap_or(Pattern::Any);
    let is_exact = !key.has_constant();
    let strict = |pattern: Pattern| if is_exact { exact(pattern) } else { pattern };
    let mut rows = Vec::new();
    let mut has_digits = false;
    let mut whole = Vec::new();
    let mut unknown = strict(anything);
    if is_exact {
        for candidate in &candidates {
            unknown = widened(unknown, &candidate.pattern);
        }
    }
    for candidate in &candidates {
        unknown = lengthened(unknown, &candidate.pattern);
    }
    let is_told_by_text = !candidates.iter().any(|candidate| takes_any_text(&candidate.pattern));
    for Candidate { entry, pattern, .. } in candidates {
        let (pattern, wire) = match entry.code {
            _ if told == Some(Slot::Name) => (pattern, Some(entry.name.into())),
            Code::Field(name) => (with_own_code(pattern, entry, name, schemas), None),
            Code::Number(number) if key.has_code() => {
                let is_text = takes_code_as_text(&pattern, codes);
                has_digits |= is_text;
                let text = Value::from(number.to_string());
                (pattern, Some(if is_text { text } else { number.into() }))
            }
            Code::Text(text) if key.has_code() => (pattern, Some(text.into())),
            _ => (pattern, None),
        };
        whole.push(pattern.clone());
        // What tells an entry decides last: its code, its shape, or that no other has its code.
        let told_by = match entry.code {
            _ if wire.is_some() => KNOWN + CONSTANT + 4 * TOLD,
            Code::Field(_) => TOLD,
            _ => 3 * TOLD,
        };
        let rank = points(&pattern) + told_by;
        // A code that is known is a constant, too.
        let is_told = wire.is_some() || pattern.has_constant();
        let pattern = if is_told { pattern } else { strict(pattern) };
        rows.push(Row { entry, wire, pattern: without(pattern, &key), rank });
    }
    let is_open = key.has_code() || is_told_by_text;
    let unknown = is_open.then(|| lenient(without(unknown, &key)));
    Ok(Group { frames, has_digits, key, rows, unknown, whole })
}

/// Whether a template is a string, which is text then.
fn is_string(template: &Node) -> bool {
    match template {
        Node::Composed(_) => true,
        Node::Constant(json) => json.starts_with('"'),
        _ => false,
    }
}

/// Whether a number is on the wire as characters: because the envelope says so, or inside a string
/// where other codes are texts.
fn takes_code_as_text(pattern: &Pattern, codes: &Type) -> bool {
    let own = Pattern::Take("code".to_owned(), Check::Type(codes.clone()));
    let found = std::cell::Cell::new(false);
    let _ = pattern.clone().map(&|pattern| {
        match &pattern {
            Pattern::Take(name, _) if name == "code" && pattern != own => found.set(true),
            Pattern::Written(_) if *codes != Type::Integer && pattern.has_code() => found.set(true),
            _ => {}
        }
        pattern
    });
    found.get()
}

/// A catch-all takes codes of its field's type only.
fn with_own_code(
    pattern: Pattern,
    entry: &'static Entry,
    field: &str,
    schemas: &mut Schemas<'_>,
) -> Pattern {
    let field = entry.field(field);
    let Some(ty) = field.and_then(|field| schemas.of_field(&field.ty, field.cast)) else {
        return pattern;
    };
    pattern.map(&|pattern| match pattern {
        Pattern::Take(name, _) if name == "code" => Pattern::Take(name, Check::Type(ty.clone())),
        other => other,
    })
}

/// Whether the text, where there is one, tells nothing.
fn takes_any_text(pattern: &Pattern) -> bool {
    let told = std::cell::Cell::new(false);
    let _ = pattern.clone().map(&|pattern| {
        told.set(
            told.get() || matches!(pattern, Pattern::Take(_, Check::Text(_) | Check::Like(_))),
        );
        pattern
    });
    !told.get()
}

/// An entry that has nothing of what others have, but a text and what tells it.
fn nobody(other: &'static Entry, told: Option<Slot>) -> Entry {
    Entry {
        name: "\0",
        code: if told.is_some() { Code::Text("\0") } else { Code::None },
        delivery: Delivery::Soft,
        retry: Retry::new(RetryKind::Never),
        message: Message::Text(Text::EMPTY),
        fields: &[],
        details: Details::Nothing,
        constants: &[],
        ..*other
    }
}

/// Where messages differ in their text only, the text tells them apart.
fn tell_apart_by_text(candidates: &mut [Candidate]) {
    let same = |one: &Candidate, other: &Candidate| {
        let is_one_code = match one.told {
            Some(Slot::Code) => one.entry.code == other.entry.code,
            Some(_) => one.entry.name == other.entry.name,
            None => true,
        };
        is_one_code && one.pattern == other.pattern
    };
    let alike: Vec<bool> = candidates
        .iter()
        .map(|one| candidates.iter().filter(|other| same(one, other)).count() > 1)
        .collect();
    for (candidate, _) in candidates.iter_mut().zip(alike).filter(|(_, alike)| *alike) {
        let (Message::Text(text) | Message::Display(text)) = candidate.entry.message else {
            continue;
        };
        let check = match text.constant() {
            Some(text) => Check::Text(text.to_owned()),
            None => Check::Like(pieces(&text)),
        };
        let pattern = std::mem::replace(&mut candidate.pattern, Pattern::Any);
        candidate.pattern = pattern.map(&|pattern| match pattern {
            Pattern::Take(name, _) if name == "message" => Pattern::Take(name, check.clone()),
            other => other,
        });
    }
}

/// The literals of a text, and `None` for each value between them.
pub(super) fn pieces(text: &Text) -> Vec<Option<String>> {
    let mut out: Vec<Option<String>> = Vec::new();
    for piece in text.0 {
        match piece {
            Piece::Literal(text) => out.push(Some((*text).to_owned())),
            Piece::Field { .. } if out.last() == Some(&None) => {}
            Piece::Field { .. } => out.push(None),
        }
    }
    out
}
