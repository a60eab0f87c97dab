//! A catalog as one constant text: what the macro writes, and the runtime unfolds at its first use.
//!
//! What each type consists of is listed once, in this file; writing and reading follow from that
//! list. A compiler gets through one text in no time, where it would take seconds for a thousand
//! nested constants.

mod hash;
mod leaf;
mod primitive;
mod rare;
mod text;
pub mod walk;

use rare::Rare;
pub use text::{Reader, Tables, Writer};

use crate::catalog::{
    Breaker, Cast, Catalog, Closing, ClosingCode, Code, Codec, Context, ContextDelivery,
    ContextField, Delivery, Details, Element, Entry, Envelope, Field, FieldType, Filter, Format,
    Guards, HttpForm, Jitter, Level, Liveness, Member, Message, Node, Part, Piece, Policies,
    PolicyRange, Retired, RetiredCode, Retry, RetryKind, Slot, Storm, Success, Text, TimeUnit,
    UserMessage, Wait,
};

/// What the macro writes for an enum: a text of facts, what no text can hold, and the same of the
/// catalogs that it nests.
#[derive(Debug, Clone, Copy)]
pub struct Declaration {
    /// The text.
    pub facts: &'static str,
    /// What it refers to.
    pub tables: Tables<'static>,
    /// The catalogs that it nests, in the order of the variants.
    pub nested: &'static [NestedDeclaration],
}

/// The declaration of a nested catalog.
#[derive(Debug, Clone, Copy)]
pub struct NestedDeclaration {
    /// What is nested.
    pub declaration: &'static Declaration,
    /// For each context of the outer enum, the index of the context of the nested one in which it is
    /// [kept](Usage::Kept).
    pub kept: &'static [usize],
}

impl Declaration {
    /// A declaration without entries.
    pub const EMPTY: Self = Self { facts: "", tables: Tables::NONE, nested: &[] };

    /// What it declares; `None` where its text holds something else.
    pub fn read(&self) -> Option<Declared> {
        Declared::read(&mut Reader::new(self.facts, self.tables))
    }
}

/// What an enum declares: entries of its own, and the catalogs that it nests.
#[derive(Debug, Clone, Copy)]
pub struct Declared {
    /// Its own entries, and what it says of all.
    pub own: Catalog,
    /// The catalogs that it nests, in the order of the variants.
    pub nested: &'static [Nested],
}

/// How an enum nests a catalog.
#[derive(Debug, Clone, Copy)]
pub struct Nested {
    /// The variant.
    pub variant: &'static str,
    /// How many entries of the enum's own come before it.
    pub at: usize,
    /// How its entries are encoded in each of the enum's contexts.
    pub usages: &'static [Usage],
    /// Constants of the user's own, for entries that don't set them.
    pub constants: &'static [(&'static str, Node)],
    /// The heading for entries that have none.
    pub section: Option<&'static str>,
    /// The only readers for whom docs and clients speak of entries that don't say so themselves.
    pub audience: Option<&'static str>,
    /// How they are answered over HTTP, where they are not as they say themselves; the status is for
    /// those that have none.
    pub http: Option<HttpForm>,
}

/// How the entries of a nested catalog are encoded in a context.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Usage {
    /// They don't exist in it.
    Absent,
    /// As they are in a context of the nested catalog, which the types of both decide.
    Kept,
    /// In this envelope of the outer one.
    Under(usize),
}

