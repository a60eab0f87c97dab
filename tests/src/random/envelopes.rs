//! Envelopes, made up: everything that the language has.

use ws_errors::catalog::{
    Cast, Code, ContextField, Delivery, Details, Element, Entry, Envelope, Filter, Format, Member,
    Message, Node, Part, RetryKind, Slot,
};

use super::entries::{CONSTANTS, Codes};
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

/// An envelope. `alone` is the number of an envelope that one entry has for itself.
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

struct Maker<'r, 'a> {
    random: &'r mut Random,
    scope: &'r Scope<'a>,
    identity: Identity,
    /// How many `json(…)` there are around.
    encoded: usize,
    keys: usize,
}

impl Maker<'_, '_> {
    fn identifies_in_string(&self) -> bool {
        self.identity != Identity::Code || self.scope.codes != Codes::Both
    }

    fn key(&mut self) -> &'static str {
        self.keys += 1;
        let stem = ["k", "data", "requestId", "it's", "é", "", "__proto__x"][self.random.below(7)];
        leaked(format!("{stem}{}", self.keys))
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

    fn pair(&mut self, key: &'static str, optional: bool, value: Node) -> Member {
        Member::Pair { key, optional, value }
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

    fn members(&mut self, depth: usize) -> Vec<Member> {
        let mut members = Vec::new();
        for _ in 0..self.random.below(4) {
            let optional = self.random.chance(45);
            if let Some(value) = self.node(depth, optional) {
                let key = self.key();
                members.push(self.pair(key, optional, value));
            }
        }
        // Members that are spliced have names of their own.
        let named = self.scope.entries.iter().all(|entry| {
            !matches!(entry.details, Details::Value | Details::Array)
                && !entry.fields.iter().any(|field| field.ident == "0")
                && !matches!(entry.code, Code::Field(_))
        });
        if depth == 2 && named && self.random.chance(20) {
            let slot = if self.random.chance(50) { Slot::Details } else { Slot::Fields };
            members.push(Member::Splice(slot));
        }
        members
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

    /// A template that every entry has, or in an optional place some.
    fn node(&mut self, depth: usize, optional: bool) -> Option<Node> {
        match self.random.below(if depth == 0 { 7 } else { 12 }) {
            0 => Some(Node::Constant(
                ["\"fixed\"", "7", "true", "null", "{}", "[]", "-0.5"][self.random.below(7)],
            )),
            1 | 2 => {
                let mut parts = Vec::new();
                if self.random.chance(50) {
                    parts.push(Part::Literal(self.random.one_of(&WORDS[..6])));
                }
                parts.push(self.part(optional)?);
                if self.random.chance(40)
                    && let Some(part) = self.part(optional)
                {
                    parts.push(Part::Literal(self.random.one_of(&LITERALS)));
                    parts.push(part);
                }
                Some(self.composed(parts))
            }
            3 => {
                let node = self.slot_node(true)?;
                Some(self.default(node))
            }
            7 | 8 => {
                let members = self.members(depth - 1);
                (!members.is_empty()).then(|| Node::Object(leaked_list(members)))
            }
            9 => {
                let elements: Vec<Element> = (0..1 + self.random.below(2))
                    .filter_map(|_| self.node(depth - 1, false).map(required))
                    .collect();
                Some(Node::Array(leaked_list(elements)))
            }
            10 if self.encoded == 0 => {
                self.encoded += 1;
                let node = self.node(depth - 1, optional);
                self.encoded -= 1;
                Some(Node::Encoded(Box::leak(Box::new(node?))))
            }
            _ => self.slot_node(optional),
        }
    }

    fn default(&mut self, node: Node) -> Node {
        let default = match self.random.below(6) {
            0 => Node::Constant("null"),
            1 => Node::Constant("{}"),
            2 => Node::Constant("[]"),
            3 => Node::Slot { slot: Slot::Name, cast: None },
            _ => Node::Constant("\"-1\""),
        };
        Node::Default { node: Box::leak(Box::new(node)), default: Box::leak(Box::new(default)) }
    }

    fn slot_node(&mut self, optional: bool) -> Option<Node> {
        let slots = self.slots(optional);
        if slots.is_empty() {
            return None;
        }
        let slot = *self.random.pick(&slots);
        Some(Node::Slot { slot, cast: None })
    }

    fn part(&mut self, optional: bool) -> Option<Part> {
        let mut slots = self.slots(optional);
        let in_string = self.scope.codes != Codes::Both;
        slots.retain(|slot| match slot {
            Slot::Details | Slot::Fields => false,
            Slot::Code => in_string,
            _ => true,
        });
        if slots.is_empty() {
            return None;
        }
        let slot = *self.random.pick(&slots);
        let filters = Filter::NAMED.map(|(_, filter)| filter).into_iter().chain([Filter::Len]);
        let filters: Vec<_> = filters.collect();
        Some(match self.random.below(6) {
            0 => Part::Filtered(slot, *self.random.pick(&filters)),
            _ => Part::Slot(slot),
        })
    }

    /// A string. What stands before another slot mostly has a filter after which one sees its end.
    fn composed(&mut self, parts: Vec<Part>) -> Node {
        let mut parts = joined(parts);
        let last = parts.iter().rposition(|part| !matches!(part, Part::Literal(_)));
        for index in 0..last.unwrap_or_default() {
            if let [Part::Slot(slot), Part::Literal(separator)] = parts[index..index + 2] {
                parts[index] = self.ended(slot, separator);
            }
        }
        Node::Composed(leaked_list(parts))
    }

    /// A slot before something else.
    fn before(&mut self, part: Part, separator: &'static str) -> Node {
        let part = match part {
            Part::Slot(slot) => self.ended(slot, separator),
            part => part,
        };
        Node::Composed(leaked_list(vec![part, Part::Literal(separator)]))
    }

    fn ended(&mut self, slot: Slot, separator: &str) -> Part {
        let ends = Filter::NAMED.into_iter().filter(|(_, one)| one.ends_before(separator));
        let filters: Vec<Filter> = ends.map(|(_, filter)| filter).collect();
        match self.random.below(5) {
            0 => Part::Slot(slot),
            _ => Part::Filtered(slot, *self.random.pick(&filters)),
        }
    }

    /// The slots that every entry has, or those that some have.
    fn slots(&self, optional: bool) -> Vec<Slot> {
        let entries = self.scope.entries;
        let has = |has: &dyn Fn(&Entry) -> bool| {
            if optional {
                entries.iter().any(|entry| has(entry))
            } else {
                entries.iter().all(|entry| has(entry))
            }
        };
        let mut slots = vec![Slot::Name, Slot::Recoverable];
        let mut add = |slot: Slot, test: &dyn Fn(&Entry) -> bool| {
            if has(test) {
                slots.push(slot);
            }
        };
        add(Slot::Code, &|entry| entry.code != Code::None);
        add(Slot::Message, &|entry| entry.message != Message::None);
        add(Slot::Details, &|entry| entry.details != Details::Nothing);
        add(Slot::RetryAfter, &|entry| matches!(entry.retry.kind, RetryKind::After(_)));
        let closes = |entry: &Entry| matches!(entry.delivery, Delivery::SoftThenClose(_));
        add(Slot::Close, &closes);
        add(Slot::Reason, &closes);
        for name in CONSTANTS {
            add(Slot::Set(name), &|entry| entry.constants.iter().any(|(other, _)| *other == name));
        }
        for name in ["room", "limit", "args", "why", "0"] {
            // More often than not.
            for _ in 0..2 {
                add(Slot::Field(name), &|entry| {
                    entry.fields.iter().any(|field| field.ident == name)
                });
            }
        }
        for field in self.scope.fields {
            slots.extend([Slot::Context(field.name); 2]);
        }
        slots
    }
}

fn required(value: Node) -> Element {
    Element { optional: false, value }
}

fn text(literal: &'static str) -> Node {
    Node::Composed(leaked_list(vec![Part::Literal(literal)]))
}

/// Literals that stand side by side are one.
fn joined(parts: Vec<Part>) -> Vec<Part> {
    let mut out: Vec<Part> = Vec::new();
    for part in parts {
        match (out.last_mut(), part) {
            (Some(Part::Literal(before)), Part::Literal(after)) => {
                *before = leaked(format!("{before}{after}"));
            }
            (_, part) => out.push(part),
        }
    }
    out
}
