//! Templates that are the same for each entry and occurrence.

use super::{Element, Member, Node, Part};
use crate::escape::{push_escaped, quote};

impl Node {
    /// The compact JSON, where it is the same for each entry and occurrence.
    pub fn constant(&self) -> Option<String> {
        let mut json = String::new();
        push(self, &mut json).then_some(json)
    }
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
        Node::Encoded(value) => match value.constant() {
            Some(inner) => out.push_str(&quote(&inner)),
            None => return false,
        },
        Node::Slot { .. } | Node::Splice(_) | Node::Default { .. } | Node::Chain(_) => {
            return false;
        }
    }
    true
}
