//! Where the slots of a string end.
//!
//! A client takes a string apart at the characters that are constant in it. A value that can hold
//! those characters would end too early, and what is behind it would begin in the middle of it: a
//! sender could forge the rest of the string, and our own frame would be read as something else.

use super::{Finding, Place, Subject};
use crate::catalog::{
    Catalog, Entry, FieldType, Filter, Format, Message, Node, Piece, Slot, Stands,
};
use crate::distinct::add_new;
use crate::escape::characters_of;
use crate::shape::{Fragment, Shape};

/// A slot in a string with others behind it, whose value may hold the characters that follow it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unended {
    /// The slot.
    pub slot: Slot,
    /// The characters that follow it.
    pub separator: String,
    /// Whether it is none where its type is a number or a boolean, and only the type knows.
    pub unless_scalar: bool,
}

impl Unended {
    /// What is wrong, and what to write instead.
    pub fn message(&self) -> String {
        let Self { slot, separator, .. } = self;
        let before = match separator.as_str() {
            "" => "stands right before other values".to_owned(),
            separator => format!("may hold the `{}` behind it", separator.escape_debug()),
        };
        let filters = Filter::NAMED.iter().filter(|(_, filter)| filter.ends_before(separator));
        let filters: Vec<_> = filters.map(|(name, _)| format!("`{{{slot}:{name}}}`")).collect();
        let filters = match filters.as_slice() {
            [] => String::new(),
            filters => {
                format!(", give it a filter that leaves none in it ({})", filters.join(", "))
            }
        };
        format!(
            "`{slot}` {before}, so that a client can't see where it ends; let it be the last of the string{filters}, or put it into a member of its own"
        )
    }
}

/// Refuses strings that a client can't take apart.
pub(super) fn slots_end(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let catalog = subject.catalog;
    for (index, entry) in subject.read_entries() {
        for (context, envelope) in entry.envelopes {
            for unended in unended(catalog, entry, *context) {
                if unended.unless_scalar {
                    continue;
                }
                let finding = Finding::new(
                    place_of_slot(catalog, index, *envelope, unended.slot),
                    unended.message(),
                );
                if !findings.iter().any(|other| other.place == finding.place) {
                    findings.push(finding);
                }
            }
        }
    }
}

/// Where a slot stands in a string: in the envelope, or in a constant of the entry's own.
pub fn place_of_slot(catalog: &Catalog, index: usize, envelope: usize, slot: Slot) -> Place {
    let is_it = |other, stands| other == slot && stands == Stands::Characters;
    place_where(catalog, index, envelope, &is_it)
}

/// Where the first slot stands that is wanted: in an envelope of an entry, or in a constant of its own.
pub(super) fn place_where(
    catalog: &Catalog,
    index: usize,
    envelope: usize,
    is_wanted: &dyn Fn(Slot, Stands) -> bool,
) -> Place {
    let template = catalog.envelopes.get(envelope).map(|envelope| &envelope.template);
    if let Some(at) = template.and_then(|template| position(template, is_wanted)) {
        return Place::Slot(envelope, at);
    }
    let constants = catalog.entries.get(index).map_or(&[][..], |entry| entry.constants);
    let found = constants.iter().find_map(|(name, node)| Some((*name, position(node, is_wanted)?)));
    match found {
        Some((name, at)) => Place::Entry(index, super::Part::ConstantSlot(name, at)),
        None => Place::Envelope(envelope),
    }
}

/// How many slots stand before the first that is wanted.
fn position(template: &Node, is_wanted: &dyn Fn(Slot, Stands) -> bool) -> Option<usize> {
    let (mut count, mut found) = (0, None);
    template.each_slot(&mut |slot, stands| {
        if found.is_none() && is_wanted(slot, stands) {
            found = Some(count);
        }
        count += 1;
    });
    found
}

/// The slots of an entry's message in a context that a client can't see the end of.
pub fn unended(catalog: &Catalog, entry: &Entry, context: usize) -> Vec<Unended> {
    let mut strings = Strings { entry, found: Vec::new() };
    // Readers leave open whether an entry is recoverable.
    if let Some((shape, format)) = Shape::with_open(Slot::Recoverable, catalog, entry, context) {
        let is_text = matches!(format, Format::Text | Format::Binary);
        match &shape {
            Shape::Composed(_) if is_text => strings.string(&shape, true),
            shape => strings.visit(shape),
        }
    }
    strings.found
}

/// The strings of a shape.
struct Strings<'e> {
    entry: &'e Entry,
    found: Vec<Unended>,
}

