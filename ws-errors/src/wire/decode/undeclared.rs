//! An envelope as it looks for an entry that nobody has declared: what differs between the entries
//! is open in it.
//!
//! Whatever an entry of the group sends has this form, too; so it also tells at once that a message
//! is none of theirs.

use std::borrow::Cow;

use super::kinds::Kinds;
use super::pattern::{
    Element, Form, Fragment, Fragments, Link, LinkValue, Member, Pattern, Reading,
};
use crate::catalog::{
    self, Cast, Code, ContextField, Entry, Envelope, Format, Message, Node, Part, Slot,
};
use crate::wire::json::Json;

/// The entries that share an envelope in a context, and the templates of their own in it.
pub(super) struct Undeclared<'a> {
    pub(super) entries: &'a [&'static Entry],
    pub(super) context: &'static [ContextField],
    /// The types that codes have in this catalog.
    pub(super) codes: Kinds,
    /// Whether a message is known by its code and its constants alone.
    pub(super) is_lenient: bool,
}

impl Undeclared<'_> {
    /// The form of a frame.
    pub(super) fn form(&self, envelope: &Envelope) -> Form {
        match (&envelope.template, envelope.format) {
            (Node::Chain(elements), _) => {
                Form::Chain(elements.iter().map(|element| self.link(element)).collect())
            }
            (template, Format::Text) | (template @ Node::Composed(_), Format::Binary) => {
                Form::Text(self.node(template).without_null())
            }
            (template, _) => Form::Json(self.node(template)),
        }
    }

    fn link(&self, element: &catalog::Element) -> Link {
        let value = match &element.value {
            Node::Composed(parts) => LinkValue::Text(self.fragments(parts)),
            node => match self.node(node) {
                Pattern::Constant(Json::String(text)) if matches!(node, Node::Constant(_)) => {
                    LinkValue::Text(vec![Fragment::Literal(text.into_owned())])
                }
                pattern => LinkValue::Json(pattern),
            },
        };
        Link { optional: element.optional, value }
    }

    fn node(&self, node: &Node) -> Pattern {
        match *node {
            Node::Constant(json) => Pattern::constant(json),
            Node::Object(members) => self.object(members),
            Node::Array(elements) | Node::Chain(elements) => Pattern::Array(
                elements
                    .iter()
                    .map(|element| {
                        // What an element is, its place tells.
                        let (value, _) = self.lenient(&element.value, element.optional);
                        let spliced = matches!(element.value, Node::Splice(_));
                        Element { optional: element.optional, spliced, value }
                    })
                    .collect(),
            ),
            Node::Slot { slot, cast } => self.slot(slot, cast),
            Node::Splice(slot) => self.slot(slot, None),
            // Where every slot is nothing, so is the string.
            Node::Composed(parts) => Pattern::Composed(self.fragments(parts)).or_null(),
            Node::Default { node, default } => match (self.node(node), default) {
                // Nothing ever stands in the place of a constant.
                (constant @ Pattern::Constant(_), _) => constant,
                (pattern, Node::Constant(json)) => pattern.or_default(Pattern::exactly(json)),
                (pattern, default) => pattern.or_default(self.node(default)),
            },
            Node::Encoded(node) => Pattern::Encoded(Box::new(self.node(node))).or_null(),
        }
    }

    /// A value by which no message is known may be absent, or another than it is in this version.
    fn lenient(&self, node: &Node, optional: bool) -> (Pattern, bool) {
        let pattern = self.node(node);
        if self.is_lenient && !pattern.is_telling() {
            (Pattern::Lenient(Box::new(pattern)), true)
        } else {
            (pattern, optional)
        }
    }

    fn object(&self, members: &[catalog::Member]) -> Pattern {
        let mut open = Vec::with_capacity(members.len());
        for member in members {
            match *member {
                catalog::Member::Pair { key, optional, value: ref node } => {
                    let (value, optional) = self.lenient(node, optional);
                    open.push(Member { key: Cow::Borrowed(key), optional, value });
                }
                catalog::Member::Splice(slot) => self.splice(slot, &mut open),
            }
        }
        Pattern::object(open)
    }

    /// Which fields an undeclared entry has is not known: any of the others' may be there.
    fn splice(&self, slot: Slot, members: &mut Vec<Member>) {
        let fields = self.entries.iter().flat_map(|entry| entry.fields);
        for field in fields.filter(|field| match slot {
            Slot::Details => field.in_details,
            _ => field.on_wire,
        }) {
            if members.iter().all(|member| member.key != field.name) {
                members.push(Member {
                    key: Cow::Borrowed(field.name),
                    optional: true,
                    value: Pattern::Open(Kinds::ANY, Reading::Nothing),
                });
            }
        }
    }

    fn fragments(&self, parts: &[Part]) -> Vec<Fragment> {
        let mut out = Fragments::default();
        for part in parts {
            match *part {
                Part::Literal(text) => out.literal(text),
                Part::Slot(slot) => out.open(self.slot(slot, None).without_null()),
                Part::Filtered(slot, filter) => {
                    out.open(Pattern::filtered(filter, self.slot(slot, None)));
                }
            }
        }
        out.0
    }

    fn slot(&self, slot: Slot, cast: Option<Cast>) -> Pattern {
        let any = |what: fn(&Entry) -> bool| self.entries.iter().any(|entry| what(entry));
        match slot {
            Slot::Code => {
                let kinds = if any(|entry| matches!(entry.code, Code::Field(_))) {
                    Kinds::CODE
                } else {
                    self.codes
                };
                Pattern::Code {
                    kinds: kinds.or_null(any(|entry| entry.code == Code::None)),
                    quoted: cast == Some(Cast::String),
                    field: None,
                }
            }
            Slot::Name => Pattern::Open(Kinds::STRING, Reading::Name),
            Slot::Message => {
                let kinds = if any(|entry| matches!(entry.message, Message::Field(_))) {
                    Kinds::ANY
                } else {
                    Kinds::STRING.or_null(any(|entry| entry.message == Message::None))
                };
                Pattern::Open(kinds, Reading::Message(None))
            }
            Slot::Details => Pattern::Open(Kinds::ANY, Reading::Details),
            Slot::Recoverable => Pattern::Open(Kinds::BOOL, Reading::Nothing),
            Slot::RetryAfter | Slot::Close | Slot::Reason | Slot::Fields | Slot::Field(_) => {
                Pattern::Open(Kinds::ANY, Reading::Nothing)
            }
            Slot::Set(name) => self.constant_of_their_own(name),
            Slot::Context(name) => {
                let field = self.context.iter().find(|field| field.name == name);
                match field {
                    Some(field) => {
                        Pattern::typed(Some((field.ty)()), cast, Reading::Context(field))
                    }
                    None => Pattern::Open(Kinds::ANY, Reading::Nothing),
                }
            }
        }
    }

    /// A constant that all have is constant; of one that differs only the type is known. Entries
    /// with templates of their own share them, or they would be in different groups.
    fn constant_of_their_own(&self, name: &str) -> Pattern {
        let nodes = || self.entries.iter().map(|entry| own(entry, name).map(|(_, node)| node));
        let Some(Some(first)) = nodes().next() else {
            return Pattern::Open(self.kinds_of(nodes()), Reading::Nothing);
        };
        if nodes().all(|node| node == Some(first)) {
            self.node(first)
        } else {
            Pattern::Open(self.kinds_of(nodes()), Reading::Nothing)
        }
    }

    fn kinds_of<'n>(&self, nodes: impl Iterator<Item = Option<&'n Node>>) -> Kinds {
        nodes.fold(Kinds::NONE, |kinds, node| match node {
            Some(Node::Constant(json)) => {
                Json::parse(json).map_or(kinds, |json| kinds.or(Kinds::of(&json)))
            }
            Some(_) => Kinds::ANY,
            None => kinds.or(Kinds::NULL),
        })
    }
}

