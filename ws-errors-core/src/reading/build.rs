//! The plan of a catalog.

use std::collections::{HashMap, HashSet};

use super::closes::closes;
use super::entry::Patterns;
use super::plan::{Class, Codes, FramePattern, Plan, Reading, Step};
use super::rank::Count;
use super::undeclared::Undeclared;
use crate::catalog::{
    Cast, Catalog, Code, Entry, Envelope, FieldType, Filter, Format, Node, Slot, Stands,
};
use crate::distinct::add_new;
use crate::json::{Json, Kinds};
use crate::shape::{Fragment, Shape};

impl Plan {
    /// The plan of a catalog, where nothing is known of the types of its fields.
    pub fn of(catalog: &Catalog) -> Self {
        Self::with_kinds(catalog, &|_| Kinds::ANY)
    }

    /// The plan of a catalog. `kinds_of` gives the JSON types that the values of a field's type
    /// have: a code that comes from a field has those of that field.
    pub fn with_kinds(catalog: &Catalog, kinds_of: &dyn Fn(&FieldType) -> Kinds) -> Self {
        let mut builder = Builder {
            catalog,
            patterns: Patterns { types: Vec::new(), kinds_of },
            readings: Vec::new(),
        };
        for group in groups(catalog) {
            builder.add(&group);
        }
        let Builder { patterns, mut readings, .. } = builder;
        super::told_apart::compare_messages(&mut readings);
        // Where all that may be no error has one shape, it is no other's either.
        let mut others = readings.iter().filter(|one| one.class > Class::Success);
        let of_shape =
            |one: &Reading| (one.context, one.envelope, one.entry.is_none(), one.separated);
        let first = others.next().map(of_shape);
        if first.is_none_or(|first| !first.3 && others.all(|one| of_shape(one) == first)) {
            readings.retain(|one| one.class != Class::Success);
        }
        readings.sort_by_cached_key(Reading::rank);
        super::json_first::put_json_before_texts_that_take_it(&mut readings);
        super::absent::require_what_is_shown_elsewhere_absent(&mut readings);
        let mut declared = Vec::new();
        for entry in catalog.entries.iter().filter(has_message) {
            declared.extend(code_of(entry));
        }
        Self {
            catalog: *catalog,
            switch: switch(readings.iter()),
            readings,
            declared,
            types: patterns.types,
            closes: closes(catalog),
        }
    }
}

impl Plan {
    /// The [switch](Plan::switch) of some of its readings: what tells the most of them apart.
    pub fn switch_among<'r>(readings: impl Iterator<Item = &'r Reading>) -> Vec<Step> {
        switch(readings)
    }

    /// The order in which readings are tried, each with whether its slots may end at a later separator
    /// than the first (see the [module's documentation](super)).
    pub fn tries<'r>(
        readings: impl Iterator<Item = &'r Reading> + Clone,
    ) -> impl Iterator<Item = (&'r Reading, bool)> {
        // What has no code comes last in its class's tries, too.
        [Class::Declared, Class::Success, Class::Undeclared].into_iter().flat_map(move |class| {
            let is_of = move |one: &&Reading| one.class.min(Class::Undeclared) == class;
            let readings = readings.clone().filter(is_of);
            let again = readings.clone().filter(|one| one.separated);
            readings.map(|one| (one, false)).chain(again.map(|one| (one, true)))
        })
    }
}

fn code_of(entry: &Entry) -> Option<Json> {
    match entry.code {
        Code::Number(number) => Some(number.into()),
        Code::Text(text) => Some(text.into()),
        Code::None | Code::Field(_) => None,
    }
}

fn has_message(entry: &&Entry) -> bool {
    !entry.envelopes.is_empty()
}

/// The types of the codes that are constant, of the messages in a context.
fn kinds_of_codes(catalog: &Catalog, context: usize) -> Kinds {
    let has_message = |entry: &&Entry| entry.envelope(context).is_some();
    let with_message = catalog.entries.iter().filter(has_message);
    with_message.filter_map(code_of).fold(Kinds::NONE, |kinds, code| kinds.or(code.kind()))
}

/// The entries that share an envelope in a context.
struct Group {
    context: usize,
    envelope: usize,
    entries: Vec<&'static Entry>,
}

