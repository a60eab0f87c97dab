//! Constants that use each other.

use std::collections::HashMap;

use ws_errors_core::catalog::Slot;

use crate::attr::variant::Constant;
use crate::errors::Errors;
use crate::template::Template;

/// How far constants may use each other. Each may be as deep as a template can be, and what follows
/// them down must come to an end.
const MAX_CHAIN: usize = 8;

/// Reports the constants that use themselves, and takes out what they use.
pub(crate) fn settle(constants: &mut [Constant], errors: &Errors) {
    let names: HashMap<&str, usize> =
        constants.iter().enumerate().map(|(index, c)| (c.name, index)).collect();
    let uses: Vec<Vec<usize>> = constants
        .iter()
        .map(|constant| {
            let mut uses = Vec::new();
            constant.template.node.each_slot(&mut |slot, _| {
                if let Slot::Set(name) = slot {
                    uses.extend(names.get(name));
                }
            });
            uses
        })
        .collect();
    let mut settled = vec![false; constants.len()];
    for _ in 0..MAX_CHAIN {
        let next: Vec<bool> =
            uses.iter().map(|uses| uses.iter().all(|&other| settled[other])).collect();
        settled = next;
    }
    for (constant, _) in constants.iter_mut().zip(settled).filter(|(_, settled)| !settled) {
        errors.at(
            constant.span,
            format!(
                "`set`: `{}` uses itself, or constants that use others more than {MAX_CHAIN} times over",
                constant.name
            ),
        );
        constant.template = Template::constant("null");
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proc_macro2::Span;

    fn settle_all(pairs: &[(&str, &str)]) -> usize {
        let errors = Errors::default();
        let mut constants: Vec<Constant> = pairs
            .iter()
            .map(|(name, text)| {
                let tokens = text.parse().unwrap();
                let cursor = crate::cursor::Cursor::new(tokens, Span::call_site());
                Constant {
                    name: crate::keep::text(name),
                    span: Span::call_site(),
                    template: crate::template::whole(cursor).unwrap(),
                }
            })
            .collect();
        settle(&mut constants, &errors);
        errors.len()
    }

    #[test]
    fn constants_may_use_each_other_and_never_themselves() {
        assert_eq!(settle_all(&[("a", "[set.b, code]"), ("b", "\"{set.c}\""), ("c", "1")]), 0);
        assert_eq!(settle_all(&[("a", "set.a")]), 1);
        assert_eq!(settle_all(&[("a", "set.b"), ("b", "\"{set.a}\""), ("c", "1")]), 2);
    }
}
