//! What a catalog is: plain constant data, which the derive writes and everything else reads.
//!
//! Nothing here is made by hand: fields may be added in any release.

mod close;
mod delivery;
mod entry;
mod envelope;
mod field_type;
mod retry;
mod text;

pub use close::{CloseCode, InvalidCloseCode, Reason};
pub use delivery::{Closing, ClosingCode, Delivery};
pub use entry::{Code, Details, Entry, Field, Level, Message, UserMessage};
pub use envelope::{Cast, Element, Envelope, Format, Member, Node, Part, Slot};
pub use field_type::{FieldType, SchemaGenerator, SchemaOf};
pub use retry::{Breaker, Guards, Jitter, Policies, PolicyRange, Retry, RetryKind, Storm, Wait};
pub use text::{Piece, Text};

/// All the errors that one enum declares.
#[derive(Debug, Clone, Copy)]
pub struct Catalog {
    /// The catalog's name.
    pub name: &'static str,
    /// What the enum's doc comment says (CommonMark).
    pub docs: &'static str,
    /// The entries, in the order of the variants.
    pub entries: &'static [Entry],
    /// The contexts in which errors are encoded; the one without values has an empty name.
    pub contexts: &'static [Context],
    /// The shapes that messages have, each once.
    pub envelopes: &'static [Envelope],
    /// Policies for close codes that nobody declared.
    pub closes: Policies,
    /// Policies for messages whose code nobody declared.
    pub codes: Policies,
    /// What a client guards itself with.
    pub guards: Guards,
    /// The field of the context that settles a pending request.
    pub correlate: Option<&'static str>,
    /// What may not be used again.
    pub retired: &'static [Retired],
}

/// What varies per message and not per error.
#[derive(Debug, Clone, Copy)]
pub struct Context {
    /// The name of its type; empty for the context without values.
    pub name: &'static str,
    /// The fields that envelopes use.
    pub fields: &'static [ContextField],
}

/// A field of a context.
#[derive(Debug, Clone, Copy)]
pub struct ContextField {
    /// Its name.
    pub name: &'static str,
    /// Its type. It is probed through an accessor, and so not before run time.
    pub ty: fn() -> FieldType,
    /// A value for docs and demonstrations, as compact JSON.
    pub example: Option<&'static str>,
}

/// A code or a close code that may not be used again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Retired {
    /// What was retired.
    pub code: RetiredCode,
    /// Why.
    pub why: &'static str,
}

/// What was retired.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RetiredCode {
    /// A message's code that is a number.
    Number(i64),
    /// A message's code that is a string.
    Text(&'static str),
    /// A close code.
    Close(u16),
}

impl Catalog {
    /// The entry with this name.
    pub fn entry(&self, name: &str) -> Option<&'static Entry> {
        self.entries.iter().find(|entry| entry.name == name)
    }

    /// What a client may do after this entry: its own policy, or the one for undeclared codes
    /// where it says `unknown`.
    pub fn retry(&'static self, entry: &'static Entry) -> &'static Retry {
        match (entry.retry.kind, &entry.delivery) {
            (RetryKind::Unknown, Delivery::Soft) => &self.codes.unknown,
            (RetryKind::Unknown, _) => &self.closes.unknown,
            _ => &entry.retry,
        }
    }

    /// What a person sees for this entry: its own message, or the fallback's.
    pub fn user(&'static self, entry: &'static Entry) -> Option<&'static UserMessage> {
        entry.user.as_ref().or_else(|| self.fallback())
    }

    /// What a person sees where an entry says nothing, or is unknown.
    pub fn fallback(&'static self) -> Option<&'static UserMessage> {
        self.entries.iter().filter_map(|entry| entry.user.as_ref()).find(|user| user.fallback)
    }
}
