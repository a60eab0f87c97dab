//! What a catalog is: plain constant data, which the derive writes and everything else reads.
//!
//! Nothing here is made by hand: fields may be added in any release.

mod constant;
mod decision;
mod delivery;
mod entry;
mod envelope;
mod field_type;
mod http;
mod policy;
mod retry;
mod slot;
mod text;

pub use decision::Decision;
pub use delivery::{Closing, ClosingCode, ContextDelivery, Delivery};
pub use entry::{Code, Details, Entry, Field, Level, Message, UserMessage};
pub use envelope::{
    Cast, Codec, Element, Envelope, Filter, Format, Inside, Member, Node, Part, Stands,
};
pub use field_type::{FieldType, SchemaOf, Width};
pub use http::{ERROR_STATUSES, HTTP_CONTEXT, HttpForm, PROBLEM, PROBLEM_JSON};
pub use policy::{NOW_AGAIN, Undeclared};
pub use retry::{
    Breaker, Guards, Jitter, Liveness, Policies, PolicyRange, Retry, RetryKind, Storm, TimeUnit,
    Wait,
};
pub use slot::{Slot, no_call, no_macro};
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
    /// Codes of the same shape that are no errors.
    pub success: &'static [Success],
    /// The language of its texts, as a BCP 47 tag, where it is stated: see
    /// [`Catalog::source_language`].
    pub language: Option<&'static str>,
    /// The address at which its reference docs are published, without a fragment: that of an entry
    /// has its anchor behind it.
    pub doc_url: Option<&'static str>,
}

/// Codes that stand where errors have theirs, and say that all is well.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Success {
    /// The numbers from the first to the last.
    Numbers(i64, i64),
    /// A string.
    Text(&'static str),
}

/// The values that vary per message and not per error.
#[derive(Debug, Clone, Copy)]
pub struct Context {
    /// The name of its type; empty for the context without values.
    pub name: &'static str,
    /// The fields that envelopes use.
    pub fields: &'static [ContextField],
    /// The delivery that it gives to what closes the connection, where it is another than the
    /// entry's: old clients get messages where new ones get close frames, say.
    pub delivery: Option<ContextDelivery>,
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
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Retired {
    /// What was retired.
    pub code: RetiredCode,
    /// Why.
    pub why: &'static str,
}

/// What was retired.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RetiredCode {
    /// A message's code that is a number.
    Number(i64),
    /// A message's code that is a string.
    Text(&'static str),
    /// A close code.
    Close(u16),
}

/// The code in words.
impl std::fmt::Display for RetiredCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Number(number) => write!(f, "the code {number}"),
            Self::Text(text) => write!(f, "the code {text:?}"),
            Self::Close(code) => write!(f, "the close code {code}"),
        }
    }
}

impl Context {
    /// How an entry reaches the client in this context.
    pub const fn delivery(&self, entry: &Entry) -> Delivery {
        match (self.delivery, entry.delivery) {
            (Some(ContextDelivery::Soft), Delivery::Close(_) | Delivery::SoftThenClose(_)) => {
                Delivery::Soft
            }
            (Some(ContextDelivery::Close), Delivery::SoftThenClose(closing)) => {
                Delivery::Close(closing)
            }
            (Some(ContextDelivery::SoftThenClose), Delivery::Close(closing)) => {
                Delivery::SoftThenClose(closing)
            }
            (_, delivery) => delivery,
        }
    }
}

impl Success {
    /// Returns whether a number is one of these.
    pub const fn has_number(&self, code: i64) -> bool {
        matches!(self, Self::Numbers(first, last) if *first <= code && code <= *last)
    }

    /// Returns whether a text is one of these.
    pub fn has_text(&self, code: &str) -> bool {
        matches!(self, Self::Text(text) if *text == code)
    }
}

impl Default for Catalog {
    fn default() -> Self {
        Self::BLANK
    }
}

impl Catalog {
    /// A catalog without entries, of which nothing is said.
    pub const BLANK: Self = Self {
        name: "",
        docs: "",
        entries: &[],
        contexts: &[],
        envelopes: &[],
        closes: Policies::UNDECLARED_CLOSES,
        codes: Policies::UNDECLARED_CODES,
        guards: Guards::NONE,
        correlate: None,
        retired: &[],
        success: &[],
        language: None,
        doc_url: None,
    };

    /// The language of its texts: what translations are made from, and what a reader gets for whom
    /// there is none. English, unless it is stated.
    pub const fn source_language(&self) -> &'static str {
        match self.language {
            Some(language) => language,
            None => "en",
        }
    }

    /// The entry with this name.
    pub fn entry(&self, name: &str) -> Option<&'static Entry> {
        self.entries.iter().find(|entry| entry.name == name)
    }

    /// How an entry reaches the client in the context with this index; `None` where it does not exist
    /// there.
    pub fn delivery(&self, entry: &Entry, context: usize) -> Option<Delivery> {
        if entry.only.is_some_and(|only| !only.contains(&context)) {
            return None;
        }
        self.contexts.get(context).map(|context| context.delivery(entry))
    }

    /// What a person sees for this entry: its own message, or the fallback's.
    pub fn user(&'static self, entry: &'static Entry) -> Option<&'static UserMessage> {
        self.explained(Some(entry))?.user.as_ref()
    }

    /// What a person sees where an entry says nothing, or is unknown.
    pub fn fallback(&'static self) -> Option<&'static UserMessage> {
        self.explained(None)?.user.as_ref()
    }

    /// The entry whose message a person sees for this one: itself, or the fallback where it has none,
    /// or is unknown.
    pub fn explained(&'static self, entry: Option<&'static Entry>) -> Option<&'static Entry> {
        entry.filter(|entry| entry.user.is_some()).or_else(|| {
            let is_fallback = |entry: &&Entry| entry.user.is_some_and(|user| user.fallback);
            self.entries.iter().find(is_fallback)
        })
    }
}
