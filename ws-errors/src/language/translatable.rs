//! Which texts for clients a translation may stand in for.

use ws_errors_core::encoding::{Encoding, compile_translated, compile_translated_body};
use ws_errors_core::reading::Plan;

use crate::catalog::{Catalog, Entry};

/// What carries the text of an error to a client.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Carrier {
    /// Its message in the context with this index.
    Message(usize),
    /// The body that answers a request with it.
    Body,
}

/// Which texts of a catalog may be in other languages: all that clients get, but for those by which
/// they know the error.
#[derive(Debug)]
pub(crate) struct Translatable {
    /// The entries that a client knows by the text of their messages only.
    known_in_messages: Vec<&'static str>,
    /// Those that it knows by the text of their bodies only.
    known_in_bodies: Vec<&'static str>,
}

impl Translatable {
    pub(crate) fn of(catalog: &Catalog) -> Self {
        let known = |catalog: &Catalog| {
            let plan = Plan::of(catalog);
            let known = catalog.entries.iter().filter(|entry| plan.is_known_by_message(entry));
            known.map(|entry| entry.name).collect()
        };
        Self {
            known_in_messages: known(catalog),
            known_in_bodies: match catalog.has_http() {
                true => known(&catalog.http_responses()),
                false => Vec::new(),
            },
        }
    }

    /// How an entry is written where its text is a translation; `None` where there is no such text, or
    /// a client knows the entry by it.
    pub(crate) fn encoding(
        &self,
        catalog: &Catalog,
        entry: &Entry,
        carrier: Carrier,
    ) -> Option<Encoding> {
        let known = match carrier {
            Carrier::Message(_) => &self.known_in_messages,
            Carrier::Body => &self.known_in_bodies,
        };
        if known.contains(&entry.name) { None } else { compiled(catalog, entry, carrier) }
    }

    /// Whether anything of an entry is written with a translation.
    #[cfg(feature = "fluent")]
    pub(crate) fn has(&self, catalog: &Catalog, entry: &Entry) -> bool {
        carriers(entry).any(|carrier| self.encoding(catalog, entry, carrier).is_some())
    }
}

/// Whether any message or body of an entry has its text for clients in it.
#[cfg(feature = "fluent")]
pub(crate) fn is_carried(catalog: &Catalog, entry: &Entry) -> bool {
    carriers(entry).any(|carrier| compiled(catalog, entry, carrier).is_some())
}

/// What an entry may be carried by.
#[cfg(feature = "fluent")]
fn carriers(entry: &Entry) -> impl Iterator<Item = Carrier> {
    let contexts = entry.envelopes.iter().map(|(context, _)| Carrier::Message(*context));
    contexts.chain(Some(Carrier::Body))
}

fn compiled(catalog: &Catalog, entry: &Entry, carrier: Carrier) -> Option<Encoding> {
    match carrier {
        Carrier::Message(context) => compile_translated(catalog, entry, context),
        Carrier::Body => compile_translated_body(catalog, entry),
    }
}