/// What a string consists of.
enum Part<'s> {
    Literal(&'s str),
    Slot(&'s Shape, Option<Filter>),
    /// JSON, and the character with which it begins where that is known.
    Json(Option<char>),
}

impl Strings<'_> {
    fn visit(&mut self, shape: &Shape) {
        match shape {
            Shape::Composed(_) => self.string(shape, false),
            Shape::Chain(items) => {
                let json = items.iter().filter(|item| !matches!(item.value, Shape::Composed(_)));
                json.for_each(|item| self.visit(&item.value));
                self.string(shape, true);
            }
            shape => shape.each_child(&mut |child| self.visit(child)),
        }
    }

    /// Looks at a string. `is_text`: it is text as it is, and has no control character of a value's.
    fn string(&mut self, shape: &Shape, is_text: bool) {
        let mut parts = Vec::new();
        push_parts(shape, &mut parts);
        for (index, part) in parts.iter().enumerate() {
            let Part::Slot(shape, filter) = *part else { continue };
            let mut rest = parts.get(index + 1..).unwrap_or_default();
            let mut separator = String::new();
            while let [Part::Literal(literal), after @ ..] = rest {
                separator.push_str(literal);
                rest = after;
            }
            // What stands last ends where the string does.
            let is_last = !rest.iter().any(|part| !matches!(part, Part::Literal(_)));
            if is_last || self.ends_before(shape, filter, &separator, rest, is_text) {
                continue;
            }
            let scalar = self.type_of(shape).filter(|_| is_no_scalars(&separator, rest));
            let unless_scalar = scalar.is_some_and(|ty| !ty.is_known);
            let unended = Unended { slot: slot_of(shape), separator, unless_scalar };
            add_new(&mut self.found, unended);
        }
    }

    fn ends_before(
        &self,
        shape: &Shape,
        filter: Option<Filter>,
        separator: &str,
        rest: &[Part<'_>],
        is_text: bool,
    ) -> bool {
        if let [Part::Json(_), after @ ..] = rest
            && !after.iter().any(|part| matches!(part, Part::Slot(..)))
            && !separator.trim().is_empty()
        {
            // JSON that ends the text begins where all that follows is JSON.
            return true;
        }
        if matches!(shape, Shape::Text(text) if text.0.is_empty()) {
            // `true` or `false`.
            return is_no_scalars(separator, rest);
        }
        if filter.is_some_and(|filter| filter.ends_before(separator)) {
            return true;
        }
        // A text frame has no control character but its own.
        let is_replaced = filter.is_none() && is_text && separator.starts_with(char::is_control);
        if let Some(pieces) = shape.pieces() {
            return !separator.is_empty()
                && pieces.iter().all(|piece| match piece {
                    Piece::Literal(text) => !text.contains(separator),
                    Piece::Field { .. } => is_replaced,
                });
        }
        let ty = self.type_of(shape);
        if is_replaced || ty.is_some_and(|ty| ty.scalar.is_some()) && is_no_scalars(separator, rest)
        {
            return true;
        }
        match shape {
            Shape::Default(shape, default) => {
                let is_constant = |constant: &str| {
                    !separator.is_empty() && !characters_of(constant).contains(separator)
                };
                self.ends_before(shape, filter, separator, rest, is_text)
                    && match default.as_ref() {
                        Shape::Constant(constant) => is_constant(constant),
                        default => self.ends_before(default, filter, separator, rest, is_text),
                    }
            }
            _ => false,
        }
    }

    /// The type of the values of a slot, where it is that of a field.
    fn type_of(&self, shape: &Shape) -> Option<FieldType> {
        match shape {
            Shape::Field(field, _) | Shape::Code(field, _) => Some(field.ty),
            Shape::Context(field, _) => Some((field.ty)()),
            Shape::Message(Message::Field(name)) => Some(self.entry.field(name)?.ty),
            _ => None,
        }
    }
}

fn push_parts<'s>(shape: &'s Shape, parts: &mut Vec<Part<'s>>) {
    match shape {
        Shape::Composed(fragments) => {
            for fragment in fragments {
                match fragment {
                    Fragment::Literal(text) => parts.push(Part::Literal(text)),
                    Fragment::Open(shape @ Shape::Composed(_)) => push_parts(shape, parts),
                    Fragment::Open(shape) => parts.push(Part::Slot(shape, None)),
                    Fragment::Filtered(shape, filter) => {
                        parts.push(Part::Slot(shape, Some(*filter)));
                    }
                }
            }
        }
        Shape::Chain(items) => items.iter().for_each(|item| push_parts(&item.value, parts)),
        Shape::Object(_) => parts.push(Part::Json(Some('{'))),
        Shape::Array(_) => parts.push(Part::Json(Some('['))),
        Shape::Constant(json) => parts.push(Part::Json(json.chars().next())),
        _ => parts.push(Part::Json(None)),
    }
}

/// Whether what follows begins with a character that is in no number, and neither in `true` nor in
/// `false`.
fn is_no_scalars(separator: &str, rest: &[Part<'_>]) -> bool {
    let next = separator.chars().next().or(match rest {
        [Part::Json(first), ..] => *first,
        _ => None,
    });
    next.is_some_and(|next| !next.is_ascii_alphanumeric() && !matches!(next, '+' | '-' | '.'))
}

fn slot_of(shape: &Shape) -> Slot {
    match shape {
        Shape::Field(field, _) => Slot::Field(field.ident),
        Shape::Context(field, _) => Slot::Context(field.name),
        Shape::Code(..) => Slot::Code,
        Shape::Text(text) if text.0.is_empty() => Slot::Recoverable,
        Shape::Text(_) => Slot::Reason,
        Shape::Default(shape, _) => slot_of(shape),
        _ => Slot::Message,
    }
}
