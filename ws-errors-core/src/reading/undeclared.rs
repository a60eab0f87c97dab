//! What an error that nobody declared looks like: what differs between the entries of an envelope
//! is open in it.

use super::entry::{Patterns, filtered, opened, parse, push, push_pattern, segments};
use super::plan::{Capture, Codes, ElementPattern, FramePattern, MemberPattern, Pattern, Segment};
use crate::catalog::{
    Cast, ContextField, Element, Entry, Envelope, Filter, Format, Member, Message, Node, Part, Slot,
};
use crate::distinct::distinct;
use crate::json::{Json, Kinds};

/// Entries that share an envelope in a context, and the templates of their own in it.
pub(super) struct Undeclared<'a> {
    pub(super) entries: &'a [&'static Entry],
    pub(super) context: &'static [ContextField],
    /// The types of its code.
    pub(super) codes: Kinds,
    /// Which codes are meant.
    pub(super) which: Codes,
    /// Whether it has a code.
    pub(super) with_code: bool,
    /// Whether the name stands in the place of a code.
    pub(super) named: bool,
    /// Whether it is known by its code and its constants alone: anything else may be absent, or
    /// another than in this version.
    pub(super) lenient: bool,
}

impl Undeclared<'_> {
    /// What its frames look like.
    pub(super) fn frame(&self, patterns: &mut Patterns<'_>, envelope: &Envelope) -> FramePattern {
        match (&envelope.template, envelope.format) {
            (Node::Chain(elements), _) => FramePattern::Text(self.chain(patterns, elements)),
            (template, Format::Text) | (template @ Node::Composed(_), Format::Binary) => {
                FramePattern::Text(segments(self.node(patterns, template)))
            }
            (template, _) => FramePattern::Json(self.node(patterns, template)),
        }
    }

    fn chain(&self, patterns: &mut Patterns<'_>, elements: &[Element]) -> Vec<Segment> {
        let mut chain = Vec::new();
        for element in elements {
            let link = match &element.value {
                Node::Composed(parts) => self.parts(patterns, parts),
                node => match self.node(patterns, node) {
                    Pattern::Constant(Json::String(text)) if matches!(node, Node::Constant(_)) => {
                        vec![Segment::Literal(text)]
                    }
                    pattern => vec![Segment::Json(pattern)],
                },
            };
            if element.optional {
                chain.push(Segment::Optional(link));
            } else {
                chain.extend(link);
            }
        }
        chain
    }

    fn node(&self, patterns: &mut Patterns<'_>, node: &Node) -> Pattern {
        match *node {
            Node::Constant(json) => opened(parse(json)),
            Node::Object(members) => self.object(patterns, members),
            Node::Array(elements) | Node::Chain(elements) => Pattern::Array(
                elements
                    .iter()
                    .map(|element| {
                        // Where an element stands tells what it is: it is never left out because
                        // nothing is known of it.
                        let (value, _) = self.in_place(patterns, &element.value, element.optional);
                        ElementPattern {
                            optional: element.optional && !value.has_code(),
                            spliced: matches!(element.value, Node::Splice(_)),
                            value,
                        }
                    })
                    .collect(),
            ),
            Node::Slot { slot, cast } => self.slot(patterns, slot, cast),
            Node::Splice(slot) => self.slot(patterns, slot, None),
            Node::Composed(parts) => Pattern::Text(self.parts(patterns, parts)),
            Node::Default { node, default } => self.default(patterns, node, default),
            Node::Encoded(node) => Pattern::Encoded(Box::new(self.node(patterns, node))),
        }
    }

    fn object(&self, patterns: &mut Patterns<'_>, members: &[Member]) -> Pattern {
        let mut shown: Vec<MemberPattern> = Vec::with_capacity(members.len());
        for member in members {
            match *member {
                Member::Pair { key, optional, ref value } => {
                    let (value, optional) = self.in_place(patterns, value, optional);
                    shown.push(MemberPattern { key: key.to_owned(), optional, value });
                }
                // Which fields it has is not known: any of the others' may be there.
                Member::Splice(slot) => {
                    let fields = self.entries.iter().flat_map(|entry| entry.fields);
                    for field in fields.filter(|field| match slot {
                        Slot::Details => field.in_details,
                        _ => field.on_wire,
                    }) {
                        if shown.iter().all(|member| member.key != field.name) {
                            let value = Pattern::any_value(Vec::new());
                            let key = field.name.to_owned();
                            shown.push(MemberPattern { key, optional: true, value });
                        }
                    }
                }
            }
        }
        Pattern::Object(shown)
    }

    /// What stands in a place, and whether it may be absent.
    fn in_place(
        &self,
        patterns: &mut Patterns<'_>,
        node: &Node,
        optional: bool,
    ) -> (Pattern, bool) {
        let pattern = self.node(patterns, node);
        if self.lenient && !pattern.is_telling() {
            (Pattern::Lenient(Box::new(pattern)), true)
        } else if pattern.has_code() {
            (pattern.without_null(), false)
        } else {
            (pattern, optional)
        }
    }

    fn default(&self, patterns: &mut Patterns<'_>, node: &Node, default: &Node) -> Pattern {
        let pattern = self.node(patterns, node);
        if matches!(pattern, Pattern::Constant(_)) {
            return pattern;
        }
        // A place that may hold the code holds it.
        if pattern.has_code() {
            return pattern;
        }
        let other = Undeclared { named: false, ..*self }.node(patterns, default);
        match default {
            _ if other.has_code() => other,
            Node::Constant(json) => Pattern::OneOf(vec![Pattern::Constant(parse(json)), pattern]),
            _ => Pattern::OneOf(vec![pattern, other]),
        }
    }

    fn parts(&self, patterns: &mut Patterns<'_>, parts: &[Part]) -> Vec<Segment> {
        let mut text = Vec::new();
        for part in parts {
            match *part {
                Part::Literal(literal) => push(&mut text, Segment::Literal(literal.to_owned())),
                Part::Slot(Slot::Code) if !self.with_code => {}
                Part::Slot(slot) => push_pattern(&mut text, self.slot(patterns, slot, None)),
                Part::Filtered(_, Filter::Len) => {
                    text.push(Segment::Filtered(Filter::Len, Pattern::any_value(Vec::new())));
                }
                Part::Filtered(slot, filter) => {
                    let pattern = self.slot(patterns, slot, None).without_null();
                    text.push(filtered(filter, pattern));
                }
            }
        }
        text
    }

    fn slot(&self, patterns: &mut Patterns<'_>, slot: Slot, cast: Option<Cast>) -> Pattern {
        let any = |what: fn(&Entry) -> bool| self.entries.iter().any(|entry| what(entry));
        match slot {
            Slot::Code if !self.with_code => Pattern::Constant(Json::Null),
            Slot::Code => self.code(self.codes, cast == Some(Cast::String)),
            Slot::Name if self.named => self.code(Kinds::STRING, false),
            // Beside a code, the name says nothing.
            Slot::Name => Pattern::value(Kinds::STRING, Vec::new()),
            Slot::Message => {
                let kinds = match any(|entry| entry.message == Message::None) {
                    true => Kinds::STRING.or(Kinds::NULL),
                    false => Kinds::STRING,
                };
                let captures = vec![Capture::Message];
                let text = Pattern::Value { kinds, ty: None, optional: true, captures };
                // What a field holds need not be a text; only a text is kept.
                if !self.lenient && any(|entry| matches!(entry.message, Message::Field(_))) {
                    return Pattern::OneOf(vec![text, Pattern::any_value(Vec::new())]);
                }
                text
            }
            Slot::Details => Pattern::any_value(vec![Capture::Details]),
            Slot::Recoverable | Slot::Status if cast == Some(Cast::String) => {
                Pattern::value(Kinds::STRING, Vec::new())
            }
            Slot::Recoverable => Pattern::value(Kinds::BOOL, Vec::new()),
            Slot::Status => Pattern::value(Kinds::NUMBER, Vec::new()),
            Slot::Title => Pattern::value(Kinds::STRING, Vec::new()),
            Slot::DocUrl => self.doc_url(),
            Slot::RetryAfter | Slot::Close | Slot::Reason | Slot::Fields | Slot::Field(_) => {
                Pattern::any_value(Vec::new())
            }
            Slot::Set(name) => self.set(patterns, name),
            Slot::Context(name) => match self.context.iter().find(|field| field.name == name) {
                Some(field) => patterns.typed((field.ty)(), cast, vec![Capture::Context(field)]),
                None => Pattern::any_value(Vec::new()),
            },
        }
    }

    /// The address of an entry that a later version has: it begins as those of the others do.
    fn doc_url(&self) -> Pattern {
        let any = Pattern::value(Kinds::STRING, Vec::new());
        let addresses = self.entries.iter().filter_map(|entry| entry.doc_url?.split('#').next());
        let mut references: Vec<&str> = addresses.collect();
        references.dedup();
        match references.as_slice() {
            [reference] => {
                let begins = Segment::Literal((*reference).to_owned());
                Pattern::Text(vec![begins, Segment::Slot(any)])
            }
            _ => any,
        }
    }

    fn code(&self, kinds: Kinds, quoted: bool) -> Pattern {
        Pattern::Code { kinds, quoted, codes: self.which, captures: vec![Capture::Code] }
    }

    /// A constant of the entries' own. That all have is constant; of one that differs only the type
    /// is known.
    fn set(&self, patterns: &mut Patterns<'_>, name: &str) -> Pattern {
        let nodes = || self.entries.iter().map(|entry| entry.constant(name));
        if let Some(Some(first)) = nodes().next()
            && nodes().all(|node| node == Some(first))
        {
            return self.node(patterns, first);
        }
        if nodes().all(|node| matches!(node, None | Some(Node::Constant(_)))) {
            let kinds = nodes().map(|node| match node {
                Some(Node::Constant(json)) => parse(json).kind(),
                _ => Kinds::NULL,
            });
            return Pattern::value(kinds.fold(Kinds::NONE, Kinds::or), Vec::new());
        }
        let different = distinct(nodes().flatten()).into_iter();
        Pattern::OneOf(different.map(|node| self.node(patterns, node)).collect())
    }
}
