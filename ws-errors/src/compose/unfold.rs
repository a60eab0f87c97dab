//! A declaration, unfolded at its first use.

use std::mem::ManuallyDrop;
use std::sync::OnceLock;

use ws_errors_core::encoding::{self, Encoding};
use ws_errors_core::facts::Declaration;
use ws_errors_core::rules::{Finding, Subject};

use super::join::{Joined, join};
use crate::catalog::{Catalog, Delivery, Entry, Format};
use crate::language::{Carrier, Translatable};
use crate::wire::{self, Close, NO_ENTRY, Output, Writing, constant_close};

/// The catalog of an enum and of what it nests, made when it is first asked for.
#[derive(Debug)]
pub struct Unfolded {
    declaration: &'static Declaration,
    /// Leaked, as the catalog is, and never dropped: each crate with an enum would compile how.
    made: ManuallyDrop<OnceLock<&'static Made>>,
}

#[derive(Debug)]
struct Made {
    joined: Joined,
    /// For each entry and context, what is sent: made when it is first sent, and apart, so that the first
    /// error of a process makes no room for those that are never sent.
    sent: Vec<OnceLock<&'static Sent>>,
    /// For each entry, how its body over HTTP is written: made when it is first sent.
    bodies: Vec<OnceLock<Option<Writing>>>,
    /// The same in the languages of readers, made when one is first asked for.
    translated: OnceLock<Translated>,
}

/// What is sent for an entry in a context.
#[derive(Debug)]
pub(super) struct Sent {
    /// How its message is written, and the kind of frame; `None` where it has no message.
    pub(super) message: Option<(Writing, &'static Format)>,
    /// How it closes the connection; `None` where it stays open.
    pub(super) close: Option<SentClose>,
    /// All of it, where that is the same for each occurrence.
    pub(super) constant: Option<Output>,
}

/// A close frame that is sent.
#[derive(Debug)]
pub(super) enum SentClose {
    /// The same for each occurrence.
    Constant(Close),
    /// With values of the occurrence.
    OfValues,
}

#[derive(Debug)]
struct Translated {
    translatable: Translatable,
    /// For each entry, how its message is written in each context, and its body over HTTP.
    encodings: Vec<OnceLock<Option<Encoding>>>,
}

impl Unfolded {
    /// Of this declaration.
    pub const fn new(declaration: &'static Declaration) -> Self {
        Self { declaration, made: ManuallyDrop::new(OnceLock::new()) }
    }

