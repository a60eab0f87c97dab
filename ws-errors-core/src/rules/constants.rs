//! Constants that use each other.

use std::collections::HashMap;

use crate::catalog::{Node, Slot};

/// How far constants may use each other. Each may be as deep as a template can be, and what follows
/// them down must come to an end.
const MAX_CHAIN: usize = 8;

/// The constants that use themselves, or others too many times over, by their index, and what is said
/// of each.
pub fn endless(constants: &[(&str, Node)]) -> Vec<(usize, String)> {
    let names: HashMap<&str, usize> =
        constants.iter().enumerate().map(|(index, (name, _))| (*name, index)).collect();
    let used = |(_, template): &(&str, Node)| {
        let mut used = Vec::new();
        template.each_slot(&mut |slot, _| {
            if let Slot::Set(name) = slot {
                used.extend(names.get(name));
            }
        });
        used
    };
    let uses: Vec<Vec<usize>> = constants.iter().map(used).collect();
    let mut settled = vec![false; constants.len()];
    for _ in 0..MAX_CHAIN {
        settled = uses.iter().map(|uses| uses.iter().all(|&other| settled[other])).collect();
    }
    let unsettled = constants.iter().enumerate().filter(|(index, _)| !settled[*index]);
    let words = |name| {
        format!(
            "`set`: `{name}` uses itself, or constants that use others more than {MAX_CHAIN} times over"
        )
    };
    unsettled.map(|(index, (name, _))| (index, words(name))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::Part;

    const fn slot(name: &'static str) -> Node {
        Node::Slot { slot: Slot::Set(name), cast: None }
    }

    #[test]
    fn constants_may_use_each_other_and_never_themselves() {
        let one = Node::Constant("1");
        let in_text = |name| Node::Composed(vec![Part::Slot(Slot::Set(name))].leak());
        let endless = |constants: &[(&str, Node)]| endless(constants).len();
        assert_eq!(endless(&[("a", slot("b")), ("b", in_text("c")), ("c", one)]), 0);
        assert_eq!(endless(&[("a", slot("a"))]), 1);
        assert_eq!(endless(&[("a", slot("b")), ("b", in_text("a")), ("c", one)]), 2);
    }
}
