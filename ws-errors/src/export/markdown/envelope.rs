//! The shapes of messages, for people who never saw the template language.

use std::fmt::Write as _;

use super::text;
use crate::catalog::{Cast, Element, Envelope, Filter, Format, Member, Node, Part, Slot};
use ws_errors_core::distinct::add_new;
use ws_errors_core::escape::{characters_of, push_escaped, quote};

/// An envelope as text: JSON with `<name>` for a slot and `?` for what may be left out.
pub(super) fn rendered(envelope: &Envelope) -> String {
    let mut out = String::new();
    match envelope.format {
        Format::Json | Format::Text => {}
        Format::Binary => out.push_str("binary frame: "),
        Format::MessagePack(prefix) => write_packed(&mut out, prefix, "MessagePack"),
        Format::Cbor(prefix) => write_packed(&mut out, prefix, "CBOR"),
        Format::With(_) => out.push_str("a frame of this API's own format, which holds "),
    }
    match (envelope.format, &envelope.template) {
        (Format::Text | Format::Binary, Node::Composed(parts)) => {
            write_parts(&mut out, parts, false);
        }
        (Format::Text, Node::Constant(json)) => out.push_str(&characters_of(json)),
        (_, template) => write_node(&mut out, template, 0),
    }
    out
}

fn write_packed(out: &mut String, prefix: &[u8], format: &str) {
    out.push_str("binary frame: ");
    for byte in prefix {
        let _ = write!(out, "{byte:02x} ");
    }
    let _ = write!(out, "{format} of ");
}

/// The slots of an envelope, each once, in the order in which they are written.
pub(super) fn slots(envelope: &Envelope) -> Vec<Slot> {
    let mut slots = Vec::new();
    envelope.template.each_slot(&mut |slot, _| add_new(&mut slots, slot));
    slots
}

/// How a slot is written in the text of an envelope.
pub(super) fn label(slot: Slot) -> String {
    let Some(name) = slot.own_name() else { return slot.word().to_owned() };
    let is_taken = matches!(
        name,
        "code"
            | "name"
            | "message"
            | "details"
            | "recoverable"
            | "retry_after"
            | "close"
            | "reason"
            | "doc_url"
            | "fields"
    );
    if is_taken { format!("{}.{name}", slot.word()) } else { name.to_owned() }
}

fn write_node(out: &mut String, node: &Node, level: usize) {
    match *node {
        Node::Constant(json) => out.push_str(json),
        Node::Slot { slot, cast } => {
            let quote = if cast == Some(Cast::String) { "\"" } else { "" };
            let _ = write!(out, "{quote}<{}>{quote}", text::displayed(&label(slot)));
        }
        Node::Splice(slot) => {
            let _ = write!(out, "...<{}>", text::displayed(&label(slot)));
        }
        Node::Composed(parts) => write_parts(out, parts, true),
        Node::Object(members) => write_object(out, members, level),
        Node::Array(elements) => write_array(out, elements, level),
        Node::Default { node, default } => {
            write_node(out, node, level);
            out.push_str(" or ");
            write_node(out, default, level);
        }
        Node::Encoded(node) => {
            out.push_str("string of ");
            write_node(out, node, level);
        }
        Node::Chain(elements) => {
            for (index, element) in elements.iter().enumerate() {
                if index > 0 {
                    out.push_str(" + ");
                }
                write_element(out, element, level);
            }
        }
    }
}

fn write_object(out: &mut String, members: &[Member], level: usize) {
    if members.is_empty() {
        out.push_str("{}");
        return;
    }
    out.push('{');
    for (index, member) in members.iter().enumerate() {
        if index > 0 {
            out.push(',');
        }
        break_line(out, level + 1);
        match *member {
            Member::Pair { key, optional, ref value } => {
                out.push_str(&quote(key));
                out.push_str(if optional { "?: " } else { ": " });
                write_node(out, value, level + 1);
            }
            Member::Splice(slot) => {
                let _ = write!(out, "...<{}>", label(slot));
            }
        }
    }
    break_line(out, level);
    out.push('}');
}

