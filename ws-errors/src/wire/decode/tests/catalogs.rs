//! Words to write catalogs with, as short as the tests need them. A decoder reads no operations.

use crate::catalog::*;
use crate::fixture::{BLANK, METERED};
use crate::wire::generated::field_type;
use crate::wire::{Decoded, Decoder, Received};

pub(super) const CODE: Node = Node::Slot { slot: Slot::Code, cast: None };
pub(super) const NAME: Node = Node::Slot { slot: Slot::Name, cast: None };
pub(super) const MESSAGE: Node = Node::Slot { slot: Slot::Message, cast: None };
pub(super) const DETAILS: Node = Node::Slot { slot: Slot::Details, cast: None };
pub(super) const RECOVERABLE: Node = Node::Slot { slot: Slot::Recoverable, cast: None };
pub(super) const ID: Node = Node::Slot { slot: Slot::Context("id"), cast: None };

pub(super) const fn constant(json: &'static str) -> Node {
    Node::Constant(json)
}

pub(super) const fn pair(key: &'static str, value: Node) -> Member {
    Member::Pair { key, optional: false, value }
}

pub(super) const fn optional(key: &'static str, value: Node) -> Member {
    Member::Pair { key, optional: true, value }
}

pub(super) const fn element(value: Node) -> Element {
    Element { optional: false, value }
}

pub(super) const fn optional_element(value: Node) -> Element {
    Element { optional: true, value }
}

pub(super) const fn json(template: Node) -> Envelope {
    Envelope { template, format: Format::Json }
}

pub(super) const fn plain(template: Node) -> Envelope {
    Envelope { template, format: Format::Text }
}

/// Encoded by the first envelope, in the first context.
pub(super) const FIRST: &[(usize, usize)] = &[(0, 0)];
/// Encoded by the second envelope, in the first context.
pub(super) const SECOND: &[(usize, usize)] = &[(0, 1)];

pub(super) const fn says(text: &'static [Piece]) -> Message {
    crate::fixture::text(text)
}

pub(super) const fn entry(name: &'static str, code: Code) -> Entry {
    Entry { name, code, envelopes: FIRST, message: says(&[Piece::Literal("text")]), ..BLANK }
}

pub(super) const fn field(name: &'static str) -> Field {
    Field {
        name,
        ident: name,
        docs: "",
        ty: field_type(false, None, None),
        cast: None,
        example: None,
        in_details: true,
        on_wire: true,
        whole: false,
    }
}

pub(super) const fn optional_field(name: &'static str) -> Field {
    Field { ty: field_type(true, None, None), ..field(name) }
}

pub(super) const CONTEXT: Context = Context {
    delivery: None,
    name: "Correlation",
    fields: &[ContextField { name: "id", ty: || field_type(true, None, None), example: None }],
};

pub(super) const fn catalog(entries: &'static [Entry], envelopes: &'static [Envelope]) -> Catalog {
    Catalog { entries, envelopes, contexts: &[CONTEXT], ..METERED }
}

/// What the message is, in a word: the entry's name, `unknown CODE`, or `foreign`.
pub(super) fn decoded(catalog: &'static Catalog, text: &str) -> String {
    match Decoder::new(catalog).decode(text) {
        Decoded::Known(entry, _) => entry.name.to_owned(),
        Decoded::Unknown(received) => match received.code() {
            Some(code) => format!("unknown {code}"),
            None => "unknown".to_owned(),
        },
        Decoded::Foreign => "foreign".to_owned(),
    }
}

/// What an error message carried.
pub(super) fn received(catalog: &'static Catalog, text: &str) -> Received {
    match Decoder::new(catalog).decode(text) {
        Decoded::Known(_, received) | Decoded::Unknown(received) => received,
        Decoded::Foreign => panic!("foreign: {text}"),
    }
}
