//! What is kept of the messages of an entry, with its types: the members of its interface.

use std::collections::BTreeMap;

use ws_errors_core::distinct::{add_new, distinct};
use ws_errors_core::json::Kinds;
use ws_errors_core::names::client_name;
use ws_errors_core::reading::{Capture, FramePattern, Pattern, Plan, Reading, Segment};

use super::schemas::Schemas;
use crate::catalog::Filter;
use crate::types::{Limits, Type};

/// Where a value is put.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::export) enum Target {
    /// A member of the error: `code`, `message`, or a field by its name on the wire.
    Error(String),
    /// A member of its context.
    Context(&'static str),
}

/// Where what is captured is put: the first counts that an error has a member for.
fn target(captures: &[Capture]) -> Option<Target> {
    Some(named(captures)?.0)
}

/// The same with the other members that it is put into, too: a field that is the message or the code
/// has a member of its own where it also stands elsewhere in the messages of its entry, which keep
/// these values.
pub(super) fn targets(captures: &[Capture], of_entry: Option<&Values>) -> Vec<Target> {
    let fields = of_entry.map_or(&[][..], |values| &values.fields);
    let has_member = |target: &Target| fields.iter().any(|(member, _)| member == target);
    let others =
        captures.iter().skip(1).filter_map(|capture| target(std::slice::from_ref(capture)));
    distinct(target(captures).into_iter().chain(others.filter(has_member)))
}

/// The same with the name of the field that is put there, if it is one.
fn named(captures: &[Capture]) -> Option<(Target, Option<&'static str>)> {
    captures.iter().find_map(|capture| match capture {
        Capture::Code => Some((Target::Error("code".to_owned()), None)),
        Capture::Message => Some((Target::Error("message".to_owned()), None)),
        // All that an unknown error has is in its `data`.
        Capture::Details => None,
        Capture::Field(field) => Some((Target::Error(client_name(field.name)), Some(field.name))),
        Capture::Context(field) => Some((Target::Context(field.name), Some(field.name))),
    })
}

/// The types of the values of a plan.
pub(in crate::export) struct Typing {
    types: Vec<Type>,
}

impl Typing {
    pub(in crate::export) fn of(plan: &Plan, schemas: &mut Schemas<'_>) -> Self {
        Self { types: plan.types.iter().map(|ty| schemas.of_field(ty)).collect() }
    }

    /// The type of a value; `nothing` says that `null` stands for nothing in its place.
    pub(in crate::export) fn value(&self, kinds: Kinds, ty: Option<usize>, nothing: bool) -> Type {
        let ty = match ty.and_then(|ty| self.types.get(ty)) {
            Some(ty) => ty.clone(),
            None => of_kinds(kinds),
        };
        if nothing { ty.without_null() } else { ty }
    }

    /// The type of what stands among characters: that of a string, or of what they are the JSON of.
    pub(in crate::export) fn characters(&self, kinds: Kinds, ty: Option<usize>) -> Type {
        match ty.map(|ty| self.value(kinds, Some(ty), true)) {
            None | Some(Type::Any) => string(),
            Some(ty) => ty,
        }
    }
}

/// The type of any text.
pub(in crate::export) fn string() -> Type {
    Type::String(Limits::new(), Vec::new())
}

/// The type of values of these kinds.
pub(in crate::export) fn of_kinds(kinds: Kinds) -> Type {
    if kinds == Kinds::ANY {
        return Type::Any;
    }
    let types = Kinds::EACH.into_iter().filter(|kind| kinds.has(*kind)).map(|kind| match kind {
        Kinds::NULL => Type::Null,
        Kinds::BOOL => Type::Boolean,
        Kinds::NUMBER => Type::Number(Limits::new()),
        Kinds::STRING => string(),
        Kinds::ARRAY => Type::read(&serde_json::json!({ "type": "array" })),
        _ => Type::read(&serde_json::json!({ "type": "object" })),
    });
    Type::union(types.collect())
}

/// The type of a code: of one in a string whose kinds have no text, a number.
pub(in crate::export) fn of_code(kinds: Kinds, among_characters: bool) -> Type {
    let kinds = kinds.and(Kinds::CODE);
    match of_kinds(kinds) {
        _ if among_characters && kinds.has(Kinds::STRING) => string(),
        ty => ty,
    }
}

/// What is kept of the messages of an entry: each with its type, and whether it may be absent.
#[derive(Debug, Clone, Default, PartialEq)]
pub(in crate::export) struct Values {
    pub(in crate::export) error: Types,
    pub(in crate::export) context: Types,
    /// Where they stand on the wire, as far as there is a name for it.
    pub(in crate::export) places: Vec<(Target, Vec<WireStep>)>,
    /// The fields among them, by their names in the catalog.
    pub(in crate::export) fields: Vec<(Target, &'static str)>,
}

pub(in crate::export) type Types = BTreeMap<String, (Type, bool)>;

impl Values {
    /// What a reading keeps.
    pub(in crate::export) fn of(reading: &Reading, typing: &Typing) -> Self {
        let mut collector = Collector { typing, values: Self::default(), place: None };
        match &reading.frame {
            FramePattern::Json(pattern) => {
                collector.place = Some(Vec::new());
                collector.pattern(pattern, false, false, false);
            }
            FramePattern::Text(segments) => collector.segments(segments, false),
        }
        collector.values
    }