/// On one line where it fits and nothing in it has lines.
fn write_array(out: &mut String, elements: &[Element], level: usize) {
    let written: Vec<String> = elements
        .iter()
        .map(|element| {
            let mut out = String::new();
            write_element(&mut out, element, level + 1);
            out
        })
        .collect();
    let line = format!("[{}]", written.join(", "));
    if !line.contains('\n') && line.chars().count() <= 80 {
        out.push_str(&line);
        return;
    }
    out.push('[');
    for (index, element) in written.iter().enumerate() {
        if index > 0 {
            out.push(',');
        }
        break_line(out, level + 1);
        out.push_str(element);
    }
    break_line(out, level);
    out.push(']');
}

fn write_element(out: &mut String, element: &Element, level: usize) {
    match (element.optional, element.value) {
        // The element is left out when the first is nothing; the second holds its place.
        (true, Node::Default { node, default }) => {
            write_node(out, node, level);
            out.push_str("? or ");
            write_node(out, default, level);
        }
        (optional, value) => {
            write_node(out, &value, level);
            out.push_str(if optional { "?" } else { "" });
        }
    }
}

fn write_parts(out: &mut String, parts: &[Part], quoted: bool) {
    if quoted {
        out.push('"');
    }
    for part in parts {
        match *part {
            Part::Literal(literal) if quoted => push_escaped(out, literal),
            Part::Literal(literal) => out.push_str(literal),
            Part::Slot(slot) => {
                let _ = write!(out, "<{}>", text::displayed(&label(slot)));
            }
            Part::Filtered(slot, filter) => {
                let label = text::displayed(&label(slot)).to_string();
                let _ = match filter {
                    Filter::Quoted => write!(out, "<{label}, quoted as in JSON>"),
                    Filter::Line => write!(out, "<{label}, on one line>"),
                    Filter::Xml => write!(out, "<{label}, escaped as in XML>"),
                    Filter::Word => write!(out, "<{label}, as one word>"),
                    Filter::Percent => write!(out, "<{label}, percent-encoded>"),
                    Filter::Stomp => write!(out, "<{label}, escaped as in STOMP>"),
                    Filter::Raw => write!(out, "<{label}>"),
                    Filter::Len => write!(out, "<length of {label} in bytes>"),
                };
            }
        }
    }
    if quoted {
        out.push('"');
    }
}

fn break_line(out: &mut String, level: usize) {
    out.push('\n');
    out.extend(std::iter::repeat_n("  ", level));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::METERED;

    #[test]
    fn an_object_has_a_line_for_each_member() {
        assert_eq!(
            rendered(&METERED.envelopes[0]),
            "{\n  \"type\": \"error\",\n  \"requestId\"?: <request_id>,\n  \"code\": <code>,\n  \"message\": <message>\n}"
        );
    }

    #[test]
    fn a_short_array_has_one_line() {
        assert_eq!(
            rendered(&METERED.envelopes[1]),
            r#"[4, null, "http://domain/exceptions#<code>", <message>, <details>?]"#
        );
        assert_eq!(slots(&METERED.envelopes[1]), [Slot::Code, Slot::Message, Slot::Details]);
    }

    #[test]
    fn everything_else_that_a_template_can_say_is_said() {
        let id = Node::Slot { slot: Slot::Context("id"), cast: Some(Cast::String) };
        let chain = Node::Chain(&[
            Element { optional: false, value: Node::Constant(r#""44""#) },
            Element {
                optional: true,
                value: Node::Composed(&[Part::Slot(Slot::Context("ns")), Part::Literal(",")]),
            },
            Element {
                optional: false,
                value: Node::Object(&[
                    Member::Splice(Slot::Details),
                    Member::Pair {
                        key: "args",
                        optional: false,
                        value: Node::Default {
                            node: &Node::Slot { slot: Slot::Field("code"), cast: None },
                            default: &Node::Constant("[]"),
                        },
                    },
                    Member::Pair {
                        key: "data",
                        optional: false,
                        value: Node::Encoded(&Node::Array(&[])),
                    },
                ]),
            },
        ]);
        let rendered_as = |template, format| rendered(&Envelope { template, format });
        assert_eq!(rendered_as(id, Format::Json), r#""<id>""#);
        assert_eq!(
            rendered_as(chain, Format::Json),
            "\"44\" + \"<ns>,\"? + {\n  ...<details>,\n  \"args\": <field.code> or [],\n  \"data\": string of []\n}"
        );
        assert_eq!(
            rendered_as(
                Node::Composed(&[Part::Literal("-ERR "), Part::Slot(Slot::Message)]),
                Format::Text
            ),
            "-ERR <message>"
        );
    }
}