/// The constant or template of the entry's own.
fn own(entry: &'static Entry, name: &str) -> Option<(&'static str, &'static Node)> {
    entry.constants.iter().find(|(other, _)| *other == name).map(|(name, node)| (*name, node))
}

/// The templates of the entry's own that a template uses: what has to be the same in a group.
///
/// Constants without members may differ, unless something else stands in their place where an entry
/// has none: it would look like one of them.
pub(crate) fn own_templates(
    entry: &'static Entry,
    template: &Node,
) -> Vec<(&'static str, &'static Node)> {
    let mut found = Vec::new();
    collect(entry, template, &mut found);
    found
}

fn collect(entry: &'static Entry, node: &Node, found: &mut Vec<(&'static str, &'static Node)>) {
    let mut slot = |slot: &Slot| {
        if let Slot::Set(name) = slot
            && let Some((name, node)) = own(entry, name)
        {
            if !matches!(node, Node::Constant(json) if !json.starts_with(['{', '['])) {
                found.push((name, node));
            }
            collect(entry, node, found);
        }
    };
    match node {
        Node::Constant(_) => {}
        Node::Slot { slot: found, .. } | Node::Splice(found) => slot(found),
        Node::Composed(parts) => {
            for part in *parts {
                if let Part::Slot(found) | Part::Filtered(found, _) = part {
                    slot(found);
                }
            }
        }
        Node::Object(members) => {
            for member in *members {
                if let catalog::Member::Pair { value, .. } = member {
                    collect(entry, value, found);
                }
            }
        }
        Node::Array(elements) | Node::Chain(elements) => {
            elements.iter().for_each(|element| collect(entry, &element.value, found));
        }
        Node::Default { node, default } => {
            if let Node::Slot { slot: Slot::Set(name), .. } = node
                && !matches!(default, Node::Constant(_))
            {
                found.extend(own(entry, name));
            }
            collect(entry, node, found);
            collect(entry, default, found);
        }
        Node::Encoded(node) => collect(entry, node, found),
    }
}
