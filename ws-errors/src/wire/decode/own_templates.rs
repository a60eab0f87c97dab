//! The templates of an entry's own, for the TypeScript exporter.

use crate::catalog::{self, Entry, Node, Part, Slot};

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
