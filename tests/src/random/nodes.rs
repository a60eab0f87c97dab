//! What stands in the templates of envelopes, made up: everything that the language has.

use ws_errors::catalog::{
    Code, Delivery, Details, Element, Entry, Filter, Member, Message, Node, Part, RetryKind, Slot,
};

use super::entries::{CONSTANTS, Codes};
use super::envelopes::{Maker, required};
use super::made::{leaked, leaked_list};
use super::texts::{LITERALS, WORDS};

impl Maker<'_, '_> {
    fn key(&mut self) -> &'static str {
        self.keys += 1;
        let stem = ["k", "data", "requestId", "it's", "é", "", "__proto__x"][self.random.below(7)];
        leaked(format!("{stem}{}", self.keys))
    }

    pub(super) fn pair(&mut self, key: &'static str, optional: bool, value: Node) -> Member {
        Member::Pair { key, optional, value }
    }

    pub(super) fn members(&mut self, depth: usize) -> Vec<Member> {
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

    /// A template that every entry has, or in an optional place some.
    pub(super) fn node(&mut self, depth: usize, optional: bool) -> Option<Node> {
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

    pub(super) fn default(&mut self, node: Node) -> Node {
        let default = match self.random.below(6) {
            0 => Node::Constant("null"),
            1 => Node::Constant("{}"),
            2 => Node::Constant("[]"),
            3 => Node::Slot { slot: Slot::Name, cast: None },
            _ => Node::Constant("\"-1\""),
        };
        Node::Default { node: Box::leak(Box::new(node)), default: Box::leak(Box::new(default)) }
    }

    pub(super) fn slot_node(&mut self, optional: bool) -> Option<Node> {
        let slots = self.slots(optional);
        if slots.is_empty() {
            return None;
        }
        let slot = *self.random.pick(&slots);
        Some(Node::Slot { slot, cast: None })
    }

    pub(super) fn part(&mut self, optional: bool) -> Option<Part> {
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
    pub(super) fn composed(&mut self, parts: Vec<Part>) -> Node {
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
    pub(super) fn before(&mut self, part: Part, separator: &'static str) -> Node {
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
