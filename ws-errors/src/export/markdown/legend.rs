//! What the signs mean with which shapes are written.

use crate::catalog::{Inside, Member, Node};

/// What the signs mean that the shapes use.
pub(super) fn of<'a>(templates: impl Iterator<Item = &'a Node>) -> Option<String> {
    let signs = templates.map(Signs::of).fold(Signs::default(), Signs::and);
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
    fn of(node: &Node) -> Self {
        let mut signs = Self::of_itself(node);
        node.each_inside(&mut |inside| {
            let of_inside = match inside {
                Inside::Slot(..) => Self { slot: true, ..Self::default() },
                Inside::Node(node) => Self::of(node),
            };
            signs = std::mem::take(&mut signs).and(of_inside);
        });
        signs
    }

    /// The signs of a node, without those of what stands in it.
    fn of_itself(node: &Node) -> Self {
        let none = Self::default();
        match *node {
            Node::Splice(_) => Self { spliced: true, ..none },
            Node::Object(members) => Self {
                optional: members
                    .iter()
                    .any(|one| matches!(one, Member::Pair { optional: true, .. })),
                spliced: members.iter().any(|one| matches!(one, Member::Splice(_))),
                ..none
            },
            Node::Array(elements) | Node::Chain(elements) => Self {
                optional: elements.iter().any(|element| element.optional),
                chained: matches!(node, Node::Chain(_)),
                ..none
            },
            Node::Encoded(_) => Self { encoded: true, ..none },
            Node::Constant(_) | Node::Slot { .. } | Node::Composed(_) | Node::Default { .. } => {
                none
            }
        }
    }

    fn and(self, other: Self) -> Self {
        Self {
            slot: self.slot || other.slot,
            optional: self.optional || other.optional,
            spliced: self.spliced || other.spliced,
            chained: self.chained || other.chained,
            encoded: self.encoded || other.encoded,
        }
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
