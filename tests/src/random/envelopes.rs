//! Envelopes, made up: in each kind of frame what identifies the entry, and anything else around it.

use ws_errors::catalog::{
    Cast, Code, ContextField, Element, Entry, Envelope, Format, Member, Message, Node, Part, Slot,
};

use super::entries::Codes;
use super::made::{CODEC, leaked, leaked_list};
use super::numbers::Random;
use super::texts::{LITERALS, WORDS};
use super::types::{CONTEXT_FIELDS, Kind, Type};

/// What an envelope may use.
pub(super) struct Scope<'a> {
    /// The entries that are sent in it.
    pub(super) entries: &'a [&'a Entry],
    pub(super) fields: &'a [ContextField],
    pub(super) codes: Codes,
}

/// What identifies the entry of a message.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Identity {
    Code,
    Name,
    /// A constant that this envelope has alone.
    Constant(usize),
}

/// An envelope; `number` is that of its constant, where it has one for itself.
pub(super) fn envelope(random: &mut Random, scope: &Scope<'_>, number: usize) -> Envelope {
    let all = |has: fn(&Entry) -> bool| scope.entries.iter().all(|entry| has(entry));
    let identity = match random.below(10) {
        _ if !all(|entry| entry.code != Code::None) => Identity::Constant(number),
        0 if all(|entry| !matches!(entry.code, Code::Field(_))) => Identity::Name,
        _ => Identity::Code,
    };
    let mut maker = Maker { random, scope, identity, encoded: 0, keys: 0 };
    match maker.random.below(20) {
        0..=8 => Envelope { template: maker.root_object(), format: Format::Json },
        9..=11 => Envelope { template: maker.root_array(), format: Format::Json },
        12..=14 if maker.identifies_in_string() => {
            Envelope { template: maker.root_text(), format: Format::Text }
        }
        15 | 16 => Envelope { template: maker.root_chain(), format: Format::Json },
        17 => Envelope { template: maker.root_object(), format: Format::MessagePack(b"") },
        18 => Envelope { template: maker.root_object(), format: Format::Cbor(b"\x01e") },
        19 if maker.random.chance(50) => {
            Envelope { template: maker.root_object(), format: Format::With(CODEC) }
        }
        _ => {
            let text = maker.random.chance(40) && maker.identifies_in_string();
            let template = if text { maker.root_text() } else { maker.root_object() };
            Envelope { template, format: Format::Binary }
        }
    }
}

/// Makes up a template.
pub(super) struct Maker<'r, 'a> {
    pub(super) random: &'r mut Random,
    pub(super) scope: &'r Scope<'a>,
    identity: Identity,
    /// How many `json(…)` there are around.
    pub(super) encoded: usize,
    pub(super) keys: usize,
}

impl Maker<'_, '_> {
    fn identifies_in_string(&self) -> bool {
        self.identity != Identity::Code || self.scope.codes != Codes::Both
    }

    /// The value that identifies the entry.
    fn identifying(&mut self) -> Node {
        let slot = match self.identity {
            Identity::Constant(number) => {
                return Node::Constant(leaked(format!("\"own{number}\"")));
            }
            Identity::Name => Slot::Name,
            Identity::Code => Slot::Code,
        };
        if self.identifies_in_string() && self.random.chance(15) {
            let parts = vec![Part::Literal(self.random.one_of(&WORDS[..4])), Part::Slot(slot)];
            return Node::Composed(leaked_list(parts));
        }
        let cast = self.random.chance(10).then_some(Cast::String);
        let cast = cast.filter(|_| self.identifies_in_string());
        Node::Slot { slot, cast }
    }

    fn root_object(&mut self) -> Node {
        let telling = self.identifying();
        let mut members = vec![match self.random.below(6) {
            0 => {
                let inner = vec![self.pair("code", false, telling)];
                self.pair("error", false, Node::Object(leaked_list(inner)))
            }
            1 => {
                let inner = vec![self.pair("code", false, telling)];
                let node: &'static Node = Box::leak(Box::new(Node::Object(leaked_list(inner))));
                self.pair("error", false, Node::Encoded(node))
            }
            _ => self.pair("code", false, telling),
        }];
        if self.random.chance(75) {
            members.push(self.pair("type", false, Node::Constant("\"error\"")));
        }
        if self.random.chance(60) {
            members.extend(self.message());
        }
        members.extend(self.members(2));
        self.random.shuffle(&mut members);
        Node::Object(leaked_list(members))
    }