    #[inline]
    fn made(&'static self) -> &'static Made {
        self.made.get_or_init(|| Box::leak(Box::new(Made::of(self.declaration))))
    }

    /// The catalog.
    // Never inlined, as all that generated code calls: else it is compiled in each crate with an enum.
    #[inline(never)]
    pub fn catalog(&'static self) -> &'static Catalog {
        &self.made().joined.catalog
    }

    /// The entry with this index. Generated code knows how many there are, so one is always there.
    #[inline(never)]
    pub fn entry(&'static self, index: usize) -> &'static Entry {
        self.catalog().entries.get(index).unwrap_or(NO_ENTRY)
    }

    /// What is wrong with the catalogs that are nested, in words: the compiler has checked the enum's
    /// own entries, and names, codes and closes of all.
    pub fn findings(&'static self) -> Vec<String> {
        if self.declaration.nested.is_empty() {
            return Vec::new();
        }
        let Joined { catalog, findings, .. } = &self.made().joined;
        let all = findings.iter().cloned().chain(Subject::whole(catalog).findings());
        all.map(|Finding { place, message, .. }| {
            // Where the compiler would point at the variant, words have to.
            let entry = place.entry().and_then(|index| catalog.entries.get(index));
            let named = |name: &str| message.contains(&format!("`{name}`"));
            match entry.filter(|entry| !named(entry.variant) && !named(entry.name)) {
                Some(entry) => format!("{message} (of `{}`)", entry.variant),
                None => message,
            }
        })
        .collect()
    }

    /// The index of an entry of the enum's own, where it nests others.
    #[inline(never)]
    pub fn own(&'static self, index: usize) -> usize {
        self.made().joined.own.get(index).copied().unwrap_or(usize::MAX)
    }

    /// The index of an entry of a nested catalog, by its index there.
    #[inline(never)]
    pub fn nested(&'static self, place: usize, index: usize) -> usize {
        let first = self.made().joined.nested.get(place);
        first.map_or(usize::MAX, |first| first.saturating_add(index))
    }

    /// What is sent for an entry in a context. Generated code knows both indices.
    #[inline]
    pub(super) fn sent(&'static self, index: usize, context: usize) -> Option<&'static Sent> {
        let Made { joined: Joined { catalog, .. }, sent, .. } = self.made();
        let place = sent.get(index * catalog.contexts.len() + context)?;
        Some(
            place
                .get_or_init(|| Box::leak(Box::new(Sent::of(catalog, self.entry(index), context)))),
        )
    }

    /// How the body of an entry over HTTP is written; `None` where it has none.
    pub(super) fn body(&'static self, index: usize) -> Option<&'static Writing> {
        let Made { joined: Joined { catalog, .. }, bodies, .. } = self.made();
        let entry = catalog.entries.get(index)?;
        let body = || encoding::compile_body(catalog, entry).map(Writing::new);
        bodies.get(index)?.get_or_init(body).as_ref()
    }

    /// How an entry is written where its text for the client is a translation; `None` where there is
    /// no such text, or a client knows the entry by it.
    pub(super) fn translated(
        &'static self,
        index: usize,
        carrier: Carrier,
    ) -> Option<&'static Encoding> {
        let Made { joined: Joined { catalog, .. }, translated, .. } = self.made();
        let contexts = catalog.contexts.len();
        let Translated { translatable, encodings } = translated.get_or_init(|| {
            let count = catalog.entries.len() * (contexts + 1);
            Translated { translatable: Translatable::of(catalog), encodings: places(count) }
        });
        let at = match carrier {
            Carrier::Message(context) => context,
            Carrier::Body => contexts,
        };
        let entry = catalog.entries.get(index)?;
        let encoding = encodings.get(index * (contexts + 1) + at)?;
        encoding.get_or_init(|| translatable.encoding(catalog, entry, carrier)).as_ref()
    }
}

/// So many places for what is made when it is first needed.
fn places<T>(count: usize) -> Vec<OnceLock<T>> {
    std::iter::repeat_with(OnceLock::new).take(count).collect()
}

impl Made {
    fn of(declaration: &'static Declaration) -> Self {
        let joined = join(declaration);
        let count = joined.catalog.entries.len() * joined.catalog.contexts.len();
        let sent = places(count);
        let bodies = if joined.catalog.has_http() { joined.catalog.entries.len() } else { 0 };
        Self { joined, sent, bodies: places(bodies), translated: OnceLock::new() }
    }
}

impl Sent {
    fn of(catalog: &'static Catalog, entry: &'static Entry, context: usize) -> Self {
        let envelope = entry.envelope(context).and_then(|index| catalog.envelopes.get(index));
        let encoding = encoding::compile(catalog, entry, context);
        let delivery = catalog.delivery(entry, context);
        let closes = delivery.is_some_and(|delivery| {
            !matches!(delivery, Delivery::Observed { .. }) && delivery.closing().is_some()
        });
        let message = encoding
            .zip(envelope)
            .map(|(encoding, envelope)| (Writing::new(encoding), &envelope.format));
        let close = closes.then(|| match constant_close(entry) {
            Some(close) => SentClose::Constant(close),
            None => SentClose::OfValues,
        });
        let mut sent = Self { message, close, constant: None };
        sent.constant = sent.constant();
        sent
    }

    /// An encoder of the application's own is asked for each occurrence.
    fn constant(&self) -> Option<Output> {
        let frame = match &self.message {
            None => None,
            Some((_, Format::With(_))) => return None,
            Some((writing, format)) => {
                // A catalog lives as long as the process, and so do its constants.
                let text: &'static str = Box::leak(writing.of_all()?.into());
                Some(wire::pack(format, text.into()))
            }
        };
        let close = match &self.close {
            None => None,
            Some(SentClose::Constant(close)) => Some(close.clone()),
            Some(SentClose::OfValues) => return None,
        };
        Some(Output { frame, close, ..Output::default() })
    }
}
