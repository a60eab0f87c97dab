//! Faults that random catalogs have found, and that are not mended yet.
//!
//! A catalog that has one of these shapes is set aside, and counted as that; `RANDOM_EVERYTHING=1`
//! tries it all the same, and shows what goes wrong. A fault that is mended is taken out here.

use std::collections::BTreeSet;

use ws_errors::catalog::{Catalog, Element, Member, Node, Part, Slot};
use ws_errors_core::reading::Plan;

/// The open fault that a catalog would run into.
pub(super) fn open_fault(catalog: &'static Catalog) -> Option<&'static str> {
    if std::env::var_os("RANDOM_EVERYTHING").is_some() {
        return None;
    }
    if !catalog.success.is_empty() && catalog.envelopes.len() > 1 {
        return Some("a success of one shape is an unknown code to another");
    }
    if !Plan::of(catalog).not_told_apart().is_empty() {
        return Some("the rules tell entries apart that the reading plan does not");
    }
    let of_entries = catalog.entries.iter().flat_map(|entry| entry.constants).map(|(_, node)| node);
    let templates = catalog.envelopes.iter().map(|envelope| &envelope.template);
    let mut shapes = Shapes::default();
    for template in templates.chain(of_entries) {
        shapes.look(template);
        if shapes.is_twice(template) {
            return Some("a slot stands among other characters, and a second time");
        }
    }
    if shapes.default_in_required_place {
        return Some("a new code where a default stands in a required place");
    }
    if shapes.optional_constant {
        return Some("entries that an optional constant and a type tell apart");
    }
    if shapes.text_before_json {
        return Some("text that ends with a value or a space stands before JSON");
    }
    let is_text = |template: &Node| matches!(template, Node::Composed(_) | Node::Chain(_));
    let names = catalog.envelopes.iter().filter(|envelope| is_text(&envelope.template));
    let mut names = names.filter(|envelope| has(&envelope.template, Slot::Name));
    names.next().map(|_| "a text frame that is known by a name takes frames of others")
}

#[derive(Default)]
struct Shapes {
    default_in_required_place: bool,
    text_before_json: bool,
    optional_constant: bool,
}

impl Shapes {
    fn look(&mut self, node: &Node) {
        match node {
            Node::Object(members) => {
                for member in *members {
                    if let Member::Pair { optional, value, .. } = member {
                        self.default_in_required_place |=
                            !optional && matches!(value, Node::Default { .. });
                        let is_own = matches!(value, Node::Slot { slot: Slot::Set(_), .. });
                        self.optional_constant |= *optional && is_own;
                        self.look(value);
                    }
                }
            }
            Node::Array(elements) => {
                for Element { optional, value } in *elements {
                    self.default_in_required_place |=
                        !optional && matches!(value, Node::Default { .. });
                    self.look(value);
                }
            }
            Node::Chain(elements) => {
                for pair in elements.windows(2) {
                    let ends_open = match &pair[0].value {
                        Node::Composed(parts) => match parts.last() {
                            Some(Part::Literal(text)) => text.ends_with(char::is_whitespace),
                            _ => true,
                        },
                        _ => true,
                    };
                    let is_json = !matches!(pair[1].value, Node::Composed(_));
                    self.text_before_json |= ends_open && is_json;
                }
                elements.iter().for_each(|element| self.look(&element.value));
            }
            Node::Default { node, default } => {
                self.look(node);
                self.look(default);
            }
            Node::Encoded(node) => self.look(node),
            Node::Constant(_) | Node::Slot { .. } | Node::Splice(_) | Node::Composed(_) => {}
        }
    }

    /// Whether a slot stands twice in one string, or the code in one with other slots and elsewhere.
    fn is_twice(&self, template: &Node) -> bool {
        let mut strings = Vec::new();
        strings_of(template, &mut strings);
        let mut codes = 0;
        template.each_slot(&mut |slot, _, _| codes += usize::from(slot == Slot::Code));
        strings.iter().any(|slots| {
            let mut once = BTreeSet::new();
            let is_twice = slots.iter().any(|slot| !once.insert(slot.to_string()));
            is_twice || (slots.len() > 1 && slots.contains(&Slot::Code) && codes > 1)
        })
    }
}

/// The slots of each string, those of a chain as of one.
fn strings_of(node: &Node, out: &mut Vec<Vec<Slot>>) {
    match node {
        Node::Composed(parts) => out.push(
            parts
                .iter()
                .filter_map(|part| match part {
                    Part::Slot(slot) | Part::Filtered(slot, _) => Some(*slot),
                    Part::Literal(_) => None,
                })
                .collect(),
        ),
        Node::Chain(elements) => {
            let mut all = Vec::new();
            elements.iter().for_each(|element| strings_of(&element.value, &mut all));
            out.push(all.concat());
        }
        Node::Object(members) => {
            for member in *members {
                if let Member::Pair { value, .. } = member {
                    strings_of(value, out);
                }
            }
        }
        Node::Array(elements) => {
            elements.iter().for_each(|element| strings_of(&element.value, out));
        }
        Node::Default { node, default } => {
            strings_of(node, out);
            strings_of(default, out);
        }
        Node::Encoded(node) => strings_of(node, out),
        Node::Constant(_) | Node::Slot { .. } | Node::Splice(_) => {}
    }
}

fn has(template: &Node, wanted: Slot) -> bool {
    let mut found = false;
    template.each_slot(&mut |slot, _, _| found |= slot == wanted);
    found
}
