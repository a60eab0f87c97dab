//! What the signs mean with which shapes are written.

use crate::catalog::{Inside, Member, Node};

/// What the signs mean that the shapes use.
pub(super) fn of<'a>(templates: impl Iterator<Item = &'a Node>) -> Option<String> {
    let mut signs = Signs::default();
    templates.for_each(|node| signs.add(node));
    let mut sentences = Vec::new();
    if signs.slot {
        sentences.push(r"A name in `<…>` stands for a value.");
    }
    if signs.optional {
        sentences.push("What has a `?` is left out when there is nothing to say.");
    }
    if signs.spliced {
        sentences.push("Behind `...` stand members of the object itself.");
    }
    if signs.chained {
        sentences.push("Parts with `+` between them follow each other directly.");
    }
    if signs.encoded {
        sentences.push("A `string of` JSON holds that JSON as its characters.");
    }
    (!sentences.is_empty()).then(|| sentences.join(" "))
}

/// Which signs a shape uses.
#[derive(Default)]
struct Signs {
    slot: bool,
    optional: bool,
    spliced: bool,
    chained: bool,
    encoded: bool,
}

impl Signs {
    /// Adds those of a node, and of all that stands in it.
    fn add(&mut self, node: &Node) {
        match *node {
            Node::Splice(_) => self.spliced = true,
            Node::Object(members) => members.iter().for_each(|member| match member {
                Member::Pair { optional, .. } => self.optional |= optional,
                Member::Splice(_) => self.spliced = true,
            }),
            Node::Array(elements) | Node::Chain(elements) => {
                self.optional |= elements.iter().any(|element| element.optional);
                self.chained |= matches!(node, Node::Chain(_));
            }
            Node::Encoded(_) => self.encoded = true,
            Node::Constant(_) | Node::Slot { .. } | Node::Composed(_) | Node::Default { .. } => {}
        }
        node.each_inside(&mut |inside| match inside {
            Inside::Slot(..) => self.slot = true,
            Inside::Node(node) => self.add(node),
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::METERED;

    #[test]
    fn only_the_signs_that_are_used_are_explained() {
        let of_one = |node: &Node| of(std::iter::once(node));
        assert_eq!(of_one(&Node::Constant("1")), None);
        assert_eq!(
            of_one(&METERED.envelopes[0].template).unwrap(),
            "A name in `<…>` stands for a value. What has a `?` is left out when there is nothing to say."
        );
    }
}
