//! The data of a reading plan.

use crate::catalog::{Catalog, ContextField, Entry, Field, FieldType, Filter, Format};
use crate::json::{Json, Kinds};

/// What the frames of a catalog look like, in the order in which they are tried.
#[derive(Debug, Clone)]
pub struct Plan {
    /// The catalog.
    pub catalog: Catalog,
    /// The readings of messages: the first that matches counts. Those of [`Class::Declared`] come
    /// first.
    pub readings: Vec<Reading>,
    /// The way from the root of a JSON message to the constant that tells the most readings apart.
    ///
    /// A reading that requires a constant there ([`Pattern::constant_at`]) need not be tried where
    /// the message has another value; all others are tried whatever the message has.
    pub switch: Vec<Step>,
    /// The codes that the catalog declares: none of them is a catch-all's ([`Pattern::Code`]).
    pub declared: Vec<Json>,
    /// The types of fields, by the index in [`Pattern::Value`].
    pub types: Vec<FieldType>,
    /// The readings of close frames: the first that matches counts.
    pub closes: Vec<CloseReading>,
}

/// A step into a JSON value.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Step {
    /// To the member with this key.
    Key(String),
    /// To the element with this index.
    Index(usize),
}

/// One way to read a frame.
#[derive(Debug, Clone)]
pub struct Reading {
    /// What it reads; the classes are tried in this order.
    pub class: Class,
    /// The entry; `None` where it is unknown, or no error.
    pub entry: Option<&'static Entry>,
    /// The index in [`Catalog::contexts`].
    pub context: usize,
    /// The index in [`Catalog::envelopes`].
    pub envelope: usize,
    /// The constant code (the name, where an envelope has the name in its place), as it stands on
    /// the wire: a string where it is among characters, or is made one.
    pub code: Option<Json>,
    /// The kind of frame.
    pub format: Format,
    /// What the frame looks like.
    pub frame: FramePattern,
    /// Whether its outermost object may have no members but those shown: nothing in it is constant,
    /// so that any message with other members is ordinary traffic. Objects inside are closed, too.
    pub closed: bool,
    /// Whether more than literals comes behind a slot of a string, so that where the slot ends may take
    /// a second try (see the [module's documentation](super)).
    pub separated: bool,
    /// Whether its text for the client is compared, because nothing else tells the entry from
    /// another.
    pub compares_message: bool,
}

/// What a reading reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Class {
    /// A code, or a name in its place, that the catalog declares.
    Declared,
    /// No error: what has the shape of one, and a code that means success.
    Success,
    /// An entry without a declared code, a catch-all, or an unknown code.
    Undeclared,
    /// An unknown error without a code.
    Codeless,
}

/// How many places are tried, in one reading of a frame, for the ends of its slots.
pub const MAX_TRIES: u32 = 1_000;

/// How many bytes of UTF-8 a text may have whose slots are given a second try.
pub const MAX_RETRIED: usize = 4_096;

/// What a frame looks like.
#[derive(Debug, Clone)]
pub enum FramePattern {
    /// JSON, or what a format has in its place (MessagePack, CBOR, the slots of a codec).
    Json(Pattern),
    /// Text, perhaps with JSON in it. In [`Format::Binary`], its UTF-8.
    Text(Vec<Segment>),
}

/// What a JSON value looks like.
#[derive(Debug, Clone)]
pub enum Pattern {
    /// Exactly this value. One of a template is a scalar; in a default, `[]` and `{}` are
    /// themselves.
    Constant(Json),
    /// A value of these kinds and of the type, which is kept.
    Value {
        /// What it may be.
        kinds: Kinds,
        /// Its type, by the index in [`Plan::types`]: looked at where types are checked.
        ty: Option<usize>,
        /// Whether it may be nothing: among characters, no characters are nothing.
        optional: bool,
        /// What it is kept as.
        captures: Vec<Capture>,
    },
    /// A code that is not constant; a number is whole.
    Code {
        /// What it may be; of [`Kinds::CODE`].
        kinds: Kinds,
        /// Whether it stands in a string whatever it is: the kinds are those of what is in it then,
        /// and digits are a number.
        quoted: bool,
        /// Which codes it may be.
        codes: Codes,
        /// What it is kept as.
        captures: Vec<Capture>,
    },
    /// An object. Members that are not shown are passed over, unless the reading is closed.
    Object(Vec<MemberPattern>),
    /// An array. It has no elements but those shown.
    Array(Vec<ElementPattern>),
    /// A string that is taken apart.
    Text(Vec<Segment>),
    /// A string that holds JSON.
    Encoded(Box<Pattern>),
    /// The first of these that matches.
    OneOf(Vec<Pattern>),
    /// Both: a text that is compared, and kept.
    Both(Box<Pattern>, Box<Pattern>),
    /// Any value; what the pattern keeps where it matches.
    Lenient(Box<Pattern>),
}

/// Which codes one that is not constant may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Codes {
    /// Any that doesn't mean success ([`Catalog::success`]).
    Errors,
    /// Of those, none of [`Plan::declared`]: a catch-all's.
    Undeclared,
    /// One that means success.
    Success,
}

/// A member of an object.
#[derive(Debug, Clone)]
pub struct MemberPattern {
    /// Its key. Of a key that is there twice the last counts.
    pub key: String,
    /// Whether it may be absent. `null` is the same as absent then, whatever the pattern.
    pub optional: bool,
    /// Its value.
    pub value: Pattern,
}

/// An element of an array.
#[derive(Debug, Clone)]
pub struct ElementPattern {
    /// Whether it may be absent, or hold its place with `null`.
    pub optional: bool,
    /// Whether it stands for any number of elements: the pattern is that of their list. At most one
    /// of an array does.
    pub spliced: bool,
    /// Its value.
    pub value: Pattern,
}

/// A part of a text. No two literals stand side by side, but where a separator of the template is
/// followed by characters that are constant for the entry only.
#[derive(Debug, Clone)]
pub enum Segment {
    /// These characters.
    Literal(String),
    /// The characters of a value: of a string, its own; of anything else, its JSON. Where a code may
    /// be `null`, or a value nothing, there may be none.
    Slot(Pattern),
    /// What a filter makes of them. Of [`Filter::Len`] there is nothing to read but a number.
    Filtered(Filter, Pattern),
    /// JSON, which says itself where it ends.
    Json(Pattern),
    /// Segments that are there together, or not.
    Optional(Vec<Segment>),
}

/// What a value is kept as. Where one is met twice, what stands alone counts, and then the first.
#[derive(Debug, Clone, Copy)]
pub enum Capture {
    /// The code.
    Code,
    /// The text for the client.
    Message,
    /// The details of an unknown entry.
    Details,
    /// A field of the entry.
    Field(&'static Field),
    /// A field of the context.
    Context(&'static ContextField),
}

/// One way to read a close frame.
#[derive(Debug, Clone)]
pub struct CloseReading {
    /// The entry.
    pub entry: &'static Entry,
    /// The close code.
    pub code: CloseCodePattern,
    /// The reason, as far as a close frame has room for it.
    pub reason: Vec<Segment>,
    /// Whether the reason has to be this. Where it has not, its fields are kept where it is.
    pub compared: bool,
}

/// The close code of a close frame.
#[derive(Debug, Clone, Copy)]
pub enum CloseCodePattern {
    /// This one; 1005 for a frame without a status.
    Constant(u16),
    /// One that a server may send, and that no other reading has as a constant; kept as the field.
    Field(&'static Field),
}
