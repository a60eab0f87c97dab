//! Envelopes and texts as JSON.

use super::constant;
use crate::catalog::{Cast, Element, Envelope, Format, Member, Node, Part, Piece, Slot, Text};
use crate::export::tree::Members;
use crate::wire::Tree;

pub(super) fn of_envelope(envelope: &Envelope) -> Tree<'static> {
    let format = match envelope.format {
        Format::Json => "json",
        Format::Text => "text",
        Format::Binary => "binary",
        Format::MessagePack(_) => "msgpack",
        Format::Cbor(_) => "cbor",
        Format::With(_) => "with",
    };
    let members = Members::new().with("format", format);
    let members = match envelope.format {
        Format::MessagePack(prefix) | Format::Cbor(prefix) if !prefix.is_empty() => members.with(
            "prefix",
            prefix.iter().map(|byte| Tree::Number((*byte).into())).collect::<Tree<'static>>(),
        ),
        Format::With(codec) => members.with("with", codec.name),
        _ => members,
    };
    members.with("template", of_node(&envelope.template)).into()
}

pub(super) fn of_node(node: &Node) -> Tree<'static> {
    let one = |key: &'static str, value: Tree<'static>| Members::new().with(key, value).into();
    match *node {
        Node::Constant(json) => one("constant", constant(json).unwrap_or(Tree::Null)),
        Node::Object(members) => one("object", members.iter().map(of_member).collect()),
        Node::Array(elements) => one("array", of_elements(elements)),
        Node::Slot { slot, cast } => of_slot(slot).perhaps("as", cast.map(of_cast)).into(),
        Node::Composed(parts) => one(
            "composed",
            parts
                .iter()
                .map(|part| match *part {
                    Part::Literal(text) => text.into(),
                    Part::Slot(slot) => of_slot(slot).into(),
                    Part::Filtered(slot, filter) => {
                        of_slot(slot).with("filter", filter.name()).into()
                    }
                })
                .collect(),
        ),
        Node::Default { node, default } => one(
            "default",
            Members::new().with("value", of_node(node)).with("default", of_node(default)).into(),
        ),
        Node::Encoded(node) => one("encoded", of_node(node)),
        Node::Splice(slot) => one("splice", of_slot(slot).into()),
        Node::Chain(elements) => one("chain", of_elements(elements)),
    }
}

fn of_member(member: &Member) -> Tree<'static> {
    match *member {
        Member::Pair { key, optional, ref value } => Members::new()
            .with("key", key)
            .with("optional", optional)
            .with("value", of_node(value))
            .into(),
        Member::Splice(slot) => Members::new().with("splice", of_slot(slot)).into(),
    }
}

fn of_elements(elements: &[Element]) -> Tree<'static> {
    elements
        .iter()
        .map(|Element { optional, value }| {
            Members::new().with("optional", *optional).with("value", of_node(value)).into()
        })
        .collect()
}

fn of_slot(slot: Slot) -> Members {
    Members::new().with("slot", slot.word()).perhaps("name", slot.own_name())
}

pub(super) fn of_cast(cast: Cast) -> Tree<'static> {
    match cast {
        Cast::String => "string".into(),
        Cast::Number => "number".into(),
    }
}

/// A text: a string, or a list of strings and fields.
pub(super) fn of_text(text: Text) -> Tree<'static> {
    if let Some(constant) = text.constant() {
        return constant.into();
    }
    text.0
        .iter()
        .map(|piece| match *piece {
            Piece::Literal(text) => text.into(),
            Piece::Field { name, spec } => Members::new()
                .with("field", name)
                .perhaps("format", (!spec.is_empty()).then_some(spec))
                .into(),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::METERED;

    #[test]
    fn a_template_is_data_in_the_order_on_the_wire() {
        assert_eq!(
            of_envelope(&METERED.envelopes[1]).compact(),
            concat!(
                r#"{"format":"json","template":{"array":["#,
                r#"{"optional":false,"value":{"constant":4}},"#,
                r#"{"optional":false,"value":{"constant":null}},"#,
                r#"{"optional":false,"value":{"composed":["http://domain/exceptions#",{"slot":"code"}]}},"#,
                r#"{"optional":false,"value":{"slot":"message"}},"#,
                r#"{"optional":true,"value":{"slot":"details"}}]}}"#
            )
        );
    }

    #[test]
    fn a_text_with_braces_of_its_own_is_told_from_one_with_fields() {
        let braces = Text(&[Piece::Literal("{channel}")]);
        let field = Text(&[Piece::Field { name: "channel", spec: ">4" }]);
        assert_eq!(of_text(braces).compact(), r#""{channel}""#);
        assert_eq!(of_text(field).compact(), r#"[{"field":"channel","format":">4"}]"#);
    }
}