/// What can be written into a text of facts, and read from one.
pub trait Fact: Sized {
    /// Writes it.
    fn write(&self, out: &mut Writer<'_>);
    /// Reads it; `None` where the text holds something else.
    fn read(from: &mut Reader<'_>) -> Option<Self>;
}

/// The text of a declaration. `types` are the indices of the types of fields, in order.
pub fn write(declared: &Declared, types: &[usize]) -> String {
    let mut writer = Writer::new(types);
    declared.write(&mut writer);
    writer.finish()
}

/// Which of the facts behind a semicolon are there, one number says. A struct that is `measured` stands
/// behind its length.
macro_rules! facts {
    (@write $out:ident, $write:ident) => { $write($out) };
    (@write $out:ident, $write:ident, measured) => { $out.measured($write) };
    (@read $from:ident) => {};
    (@read $from:ident, measured) => { $from.number()? };
    ($($($measured:ident)? {
        struct $name:ident { $($field:ident),* $(; $($rare:ident),*)? }
    })*) => { $(
        impl Fact for $name {
            fn write(&self, out: &mut Writer<'_>) {
                let write = |out: &mut Writer<'_>| {
                    $( self.$field.write(out); )*
                    $(
                        out.flags(&[$(!self.$rare.is_absent()),*]);
                        $( out.rare(&self.$rare); )*
                    )?
                };
                facts!(@write out, write $(, $measured)?);
            }
            fn read(from: &mut Reader<'_>) -> Option<Self> {
                facts!(@read from $(, $measured)?);
                $( let $field = Fact::read(from)?; )*
                $(
                    let mut flags = from.number()?;
                    $( let $rare = from.rare(&mut flags)?; )*
                )?
                Some(Self { $($field,)* $($($rare),*)? })
            }
        }
    )* };
}

/// A variant is known by its place in the list, which has all of them.
macro_rules! choices {
    ($(enum $name:ident { $(
        $variant:ident $( ( $($value:ident),* ) )? $( { $($field:ident),* } )?
    ),* $(,)? })*) => { $(
        const _: () = {
            #[derive(Clone, Copy)]
            enum Place { $( $variant ),* }

            impl Fact for $name {
                fn write(&self, out: &mut Writer<'_>) {
                    match self { $(
                        Self::$variant $( ( $($value),* ) )? $( { $($field),* } )? => {
                            out.number(Place::$variant as i64);
                            $( $( $value.write(out); )* )?
                            $( $( $field.write(out); )* )?
                        }
                    )* }
                }
                fn read(from: &mut Reader<'_>) -> Option<Self> {
                    let wanted = from.number()?;
                    $(
                        if wanted == Place::$variant as i64 {
                            $( $( let $value = Fact::read(from)?; )* )?
                            $( $( let $field = Fact::read(from)?; )* )?
                            return Some(Self::$variant $( ( $($value),* ) )? $( { $($field),* } )?);
                        }
                    )*
                    None
                }
            }
        };
    )* };
}

facts! {
    {struct Declared { own, nested }}
    {struct Nested { variant, at, usages, constants, section, audience, http }}
    {struct Catalog {
        name, retired, success, entries, docs, contexts, envelopes, closes, codes, guards, correlate,
        language, doc_url
    }}
    {struct Closing { code, reason }}
    {struct Context { name, fields, delivery }}
    {struct Element { optional, value }}
    // What other catalogs are checked against while they are compiled comes first, and the length of
    // all of it before that: `walk` reads no further.
    measured {struct Entry {
        name, variant, code, shared, alike, delivery, retry, message, details, log;
        recoverable, fields, constants, envelopes, only, section, docs, advice, provoke, doc_url, user,
        internal, since, deprecated, hidden, audience, sources, http
    }}
    {struct Envelope { template, format }}
    {struct Field { name, ident, ty; docs, cast, example, in_details, on_wire, whole }}
    {struct Guards { storm, breaker, liveness }}
    {struct HttpForm { status, envelope, content_type }}
    {struct Storm { more_than, within, code, reason }}
    {struct Breaker { open_after, half_open_after }}
    {struct Liveness { idle, ping, pong, within, code, reason }}
    {struct Policies { ranges, unknown, is_stated }}
    {struct PolicyRange { first, last, retry }}
    {struct Retired { code, why }}
    {struct Retry { kind, jitter; attempts, spread }}
    {struct UserMessage { title, message; action, fallback }}
    {struct Wait { field, fixed; unit }}
}

choices! {
    enum Usage { Absent, Kept, Under(envelope) }
    enum Cast { String, Number }
    enum ClosingCode { None, Constant(code), Field(name) }
    enum Code { None, Number(number), Text(text), Field(name) }
    enum ContextDelivery { Soft, Close, SoftThenClose }
    enum Delivery {
        Soft, Close(closing), SoftThenClose(closing), Observed { code, reason },
        Rejected { status, close },
    }
    enum Details { Nothing, Object, Value, Array }
    enum Filter { Quoted, Line, Xml, Raw, Len, Word, Percent, Stomp }
    enum Format { Json, Text, Binary, MessagePack(prefix), Cbor(prefix), With(codec) }
    enum Jitter { Full, None, Add(most) }
    enum Level { Off, Trace, Debug, Info, Warn, Error }
    enum Member { Pair { key, optional, value }, Splice(slot) }
    enum Message { None, Text(text), Display(text), Field(name) }
    enum Node {
        Constant(json), Object(members), Array(elements), Slot { slot, cast }, Splice(slot),
        Composed(parts), Default { node, default }, Encoded(node), Chain(elements),
    }
    enum Part { Literal(text), Slot(slot), Filtered(slot, filter) }
    enum Piece { Literal(text), Field { name, spec } }
    enum RetiredCode { Number(number), Text(text), Close(code) }
    enum RetryKind {
        Never, NeverOnConnection, Now, After(wait), Backoff { base, max },
        When { action, otherwise }, Leave { code, reason }, Unknown,
    }
    enum Slot {
        Code, Name, Message, Details, Recoverable, RetryAfter, Close, Reason, Status, Title, DocUrl,
        Fields, Set(name),
        Field(name), Context(name),
    }
    enum Success { Numbers(first, last), Text(text) }
    enum TimeUnit { Milliseconds, Seconds }
}

/// The type stands in a table of the macro's, and is found by its index there.
impl Fact for FieldType {
    fn write(&self, out: &mut Writer<'_>) {
        let index = out.next_type();
        index.write(out);
    }

    fn read(from: &mut Reader<'_>) -> Option<Self> {
        let index: usize = Fact::read(from)?;
        from.tables.types.get(index).copied()
    }
}

/// The type is in a table of the macro's, in the order of the fields.
impl Fact for ContextField {
    fn write(&self, out: &mut Writer<'_>) {
        (self.name, self.example).write(out);
    }

    fn read(from: &mut Reader<'_>) -> Option<Self> {
        let (name, example) = Fact::read(from)?;
        Some(Self { name, ty: from.next_context_type()?, example })
    }
}

/// The functions are in a table of the macro's, in the order of the codecs.
impl Fact for Codec {
    fn write(&self, _: &mut Writer<'_>) {}

    fn read(from: &mut Reader<'_>) -> Option<Self> {
        from.next_codec()
    }
}

impl Fact for Text {
    fn write(&self, out: &mut Writer<'_>) {
        self.0.write(out);
    }

    fn read(from: &mut Reader<'_>) -> Option<Self> {
        Fact::read(from).map(Self)
    }
}
