//! A tree of catalogs to one.

use ws_errors_core::anchor::with_doc_urls;
use ws_errors_core::facts::{Declaration, Declared, Nested, Usage};
use ws_errors_core::rules::{Finding, agree, same_delivery};

use super::policies::join_policies;
use crate::catalog::{
    Catalog, Codec, CodecFunctions, Context, ContextField, Entry, Envelope, Format, HttpForm, Node,
};

/// One catalog of all, and where the entries of each are in it.
#[derive(Debug)]
pub(super) struct Joined {
    pub(super) catalog: Catalog,
    /// Where the entries of the enum's own are.
    pub(super) own: Vec<usize>,
    /// Where the first entry of each nested catalog is.
    pub(super) nested: Vec<usize>,
    /// What the catalogs say that contradicts each other.
    pub(super) findings: Vec<Finding>,
}

/// Joins a declaration with those that it nests.
pub(super) fn join(declaration: &Declaration) -> Joined {
    // The macro writes what can be read; were there anything else, it would declare nothing.
    let empty = Declared { own: Catalog::BLANK, nested: &[] };
    let declared = declaration.read().unwrap_or(empty);
    Joiner::default().join(declaration, &declared)
}

#[derive(Default)]
struct Joiner {
    entries: Vec<Entry>,
    envelopes: Vec<Envelope>,
    own: Vec<usize>,
    nested: Vec<usize>,
}

impl Joiner {
    fn join(mut self, declaration: &Declaration, declared: &Declared) -> Joined {
        let own = &declared.own;
        if declared.nested.is_empty() {
            let indices = (0..own.entries.len()).collect();
            return Joined {
                catalog: Catalog { entries: with_doc_urls(own), ..*own },
                own: indices,
                nested: Vec::new(),
                findings: Vec::new(),
            };
        }
        self.envelopes = own.envelopes.to_vec();
        let mut contexts = own.contexts.to_vec();
        let (mut inner, mut findings) = (Vec::new(), Vec::new());
        let mut entries = own.entries.iter();
        for (nested, other) in declared.nested.iter().zip(declaration.nested) {
            for entry in entries.by_ref().take(nested.at.saturating_sub(self.own.len())) {
                self.own(entry);
            }
            let joined = join(other.declaration);
            findings.extend(joined.findings);
            let joined = joined.catalog;
            let places: Vec<Place> = places(nested, other.kept);
            findings.extend(deliveries(own, &places, &joined));
            self.nested(own, nested, &places, &joined);
            join_contexts(&mut contexts, &places, &joined);
            inner.push(joined);
        }
        entries.for_each(|entry| self.own(entry));
        self.one_fallback(own);
        let mut catalog = *own;
        catalog.entries = self.entries.leak();
        catalog.envelopes = self.envelopes.leak();
        catalog.contexts = contexts.leak();
        let all: Vec<&Catalog> = std::iter::once(own).chain(&inner).collect();
        findings.extend(agree(&all));
        join_policies(&mut catalog, &inner);
        catalog.entries = with_doc_urls(&catalog);
        Joined { catalog, own: self.own, nested: self.nested, findings }
    }

    fn own(&mut self, entry: &Entry) {
        self.own.push(self.entries.len());
        self.entries.push(*entry);
    }

    fn nested(&mut self, own: &Catalog, nested: &Nested, places: &[Place], inner: &Catalog) {
        self.nested.push(self.entries.len());
        for entry in inner.entries {
            let mut joined = *entry;
            joined.section = entry.section.or(nested.section);
            joined.audience = entry.audience.or(nested.audience);
            joined.constants = join_constants(entry.constants, nested.constants);
            let (mut envelopes, mut only) = (Vec::new(), Vec::new());
            for (context, place) in places.iter().enumerate() {
                match *place {
                    Place::Absent => {}
                    Place::Kept(index) => {
                        if inner.delivery(entry, index).is_some() {
                            only.push(context);
                        }
                        let envelope = entry.envelope(index);
                        if let Some(envelope) = envelope.and_then(|at| inner.envelopes.get(at)) {
                            envelopes.push((context, self.envelope(envelope)));
                        }
                    }
                    Place::Under(envelope) => {
                        only.push(context);
                        let context_of = own.contexts.get(context);
                        if context_of.is_some_and(|cx| cx.delivery(entry).has_message()) {
                            envelopes.push((context, envelope));
                        }
                    }
                }
            }
            joined.http = self.http(entry, nested, inner);
            joined.envelopes = envelopes.leak();
            joined.only = (only.len() < places.len()).then(|| &*only.leak());
            self.entries.push(joined);
        }
    }

    /// As the enum that nests it says, or else as the entry does itself.
    fn http(&mut self, entry: &Entry, nested: &Nested, inner: &Catalog) -> Option<HttpForm> {
        if let Some(outer) = nested.http.filter(|_| entry.can_be_answered()) {
            let status = entry.own_http_status().unwrap_or(outer.status);
            return Some(HttpForm { status, ..outer });
        }
        let form = entry.http?;
        let envelope = form.envelope.and_then(|at| inner.envelopes.get(at));
        let envelope = envelope.map(|envelope| self.envelope(envelope));
        Some(HttpForm { envelope, ..form })
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

/// How the entries of a nested catalog are encoded in a context, and in which of its own contexts
/// where they are kept.
#[derive(Debug, Clone, Copy)]
enum Place {
    Absent,
    Kept(usize),
    Under(usize),
}

fn places(nested: &Nested, kept: &[usize]) -> Vec<Place> {
    let usages = nested.usages.iter().enumerate();
    usages
        .map(|(context, usage)| match *usage {
            Usage::Absent => Place::Absent,
            Usage::Under(envelope) => Place::Under(envelope),
            Usage::Kept => kept.get(context).map_or(Place::Absent, |index| Place::Kept(*index)),
        })
        .collect()
}

/// Where a kept context delivers in another way.
fn deliveries(own: &Catalog, places: &[Place], inner: &Catalog) -> Vec<Finding> {
    let kept = own.contexts.iter().zip(places).filter_map(|(ours, place)| match *place {
        Place::Kept(index) => same_delivery(inner.name, ours, inner.contexts.get(index)?),
        Place::Absent | Place::Under(_) => None,
    });
    kept.collect()
}

/// Codecs of two crates may have one name.
fn is_same(one: &Envelope, other: &Envelope) -> bool {
    one == other
        && match (&one.format, &other.format) {
            (Format::With(one), Format::With(other)) => {
                let encode =
                    |codec: &Codec| CodecFunctions::of(codec).map(|functions| functions.encode);
                match (encode(one), encode(other)) {
                    (Some(one), Some(other)) => std::ptr::fn_addr_eq(one, other),
                    _ => false,
                }
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
fn join_contexts(contexts: &mut [Context], places: &[Place], inner: &Catalog) {
    for (context, place) in contexts.iter_mut().zip(places) {
        let Place::Kept(index) = *place else { continue };
        let Some(kept) = inner.contexts.get(index) else { continue };
        let known =
            |field: &&ContextField| !context.fields.iter().any(|other| other.name == field.name);
        let missing: Vec<ContextField> = kept.fields.iter().filter(known).copied().collect();
        if !missing.is_empty() {
            context.fields = [context.fields, &missing].concat().leak();
        }
    }
}
