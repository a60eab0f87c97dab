//! What a catalog may not say, and the words for it.
//!
//! The macro calls these rules when it expands, and maps what they find to the tokens that are wrong.
//! Where catalogs nest, the same rules run over the joined catalog: at its first use, when it is
//! exported, and in a test. Names, codes and closes are also checked by the compiler there
//! ([`nested`]).

mod apart;
pub mod constants;
mod contexts;
mod ends;
mod fields;
mod joined;
mod names;
pub mod nested;
pub mod policies;
mod slots;
mod texts;
pub mod unique;
pub mod values;
mod waits;

pub use contexts::no_context_field;
pub use ends::{Unended, place_of_slot, unended};
pub use fields::no_field;
pub use joined::{agree, same_delivery};

use crate::catalog::{Catalog, Entry, Node, Slot, Stands};

/// What is wrong, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Where.
    pub place: Place,
    /// What, and what to write instead.
    pub message: String,
    /// Other places that have to do with it.
    pub also: Vec<(Place, String)>,
    /// It is wrong if each of these fields can be `None`: an entry, and a field of it. While the macro
    /// runs only their types know.
    pub if_optional: Vec<(usize, usize)>,
}

/// A place in a declaration. Entries, fields and envelopes are given by their index.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Place {
    /// The catalog as a whole.
    Catalog,
    /// A part of an entry.
    Entry(usize, Part),
    /// An envelope as a whole.
    Envelope(usize),
    /// A slot of an envelope, counted as they are written.
    Slot(usize, usize),
    /// A code that was retired.
    Retired(usize),
    /// A code that says that all is well.
    Success(usize),
}

/// A part of the declaration of an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Part {
    /// The variant.
    Variant,
    /// Its name.
    Name,
    /// Its code.
    Code,
    /// How it is delivered.
    Delivery,
    /// The field of which its delivery takes the close code.
    CloseField,
    /// Its text for the client.
    Message,
    /// The reason of its close frame.
    Reason,
    /// A text of what a person sees: the title, the message, or the action.
    User(usize),
    /// The field of which its policy takes the wait.
    Wait,
    /// Where it says that its user message is the fallback.
    Fallback,
    /// A field.
    Field(usize),
    /// A slot of a constant of its own.
    ConstantSlot(&'static str, usize),
}

impl Place {
    /// The index of the entry that it is of.
    pub const fn entry(self) -> Option<usize> {
        match self {
            Self::Entry(entry, _) => Some(entry),
            _ => None,
        }
    }
}

impl Finding {
    fn new(place: Place, message: impl Into<String>) -> Self {
        Self { place, message: message.into(), also: Vec::new(), if_optional: Vec::new() }
    }

    fn also(mut self, place: Place, message: impl Into<String>) -> Self {
        self.also.push((place, message.into()));
        self
    }
}

/// What the rules look at.
#[derive(Clone, Copy)]
pub struct Subject<'a> {
    /// The catalog.
    pub catalog: &'a Catalog,
    /// Whether something of an entry could not be read, so that what seems to be missing may be there.
    pub is_unread: &'a dyn Fn(usize) -> bool,
    /// Whether there are entries that are not in the catalog: those of nested ones, while the macro
    /// runs.
    pub is_open: bool,
}

impl std::fmt::Debug for Subject<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Subject").field("catalog", &self.catalog.name).finish_non_exhaustive()
    }
}

impl<'a> Subject<'a> {
    /// A catalog that has been read as a whole.
    pub fn whole(catalog: &'a Catalog) -> Self {
        Self { catalog, is_unread: &|_| false, is_open: false }
    }

    /// Everything that is wrong with it.
    pub fn findings(&self) -> Vec<Finding> {
        let mut findings = Vec::new();
        fields::known_fields(self, &mut findings);
        names::check(self, &mut findings);
        texts::own_text(self, &mut findings);
        slots::envelope_for_each_message(self, &mut findings);
        slots::known_slots(self, &mut findings);
        slots::keys_once(self, &mut findings);
        waits::waits(self, &mut findings);
        slots::problems(self, &mut findings);
        slots::widths(self, &mut findings);
        ends::slots_end(self, &mut findings);
        apart::closes(self, &mut findings);
        apart::kinds_of_codes(self, &mut findings);
        apart::messages(self, &mut findings);
        apart::readings(self, &mut findings);
        findings.extend(names::shared_codes(self, &findings));
        if self.catalog.has_http() {
            self.over_http(&mut findings);
        }
        findings
    }

    /// The same rules over the errors as they are over HTTP. A wait needn't be in a body: it is in the
    /// header `Retry-After`.
    fn over_http(&self, findings: &mut Vec<Finding>) {
        let (bodies, responses) = (self.catalog.http_bodies(), self.catalog.http_responses());
        let of = |catalog| Subject { catalog, is_unread: self.is_unread, is_open: self.is_open };
        let (bodies, responses) = (of(&bodies), of(&responses));
        let mut found = Vec::new();
        texts::own_text(&bodies, &mut found);
        slots::known_slots(&bodies, &mut found);
        slots::keys_once(&bodies, &mut found);
        contexts::of_requests(&bodies, &mut found);
        slots::problems(&bodies, &mut found);
        slots::widths(&bodies, &mut found);
        ends::slots_end(&bodies, &mut found);
        apart::messages(&responses, &mut found);
        apart::readings(&responses, &mut found);
        found.retain(|finding| !findings.contains(finding));
        found.iter_mut().for_each(slots::over_http);
        findings.extend(found);
        findings.extend(names::shared_codes(&responses, findings));
    }

    /// The entries that could be read, with their index.
    fn read_entries(&self) -> impl Iterator<Item = (usize, &'static Entry)> {
        let entries = self.catalog.entries.iter().enumerate();
        entries.filter(|(index, _)| !(self.is_unread)(*index))
    }

    /// The envelopes of an entry, each once, with its index.
    fn envelopes_of(&self, entry: &Entry) -> Vec<(usize, &'static Node)> {
        let mut indices: Vec<usize> = entry.envelopes.iter().map(|(_, index)| *index).collect();
        indices.sort_unstable();
        indices.dedup();
        let envelopes = self.catalog.envelopes;
        indices
            .into_iter()
            .filter_map(|index| Some((index, &envelopes.get(index)?.template)))
            .collect()
    }
}

/// Calls `visit` for each slot that a template reaches in an entry, through its constants as well,
/// with how it stands there.
pub fn each_slot_reached(template: &Node, entry: &Entry, visit: &mut impl FnMut(Slot, Stands)) {
    // A constant is looked into once, however often it is used.
    let mut seen: Vec<&str> = Vec::new();
    let mut templates = vec![template];
    while let Some(template) = templates.pop() {
        template.each_slot(&mut |slot, stands| {
            visit(slot, stands);
            if let Slot::Set(name) = slot
                && !seen.contains(&name)
            {
                seen.push(name);
                templates.extend(entry.constant(name));
            }
        });
    }
}

/// Whether something of a slot is in what a template makes of an entry.
fn reaches(template: &Node, entry: &Entry, is: impl Fn(Slot) -> bool) -> bool {
    let mut reached = false;
    each_slot_reached(template, entry, &mut |slot, stands| {
        reached |= stands != Stands::Length && is(slot);
    });
    reached
}
