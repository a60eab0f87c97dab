//! What is constant in the message of an entry, as a hash.

use super::hash::Hash;
use super::leaf::Leaf;
use super::look::Look;
use crate::catalog::{
    Cast, ClosingCode, Code, Details, Element, Envelope, Filter, Format, Member, Message, Node,
    Part, Piece, RetryKind, Slot, Text,
};

/// A value that is known at run time, in JSON. Neither byte is ever in UTF-8.
const VALUE: u8 = 0xFE;
/// Text that is known at run time.
const TEXT: u8 = 0xFF;

/// The hash of what is constant in a message: with all that may be absent, or without any of it.
pub(super) const fn fingerprint(envelope: &Envelope, leaf: &Leaf, full: bool) -> Hash {
    let look = Look { leaf, full };
    let start = match &envelope.format {
        Format::Json | Format::Text => Hash::new(),
        Format::Binary => Hash::new().byte(1),
        Format::MessagePack(prefix) => Hash::new().byte(2).bytes(prefix),
        Format::Cbor(prefix) => Hash::new().byte(3).bytes(prefix),
        Format::With(codec) => Hash::new().byte(4).bytes(codec.name.as_bytes()),
    };
    let is_packed = matches!(envelope.format, Format::MessagePack(_) | Format::Cbor(_));
    match &envelope.template {
        Node::Composed(parts) if !is_packed => characters(Chars::new(start), parts, look).hash,
        Node::Chain(elements) => chain(start, elements, look),
        node => json(start, node, look),
    }
}

/// A value where one has to stand.
const fn json(hash: Hash, node: &Node, look: Look<'_>) -> Hash {
    match node {
        Node::Constant(json) => constant(hash, json),
        Node::Object(members) => object(hash, members, look),
        Node::Array(elements) => array(hash, elements, look),
        Node::Slot { slot, cast } => value(hash, slot, *cast, look),
        Node::Splice(slot) => value(hash.bytes(b".."), slot, None, look),
        Node::Composed(parts) => string(hash, characters(Chars::new(Hash::new()), parts, look)),
        Node::Default { node, default } => {
            if look.is_something(node) {
                json(hash, node, look)
            } else if look.is_something(default) {
                json(hash, default, look)
            } else {
                hash.bytes(b"null")
            }
        }
        Node::Encoded(node) => json(hash.byte(b'`'), node, look).byte(b'`'),
        Node::Chain(elements) => chain(hash, elements, look),
    }
}

const fn constant(hash: Hash, json: &str) -> Hash {
    let bytes = json.as_bytes();
    match bytes {
        [b'"', inside @ .., b'"'] => {
            string(hash, Chars { hash: Hash::new(), any: true, open: false }.raw(inside))
        }
        _ => hash.bytes(bytes),
    }
}

const fn object(mut hash: Hash, members: &[Member], look: Look<'_>) -> Hash {
    hash = hash.byte(b'{');
    let mut index = 0;
    while index < members.len() {
        match &members[index] {
            Member::Splice(slot) => hash = fields(hash, matches!(slot, Slot::Details), look),
            Member::Pair { key, optional, value } => {
                if !*optional || look.is_something(value) {
                    hash = json(hash.byte(b',').bytes(key.as_bytes()).byte(b':'), value, look);
                }
            }
        }
        index += 1;
    }
    hash.byte(b'}')
}

/// The members of `..details` and `..self`.
const fn fields(mut hash: Hash, details: bool, look: Look<'_>) -> Hash {
    let fields = look.leaf.entry.fields;
    let mut index = 0;
    while index < fields.len() {
        let field = &fields[index];
        if (if details { field.in_details } else { field.on_wire }) && look.has(field) {
            hash = hash.byte(b',').bytes(field.name.as_bytes()).byte(b':').byte(VALUE);
        }
        index += 1;
    }
    hash
}

const fn is_there(element: &Element, look: Look<'_>) -> bool {
    if !element.optional {
        return true;
    }
    match &element.value {
        Node::Default { node, .. } => look.is_something(node),
        node => look.is_something(node),
    }
}

const fn array(mut hash: Hash, elements: &[Element], look: Look<'_>) -> Hash {
    let mut end = elements.len();
    while end > 0 && !is_there(&elements[end - 1], look) {
        end -= 1;
    }
    hash = hash.byte(b'[');
    let mut index = 0;
    while index < end {
        let element = &elements[index];
        hash = hash.byte(b',');
        hash = match &element.value {
            value if is_there(element, look) => json(hash, value, look),
            Node::Default { default, .. } if look.is_something(default) => {
                json(hash, default, look)
            }
            _ => hash.bytes(b"null"),
        };
        index += 1;
    }
    hash.byte(b']')
}

const fn chain(mut hash: Hash, elements: &[Element], look: Look<'_>) -> Hash {
    let mut index = 0;
    while index < elements.len() {
        let Element { optional, value } = &elements[index];
        if !*optional || look.is_something(value) {
            hash = match value {
                Node::Composed(parts) => characters(Chars::new(hash), parts, look).hash,
                value => json(hash, value, look),
            };
        }
        index += 1;
    }
    hash
}

