//! A declaration, unfolded at its first use.

use std::sync::OnceLock;

use ws_errors_core::encoding::{self, Encoding};
use ws_errors_core::facts::Declaration;
use ws_errors_core::rules::Subject;

use super::join::{Joined, join};
use crate::catalog::{Catalog, Entry, Format};
use crate::language::{Carrier, Translatable};
use crate::wire::NO_ENTRY;

/// The catalog of an enum and of what it nests, made when it is first asked for.
#[derive(Debug)]
pub struct Unfolded {
    declaration: &'static Declaration,
    made: OnceLock<Made>,
}

#[derive(Debug)]
struct Made {
    joined: Joined,
    /// For each entry, how its message is written in each context, and its body over HTTP: made when
    /// it is first sent.
    encodings: Encodings,
    /// The same in the languages of readers, made when one is first asked for.
    translated: OnceLock<Translated>,
}

#[derive(Debug)]
struct Translated {
    translatable: Translatable,
    encodings: Encodings,
}

/// A place for each entry and what carries it.
#[derive(Debug)]
struct Encodings {
    all: Vec<OnceLock<Option<Encoding>>>,
    contexts: usize,
}

impl Encodings {
    fn of(catalog: &Catalog) -> Self {
        let contexts = catalog.contexts.len();
        let count = catalog.entries.len() * (contexts + 1);
        Self { all: std::iter::repeat_with(OnceLock::new).take(count).collect(), contexts }
    }

    #[inline]
    fn get(&self, index: usize, carrier: Carrier) -> Option<&OnceLock<Option<Encoding>>> {
        let at = match carrier {
            Carrier::Message(context) => context,
            Carrier::Body => self.contexts,
        };
        self.all.get(index * (self.contexts + 1) + at)
    }
}

impl Unfolded {
    /// Of this declaration.
    pub const fn new(declaration: &'static Declaration) -> Self {
        Self { declaration, made: OnceLock::new() }
    }

    #[inline]
    fn made(&'static self) -> &'static Made {
        self.made.get_or_init(|| {
            let joined = join(self.declaration);
            let encodings = Encodings::of(&joined.catalog);
            Made { joined, encodings, translated: OnceLock::new() }
        })
    }

    /// The catalog.
    #[inline]
    pub fn catalog(&'static self) -> &'static Catalog {
        &self.made().joined.catalog
    }

    /// The entry with this index. Generated code knows how many there are, so one is always there.
    #[inline]
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
        all.map(|finding| finding.message).collect()
    }

    /// The index of an entry of the enum's own, where it nests others.
    pub fn own(&'static self, index: usize) -> usize {
        self.made().joined.own.get(index).copied().unwrap_or(usize::MAX)
    }

    /// The index of an entry of a nested catalog, by its index there.
    pub fn nested(&'static self, place: usize, index: usize) -> usize {
        let first = self.made().joined.nested.get(place);
        first.map_or(usize::MAX, |first| first.saturating_add(index))
    }

    /// How an entry is written, and in which format; `None` where nothing of the kind is sent for it.
    #[inline]
    pub(super) fn encoding(
        &'static self,
        index: usize,
        carrier: Carrier,
    ) -> Option<(&'static Encoding, &'static Format)> {
        let Made { joined: Joined { catalog, .. }, encodings, .. } = self.made();
        let entry = catalog.entries.get(index)?;
        let envelope = catalog.envelopes.get(carrier.envelope(entry)?)?;
        let encoding = encodings.get(index, carrier)?.get_or_init(|| match carrier {
            Carrier::Message(context) => encoding::compile(catalog, entry, context),
            Carrier::Body => encoding::compile_body(catalog, entry),
        });
        Some((encoding.as_ref()?, &envelope.format))
    }

    /// How an entry is written where its text for the client is a translation; `None` where there is
    /// no such text, or a client knows the entry by it.
    pub(super) fn translated(
        &'static self,
        index: usize,
        carrier: Carrier,
    ) -> Option<&'static Encoding> {
        let Made { joined: Joined { catalog, .. }, translated, .. } = self.made();
        let Translated { translatable, encodings } = translated.get_or_init(|| Translated {
            translatable: Translatable::of(catalog),
            encodings: Encodings::of(catalog),
        });
        let entry = catalog.entries.get(index)?;
        let encoding = encodings.get(index, carrier)?;
        encoding.get_or_init(|| translatable.encoding(catalog, entry, carrier)).as_ref()
    }
}
