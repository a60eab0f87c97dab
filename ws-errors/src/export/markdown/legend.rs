//! What the signs mean with which shapes are written.

use crate::catalog::{Member, Node, Part};

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
        match *node {
            Node::Constant(_) => Self::default(),
            Node::Slot { .. } => Self { slot: true, ..Self::default() },
            Node::Splice(_) => Self { slot: true, spliced: true, ..Self::default() },
            Node::Composed(parts) => Self {
                slot: parts.iter().any(|part| matches!(part, Part::Slot(_) | Part::Filtered(..))),
                ..Self::default()
            },
            Node::Object(members) => members
                .iter()
                .map(|member| match member {
                    Member::Pair { optional, value, .. } => {
                        Self::of(value).and(Self { optional: *optional, ..Self::default() })
                    }
                    Member::Splice(_) => Self { slot: true, spliced: true, ..Self::default() },
                })
                .fold(Self::default(), Self::and),
            Node::Array(elements) | Node::Chain(elements) => elements
                .iter()
                .map(|element| {
                    Self::of(&element.value)
                        .and(Self { optional: element.optional, ..Self::default() })
                })
                .fold(
                    Self { chained: matches!(node, Node::Chain(_)), ..Self::default() },
                    Self::and,
                ),
            Node::Default { node, default } => Self::of(node).and(Self::of(default)),
            Node::Encoded(node) => Self::of(node).and(Self { encoded: true, ..Self::default() }),
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
