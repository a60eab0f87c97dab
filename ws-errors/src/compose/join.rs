//! A tree of catalogs to one.

use std::sync::OnceLock;

use super::compile::{Place, compile};
use super::policies::join_policies;
use super::{Nested, Tree, Way};
use crate::catalog::{Catalog, Context, ContextField, Entry, Envelope, Format, Node};
use crate::wire::Encoding;

/// The catalog of an enum that nests others, made when it is first asked for.
#[derive(Debug)]
pub struct Joined {
    tree: &'static Tree,
    made: OnceLock<Made>,
}

/// What is made, once for each enum.
#[derive(Debug)]
struct Made {
    catalog: Catalog,
    /// Where the entries of its own are.
    own: Vec<usize>,
    /// Where the first entry of each nested catalog is.
    nested: Vec<usize>,
    /// For each entry, where the arguments come from in each context with an outer envelope.
    places: Vec<Vec<(usize, Vec<Place>)>>,
}

impl Joined {
    /// The catalog of this tree.
    pub const fn new(tree: &'static Tree) -> Self {
        Self { tree, made: OnceLock::new() }
    }

    fn made(&'static self) -> &'static Made {
        self.made.get_or_init(|| Joiner::default().join(self.tree))
    }

    /// The catalog.
    pub fn catalog(&'static self) -> &'static Catalog {
        &self.made().catalog
    }

    /// An entry of the enum's own.
    pub fn own(&'static self, index: usize) -> &'static Entry {
        let made = self.made();
        self.entry(made.own.get(index).copied())
    }

    /// An entry of a nested catalog, by its index there.
    pub(super) fn nested(&'static self, place: usize, index: usize) -> &'static Entry {
        let made = self.made();
        self.entry(made.nested.get(place).map(|first| first + index))
    }

    /// Generated code knows how many entries there are, so one is always there.
    fn entry(&'static self, index: Option<usize>) -> &'static Entry {
        let entries = self.made().catalog.entries;
        index.and_then(|index| entries.get(index)).unwrap_or(crate::wire::generated::nothing("").1)
    }

    /// How a nested entry is encoded in an outer envelope.
    pub(super) fn under(
        &'static self,
        context: usize,
        entry: &'static Entry,
    ) -> Option<(&'static Encoding, &'static Format, &'static [Place])> {
        let Made { catalog, places, .. } = self.made();
        let encoding = entry.encoding(context)?;
        let format = &catalog.envelopes.get(encoding.envelope)?.format;
        let places = places.get(super::under::index_in(catalog.entries, entry))?;
        let (_, places) = places.iter().find(|(other, _)| *other == context)?;
        Some((encoding, format, places))
    }
}

#[derive(Default)]
struct Joiner {
    entries: Vec<Entry>,
    envelopes: Vec<Envelope>,
    own: Vec<usize>,
    nested: Vec<usize>,
    places: Vec<Vec<(usize, Vec<Place>)>>,
}

impl Joiner {
    fn join(mut self, tree: &'static Tree) -> Made {
        let own = tree.own;
        self.envelopes = own.envelopes.to_vec();
        let mut contexts = own.contexts.to_vec();
        let mut inner = Vec::new();
        let mut entries = own.entries.iter();
        for nested in tree.nested {
            for entry in entries.by_ref().take(nested.at - self.own.len()) {
                self.own(entry);
            }
            let joined = Joiner::default().join(nested.tree).catalog;
            self.nested(own, nested, &joined);
            join_contexts(&mut contexts, nested, &joined);
            inner.push(joined);
        }
        entries.for_each(|entry| self.own(entry));
        self.one_fallback(own);
        let mut catalog = *own;
        catalog.entries = self.entries.leak();
        catalog.envelopes = self.envelopes.leak();
        catalog.contexts = contexts.leak();
        join_policies(&mut catalog, tree, &inner);
        Made { catalog, own: self.own, nested: self.nested, places: self.places }
    }

    fn own(&mut self, entry: &Entry) {
        self.own.push(self.entries.len());
        self.entries.push(*entry);
        self.places.push(Vec::new());
    }

    fn nested(&mut self, own: &'static Catalog, nested: &Nested, inner: &Catalog) {
        self.nested.push(self.entries.len());
        for entry in inner.entries {
            let mut joined = *entry;
            joined.section = entry.section.or(nested.section);
            joined.constants = join_constants(entry.constants, nested.constants);
            let (mut encodings, mut places) = (Vec::new(), Vec::new());
            for (context, way) in nested.ways.iter().enumerate() {
                match *way {
                    Way::Absent => {}
                    Way::Kept(index) => {
                        if let Some(encoding) = entry.encoding(index)
                            && let Some(envelope) = inner.envelopes.get(encoding.envelope)
                        {
                            let envelope = self.envelope(envelope);
                            encodings.push(Encoding { context, envelope, ..*encoding });
                        }
                    }
                    Way::Under(envelope) => {
                        let delivery =
                            own.contexts.get(context).map(|context| context.delivery(entry));
                        if delivery.is_some_and(|delivery| delivery.has_message())
                            && let Some((encoding, from)) = compile(own, &joined, context, envelope)
                        {
                            encodings.push(encoding);
                            places.push((context, from));
                        }
                    }
                }
            }
            joined.encodings = encodings.leak();
            self.entries.push(joined);
            self.places.push(places);
        }
    }

    /// The index of an envelope, each there once.
    fn envelope(&mut self, envelope: &Envelope) -> usize {
        match self.envelopes.iter().position(|other| is_same(other, envelope)) {
            Some(index) => index,
            None => {
                self.envelopes.push(*envelope);
                self.envelopes.len() - 1
            }
        }
    }

    /// What is shown where nothing fits is one thing: the enum's own, or else the first that a
    /// nested catalog has.
    fn one_fallback(&mut self, own: &Catalog) {
        let is_fallback = |entry: &Entry| entry.user.is_some_and(|user| user.fallback);
        let chosen = own.entries.iter().find(|entry| is_fallback(entry)).map(|entry| entry.name);
        let mut chosen = chosen;
        for entry in &mut self.entries {
            let name = entry.name;
            if let Some(user) = entry.user.as_mut().filter(|user| user.fallback) {
                user.fallback = *chosen.get_or_insert(name) == name;
            }
        }
    }
}

/// Codecs of two crates may have one name.
fn is_same(one: &Envelope, other: &Envelope) -> bool {
    one == other
        && match (&one.format, &other.format) {
            (Format::With(one), Format::With(other)) => {
                std::ptr::fn_addr_eq(one.encode, other.encode)
            }
            _ => true,
        }
}

/// Those of the entry, and those of the variant that nests it where the entry has none.
fn join_constants(
    own: &'static [(&'static str, Node)],
    outer: &'static [(&'static str, Node)],
) -> &'static [(&'static str, Node)] {
    let missing: Vec<_> = outer
        .iter()
        .filter(|(name, _)| !own.iter().any(|(other, _)| other == name))
        .copied()
        .collect();
    if missing.is_empty() { own } else { [own, &missing].concat().leak() }
}

/// The fields of a kept context are used by the envelopes of the inner catalog.
fn join_contexts(contexts: &mut [Context], nested: &Nested, inner: &Catalog) {
    for (context, way) in contexts.iter_mut().zip(nested.ways) {
        let Way::Kept(index) = *way else { continue };
        let Some(kept) = inner.contexts.get(index) else { continue };
        let known =
            |field: &&ContextField| !context.fields.iter().any(|other| other.name == field.name);
        let missing: Vec<ContextField> = kept.fields.iter().filter(known).copied().collect();
        if !missing.is_empty() {
            context.fields = [context.fields, &missing].concat().leak();
        }
    }
}
