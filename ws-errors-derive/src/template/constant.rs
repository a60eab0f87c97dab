//! Templates that are the same for each variant and occurrence.

use ws_errors_core::catalog::{Element, Member, Node, Part};
use ws_errors_core::escape::{push_escaped, quote};

use super::parse::whole;
use crate::cursor::Cursor;
use crate::errors::error;

/// A value without slots, as compact JSON.
pub(crate) fn constant(cursor: Cursor) -> syn::Result<String> {
    let span = cursor.span();
    let template = whole(cursor)?;
    if let Some(slot) = template.slots.first() {
        return error(
            slot.span,
            "a constant is expected here, and a slot is none; write JSON: `\"text\"`, `5`, `{ \"key\": true }`",
        );
    }
    match json(&template.node) {
        Some(json) => Ok(json),
        None => error(span, "a constant is expected here, without `?`, `??` or `..`"),
    }
}

/// The compact JSON, where it is the same for each variant and occurrence.
pub(super) fn json(node: &Node) -> Option<String> {
    let mut json = String::new();
    push(node, &mut json).then_some(json)
}

fn push(node: &Node, out: &mut String) -> bool {
    match node {
        Node::Constant(json) => out.push_str(json),
        Node::Composed(parts) => {
            out.push('"');
            for part in *parts {
                let Part::Literal(text) = part else { return false };
                push_escaped(out, text);
            }
            out.push('"');
        }
        Node::Object(members) => {
            out.push('{');
            for (index, member) in members.iter().enumerate() {
                let Member::Pair { key, optional: false, value } = member else { return false };
                if index > 0 {
                    out.push(',');
                }
                out.push_str(&quote(key));
                out.push(':');
                if !push(value, out) {
                    return false;
                }
            }
            out.push('}');
        }
        Node::Array(elements) => {
            out.push('[');
            for (index, Element { optional, value }) in elements.iter().enumerate() {
                if index > 0 {
                    out.push(',');
                }
                if *optional || !push(value, out) {
                    return false;
                }
            }
            out.push(']');
        }
        Node::Encoded(value) => match json(value) {
            Some(inner) => out.push_str(&quote(&inner)),
            None => return false,
        },
        Node::Slot { .. } | Node::Splice(_) | Node::Default { .. } | Node::Chain(_) => {
            return false;
        }
    }
    true
}