    fn message(&mut self) -> Option<Member> {
        let has = |entry: &&Entry| entry.message != Message::None;
        if !self.scope.entries.iter().any(has) {
            return None;
        }
        let optional = !self.scope.entries.iter().all(has);
        let value = Node::Slot { slot: Slot::Message, cast: None };
        Some(self.pair("message", optional, value))
    }

    fn root_array(&mut self) -> Node {
        let mut elements = Vec::new();
        if self.random.chance(75) {
            elements
                .push(required(Node::Constant(["4", "\"error\"", "null"][self.random.below(3)])));
        }
        if self.random.chance(40) {
            elements.extend(self.node(1, false).map(required));
        }
        elements.push(required(self.identifying()));
        if self.random.chance(30)
            && let Some(slot) = self.list()
        {
            let at = self.random.below(elements.len() + 1);
            elements.insert(at, required(Node::Splice(slot)));
            return Node::Array(leaked_list(elements));
        }
        for _ in 0..self.random.below(3) {
            elements.extend(self.node(1, false).map(required));
        }
        for _ in 0..self.random.below(4) {
            let Some(value) = self.slot_node(true) else { continue };
            let value = if self.random.chance(40) { self.default(value) } else { value };
            elements.push(Element { optional: true, value });
        }
        Node::Array(leaked_list(elements))
    }

    /// A list that can be spliced.
    fn list(&mut self) -> Option<Slot> {
        let is_list = |ty: &str| Type::named(ty).kind == Kind::List;
        let fields = self.scope.fields.iter().filter(|field| {
            CONTEXT_FIELDS.iter().any(|(name, ty)| *name == field.name && is_list(ty))
        });
        let mut lists: Vec<Slot> = fields.map(|field| Slot::Context(field.name)).collect();
        if let [entry] = self.scope.entries {
            let fields = entry.fields.iter().filter(|field| is_list(field.docs));
            lists.extend(fields.map(|field| Slot::Field(field.ident)));
        }
        (!lists.is_empty()).then(|| *self.random.pick(&lists))
    }

    fn root_text(&mut self) -> Node {
        let mut parts = vec![Part::Literal(self.random.one_of(&WORDS))];
        match self.identity {
            Identity::Constant(number) => parts.push(Part::Literal(leaked(format!("OWN{number}")))),
            Identity::Code => parts.push(Part::Slot(Slot::Code)),
            Identity::Name => parts.push(Part::Slot(Slot::Name)),
        }
        if let [Part::Literal(""), ..] = parts.as_slice() {
            parts.remove(0);
        }
        for _ in 0..self.random.below(4) {
            if let Some(part) = self.part(false) {
                parts.push(Part::Literal(self.random.one_of(&LITERALS)));
                parts.push(part);
            }
        }
        if self.random.chance(30) {
            parts.push(Part::Literal(self.random.one_of(&LITERALS)));
        }
        self.composed(parts)
    }

    fn root_chain(&mut self) -> Node {
        let mut elements = Vec::new();
        let before = self.random.below(3);
        if before == 0 {
            elements.push(required(text("44")));
            if let Some(part) = self.part(true)
                && self.random.chance(60)
            {
                let value = self.before(part, ",");
                elements.push(Element { optional: true, value });
            }
        } else if before == 1 {
            elements.push(required(text(self.random.one_of(&WORDS[..2]))));
            if let Some(part) = self.part(false) {
                let value = self.before(part, " ");
                elements.push(required(value));
            }
        }
        let value = if self.random.chance(70) { self.root_object() } else { self.root_array() };
        elements.push(required(value));
        if before == 2 || self.random.chance(20) {
            elements.push(required(text(["\u{1e}", "\n", " END"][self.random.below(3)])));
        }
        Node::Chain(leaked_list(elements))
    }
}

pub(super) fn required(value: Node) -> Element {
    Element { optional: false, value }
}

fn text(literal: &'static str) -> Node {
    Node::Composed(leaked_list(vec![Part::Literal(literal)]))
}