/// The groups of a catalog, those of a context that is declared first first: of equal envelopes its
/// own counts. Envelopes that no entry uses are in none.
fn groups(catalog: &Catalog) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for context in 0..catalog.contexts.len() {
        let mut places: HashMap<usize, usize> = HashMap::new();
        for entry in catalog.entries {
            let Some(envelope) = entry.envelope(context) else { continue };
            let place = *places.entry(envelope).or_insert_with(|| {
                groups.push(Group { context, envelope, entries: Vec::new() });
                groups.len() - 1
            });
            groups[place].entries.push(entry);
        }
    }
    groups
}

struct Builder<'k> {
    catalog: &'k Catalog,
    patterns: Patterns<'k>,
    readings: Vec<Reading>,
}

impl Builder<'_> {
    fn add(&mut self, group: &Group) {
        let Some(envelope) = self.catalog.envelopes.get(group.envelope) else { return };
        let mut used = Used::default();
        group.entries.iter().for_each(|entry| used.visit(&envelope.template, entry));
        for entry in &group.entries {
            // Whether it is recoverable tells nobody who it is.
            let opened = Shape::with_open(Slot::Recoverable, self.catalog, entry, group.context);
            let Some((shape, format)) = opened else { continue };
            let mut frame = self.patterns.frame(entry, &shape, &format);
            if used.code && entry.code == Code::None {
                let coded = Entry { code: Code::Number(0), ..**entry };
                let with_code = Shape::with_open(Slot::Code, self.catalog, &coded, group.context);
                with_code.iter().for_each(|(shape, _)| frame.require_no_code(shape));
            }
            let code = self.declared(group, entry, &used);
            let class = if code.is_some() { Class::Declared } else { Class::Undeclared };
            self.push(group, format, class, Some(entry), code, frame);
        }
        for entries in alike(group, envelope, &used) {
            self.undeclared(group, envelope, &used, &entries);
        }
    }

    /// The declared code that the messages of an entry carry, as it stands there: the name, where
    /// the envelope has no code.
    fn declared(&self, group: &Group, entry: &'static Entry, used: &Used) -> Option<Json> {
        let open = |slot| {
            let (shape, _) = Shape::with_open(slot, self.catalog, entry, group.context)?;
            open_code(&shape)
        };
        match (used.code, entry.code) {
            (true, Code::Number(number)) => Some(match open(Slot::Code)? {
                Place::String => number.to_string().as_str().into(),
                Place::Alone => number.into(),
            }),
            (true, Code::Text(text)) => open(Slot::Code).map(|_| text.into()),
            (true, _) => None,
            (false, _) if used.name => open(Slot::Name).map(|_| entry.name.into()),
            (false, _) => None,
        }
    }

    /// The readings of what nobody declared.
    fn undeclared(
        &mut self,
        group: &Group,
        envelope: &Envelope,
        used: &Used,
        entries: &[&'static Entry],
    ) {
        let from_fields = entries.iter().filter_map(|entry| match entry.code {
            Code::Field(name) => entry.field(name),
            _ => None,
        });
        let codes = from_fields
            .fold(kinds_of_codes(self.catalog, group.context), |kinds, field| {
                kinds.or(self.patterns.kinds_of_code(field))
            });
        let codes = if codes.is_empty() { Kinds::CODE } else { codes };
        let context = self.catalog.contexts.get(group.context).map_or(&[][..], |cx| cx.fields);
        // A name that no message has (it is the default of what is always there) is no code.
        let named = used.name
            && !used.code
            && entries.iter().any(|entry| self.declared(group, entry, used).is_some());
        let has_code = used.code || named;
        let codeless =
            !has_code || used.code && entries.iter().any(|entry| entry.code == Code::None);
        let lenient = has_code;
        let succeeds = used.code && !self.catalog.success.is_empty();
        for (class, is_there) in
            [(Class::Success, succeeds), (Class::Undeclared, has_code), (Class::Codeless, codeless)]
        {
            if !is_there {
                continue;
            }
            let with_code = class != Class::Codeless;
            let which = if class == Class::Success { Codes::Success } else { Codes::Errors };
            let undeclared =
                Undeclared { entries, context, codes, which, with_code, named, lenient };
            let frame = undeclared.frame(&mut self.patterns, envelope);
            // Without a code and without a constant it is nobody's.
            if with_code || Count::of(&frame).constants > 0 {
                self.push(group, envelope.format, class, None, None, frame);
            }
        }
    }

    fn push(
        &mut self,
        group: &Group,
        format: Format,
        class: Class,
        entry: Option<&'static Entry>,
        code: Option<Json>,
        mut frame: FramePattern,
    ) {
        frame.keep_what_is_exact();
        let closed = Count::of(&frame).constants == 0;
        let separated = frame.is_separated();
        let Group { context, envelope, .. } = *group;
        self.readings.push(Reading {
            class,
            entry,
            context,
            envelope,
            code,
            format,
            frame,
            closed,
            separated,
            compares_message: false,
        });
    }
}