    /// What is kept by either of two readings: optional where the other doesn't keep it.
    pub(in crate::export) fn or(mut self, other: &Self) -> Self {
        self.error = either(self.error, &other.error);
        self.context = either(self.context, &other.context);
        other.places.iter().for_each(|place| add_new(&mut self.places, place.clone()));
        other.fields.iter().for_each(|field| add_new(&mut self.fields, field.clone()));
        self
    }
}

fn either(mut one: Types, other: &Types) -> Types {
    for (name, (_, optional)) in &mut one {
        *optional |= !other.contains_key(name);
    }
    for (name, (ty, optional)) in other {
        let never = (Type::Union(Vec::new()), false);
        let is_new = !one.contains_key(name);
        let entry = one.entry(name.clone()).or_insert(never);
        let types = vec![entry.0.clone(), ty.clone()];
        *entry = (Type::union(types), entry.1 || *optional || is_new);
    }
    one
}

/// A step to where a value stands in a frame.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::export) enum WireStep {
    /// To the member with this key.
    Key(String),
    /// To the element with this index.
    Index(usize),
    /// To the JSON that a string holds.
    Encoded,
}

struct Collector<'a> {
    typing: &'a Typing,
    values: Values,
    /// Where the pattern stands; among the characters of a frame nothing has a name.
    place: Option<Vec<WireStep>>,
}

impl Collector<'_> {
    /// `optional`: it may be absent. `nothing`: `null` is the same as absent. `characters`: it
    /// stands among others.
    fn pattern(&mut self, pattern: &Pattern, optional: bool, nothing: bool, characters: bool) {
        match pattern {
            Pattern::Value { kinds, ty, optional: may_be_nothing, captures } => {
                let is_open = *may_be_nothing || *kinds == Kinds::ANY;
                let nullable = if is_open { *kinds } else { kinds.without(Kinds::NULL) };
                if characters {
                    let ty = self.typing.characters(*kinds, *ty);
                    self.add(captures, ty, optional || *may_be_nothing);
                } else {
                    let ty = self.typing.value(nullable, *ty, nothing);
                    self.add(captures, ty, optional);
                }
            }
            Pattern::Code { kinds, quoted, captures, .. } => {
                let ty =
                    if *quoted && !characters { string() } else { of_code(*kinds, characters) };
                self.add(captures, ty, optional);
            }
            Pattern::Object(members) => {
                for one in members {
                    self.place.iter_mut().for_each(|at| at.push(WireStep::Key(one.key.clone())));
                    self.pattern(&one.value, optional || one.optional, one.optional, false);
                    self.place.iter_mut().for_each(|at| drop(at.pop()));
                }
            }
            Pattern::Array(elements) => {
                let whole = self.place.clone();
                for (index, one) in elements.iter().enumerate() {
                    self.place.iter_mut().for_each(|at| at.push(WireStep::Index(index)));
                    if one.spliced {
                        // Behind a list the place of an element depends on its length.
                        self.place = None;
                    }
                    let nothing = one.optional || one.spliced;
                    self.pattern(&one.value, optional || one.optional, nothing, false);
                    self.place.iter_mut().for_each(|at| drop(at.pop()));
                }
                self.place = whole;
            }
            Pattern::Text(segments) => self.segments(segments, optional),
            Pattern::Encoded(inner) => {
                self.place.iter_mut().for_each(|at| at.push(WireStep::Encoded));
                self.pattern(inner, optional, false, false);
                self.place.iter_mut().for_each(|at| drop(at.pop()));
            }
            Pattern::OneOf(patterns) => {
                for pattern in patterns {
                    self.pattern(pattern, true, true, characters);
                }
            }
            Pattern::Both(one, other) => {
                self.pattern(one, optional, nothing, characters);
                self.pattern(other, optional, nothing, characters);
            }
            Pattern::Lenient(pattern) => self.pattern(pattern, true, true, characters),
            // What stands in it stands alone there.
            pattern => pattern.each_child(&mut |child| self.pattern(child, optional, false, false)),
        }
    }

    fn segments(&mut self, segments: &[Segment], optional: bool) {
        for segment in segments {
            match segment {
                // A number says nothing of what was counted.
                Segment::Literal(_) | Segment::Filtered(Filter::Len, _) => {}
                Segment::Slot(pattern) | Segment::Filtered(_, pattern) => {
                    self.pattern(pattern, optional, true, true);
                }
                Segment::Json(pattern) => self.pattern(pattern, optional, false, false),
                Segment::Optional(segments) => self.segments(segments, true),
            }
        }
    }

    /// A value that stands in two places is there when it is in either.
    fn add(&mut self, captures: &[Capture], ty: Type, optional: bool) {
        let Some((target, field)) = named(captures) else { return };
        if let Some(place) = self.place.clone() {
            add_new(&mut self.values.places, (target.clone(), place));
        }
        if let Some(field) = field {
            add_new(&mut self.values.fields, (target.clone(), field));
        }
        let (types, name) = match target {
            Target::Error(name) => (&mut self.values.error, name),
            Target::Context(name) => (&mut self.values.context, name.to_owned()),
        };
        match types.get_mut(&name) {
            Some((_, known)) => *known &= optional,
            None => drop(types.insert(name, (ty, optional))),
        }
    }
}