/// A slot as a value.
const fn value(hash: Hash, slot: &Slot, cast: Option<Cast>, look: Look<'_>) -> Hash {
    if !look.is_there(slot) && !look.full {
        return hash.byte(VALUE);
    }
    let entry = look.leaf.entry;
    match slot {
        Slot::Details => match entry.details {
            Details::Object => fields(hash.byte(b'{'), true, look).byte(b'}'),
            Details::Array => fields(hash.byte(b'['), true, look).byte(b']'),
            Details::Nothing | Details::Value => hash.byte(VALUE),
        },
        Slot::Fields => fields(hash.byte(b'{'), false, look).byte(b'}'),
        Slot::Set(name) => match look.constant(name) {
            Some(node) => json(hash, node, look),
            None => hash.bytes(b"null"),
        },
        Slot::Code | Slot::Close | Slot::Recoverable | Slot::RetryAfter
            if !matches!(entry.code, Code::Text(_)) || !matches!(slot, Slot::Code) =>
        {
            let characters = of_slot(Chars::new(Hash::new()), slot, look);
            let as_string = matches!(cast, Some(Cast::String));
            match (characters.any, as_string) {
                (false, _) => hash.byte(VALUE),
                (true, true) => string(hash, characters),
                (true, false) => hash.number(characters.hash.0),
            }
        }
        slot => string(hash, of_slot(Chars::new(Hash::new()), slot, look)),
    }
}

/// The characters of a string or a text.
#[derive(Clone, Copy)]
struct Chars {
    hash: Hash,
    /// Whether any of them is constant.
    any: bool,
    /// Whether the last is not: text behind text is text.
    open: bool,
}

impl Chars {
    const fn new(hash: Hash) -> Self {
        Self { hash, any: false, open: false }
    }

    const fn raw(self, bytes: &[u8]) -> Self {
        if bytes.is_empty() {
            return self;
        }
        Self { hash: self.hash.bytes(bytes), any: true, open: false }
    }

    /// Characters as they are: what is escaped in one frame is in another, too.
    const fn push(self, text: &str) -> Self {
        self.raw(text.as_bytes())
    }

    const fn text(self) -> Self {
        if self.open {
            return self;
        }
        Self { hash: self.hash.byte(TEXT), any: self.any, open: true }
    }

    const fn number(self, number: i64) -> Self {
        Self { hash: self.hash.bytes(b"#").number(number as u64), any: true, open: false }
    }
}

/// A string in which nothing is constant may be any value.
const fn string(hash: Hash, characters: Chars) -> Hash {
    if !characters.any && characters.open {
        return hash.byte(VALUE);
    }
    hash.byte(b'"').number(characters.hash.0)
}

const fn characters(mut out: Chars, parts: &[Part], look: Look<'_>) -> Chars {
    let mut index = 0;
    while index < parts.len() {
        out = match &parts[index] {
            Part::Literal(text) => out.push(text),
            Part::Filtered(_, Filter::Len) => out.text(),
            Part::Slot(slot) | Part::Filtered(slot, _) => of_slot(out, slot, look),
        };
        index += 1;
    }
    out
}

/// The characters of a slot.
const fn of_slot(out: Chars, slot: &Slot, look: Look<'_>) -> Chars {
    let entry = look.leaf.entry;
    match slot {
        Slot::Code => match entry.code {
            Code::None => out,
            Code::Number(number) => out.number(number),
            Code::Text(text) => out.push(text),
            Code::Field(_) => out.text(),
        },
        Slot::Name => out.push(entry.name),
        Slot::Message => match &entry.message {
            Message::None => out,
            Message::Text(text) => of_text(out, text),
            Message::Display(_) | Message::Field(_) => out.text(),
        },
        Slot::Recoverable => out.push(if entry.recoverable { "true" } else { "false" }),
        Slot::RetryAfter => match entry.retry.kind {
            RetryKind::After(wait) => match (wait.field, wait.fixed) {
                (Some(name), fixed) => match fixed {
                    Some(fixed) if !look.has_field(name) => out.number(fixed.as_millis() as i64),
                    _ => out.text(),
                },
                (None, Some(fixed)) => out.number(fixed.as_millis() as i64),
                (None, None) => out,
            },
            _ => out,
        },
        Slot::Close => match entry.delivery.closing() {
            None => out,
            Some(closing) => match closing.code {
                ClosingCode::None => out,
                ClosingCode::Constant(code) => out.number(code.get() as i64),
                ClosingCode::Field(_) => out.text(),
            },
        },
        Slot::Reason => match entry.delivery.closing() {
            None => out,
            Some(closing) => of_text(out, &closing.reason),
        },
        Slot::Set(name) => match look.constant(name) {
            Some(Node::Composed(parts)) => characters(out, parts, look),
            Some(Node::Slot { slot, .. }) => of_slot(out, slot, look),
            Some(Node::Constant(json)) => match json.as_bytes() {
                [b'"', inside @ .., b'"'] => out.raw(inside),
                bytes => out.raw(bytes),
            },
            _ => out,
        },
        Slot::Details | Slot::Fields | Slot::Field(_) | Slot::Context(_) => out.text(),
    }
}

const fn of_text(mut out: Chars, text: &Text) -> Chars {
    let mut index = 0;
    while index < text.0.len() {
        out = match &text.0[index] {
            Piece::Literal(text) => out.push(text),
            Piece::Field { .. } => out.text(),
        };
        index += 1;
    }
    out
}