/// The slots of a template that tell entries apart, those in constants of the entries' own among
/// them.
#[derive(Default)]
struct Used {
    code: bool,
    name: bool,
    sets: Vec<&'static str>,
}

impl Used {
    fn visit(&mut self, node: &Node, entry: &Entry) {
        // What stands there where there is nothing else is in no code's place.
        let names = |node: &Node| {
            let mut names = 0;
            node.each_slot(&mut |slot, stands| {
                names += usize::from(slot == Slot::Name && stands != Stands::Length);
            });
            names
        };
        let mut in_defaults = 0;
        node.each_default(&mut |default| in_defaults += names(default));
        self.name |= names(node) > in_defaults;
        node.each_slot(&mut |slot, stands| match slot {
            _ if stands == Stands::Length => {}
            Slot::Code => self.code = true,
            Slot::Set(name) => {
                add_new(&mut self.sets, name);
                if let Some(node) = entry.constant(name) {
                    self.visit(node, entry);
                }
            }
            _ => {}
        });
    }
}

/// The entries of a group by the templates of their own, which make shapes of their own. Constants
/// without members may differ, but in a text, which has nothing else.
fn alike(group: &Group, envelope: &Envelope, used: &Used) -> Vec<Vec<&'static Entry>> {
    let is_text = matches!(envelope.template, Node::Composed(_)) || envelope.format == Format::Text;
    let is_open = |node: &Node| match node {
        Node::Constant(json) => !is_text && !json.starts_with(['{', '[']),
        _ => false,
    };
    let mut places: HashMap<String, usize> = HashMap::new();
    let mut alike: Vec<Vec<&'static Entry>> = Vec::new();
    for entry in &group.entries {
        let templates =
            used.sets.iter().map(|name| entry.constant(name).filter(|node| !is_open(node)));
        let place =
            *places.entry(format!("{:?}", templates.collect::<Vec<_>>())).or_insert_with(|| {
                alike.push(Vec::new());
                alike.len() - 1
            });
        alike[place].push(entry);
    }
    alike
}

/// Where a code stands.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Place {
    String,
    Alone,
}

/// Where the code that was left open stands in a shape; of several places, where it stands alone.
pub(super) fn open_code(shape: &Shape) -> Option<Place> {
    match shape {
        Shape::Code(_, Some(Cast::String)) => Some(Place::String),
        Shape::Code(..) => Some(Place::Alone),
        Shape::Composed(fragments) => fragments
            .iter()
            .filter_map(|fragment| match fragment {
                Fragment::Filtered(_, Filter::Len) | Fragment::Literal(_) => None,
                Fragment::Open(shape) | Fragment::Filtered(shape, _) => open_code(shape),
            })
            .map(|_| Place::String)
            .next(),
        shape => {
            let mut place = None;
            shape.each_child(&mut |child| place = place.max(open_code(child)));
            place
        }
    }
}

/// The place in which most readings have different constants; of equal ones the first.
pub(super) fn switch<'r>(readings: impl Iterator<Item = &'r Reading>) -> Vec<Step> {
    let mut places: HashMap<Vec<Step>, usize> = HashMap::new();
    let mut constants: Vec<(Vec<Step>, HashSet<String>)> = Vec::new();
    for reading in readings {
        let FramePattern::Json(pattern) = &reading.frame else { continue };
        pattern.constants(&mut Vec::new(), &mut |path, constant| {
            let place = match places.get(path) {
                Some(place) => *place,
                None => {
                    places.insert(path.to_vec(), constants.len());
                    constants.push((path.to_vec(), HashSet::new()));
                    constants.len() - 1
                }
            };
            constants[place].1.insert(constant.to_string());
        });
    }
    let most = constants.into_iter().rev().max_by_key(|(_, different)| different.len());
    most.map(|(path, _)| path).unwrap_or_default()
}
