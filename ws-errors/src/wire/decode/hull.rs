//! What all readings of an envelope have in common: a message without it is none of theirs.

use ws_errors_core::json::{Json as Constant, Kinds};
use ws_errors_core::reading::{ElementPattern, MemberPattern, Pattern};

/// How many constants may stand in one place before it counts as open.
const MOST: usize = 64;

/// A pattern that matches all that one of these two matches.
pub(super) fn hull(one: Pattern, other: &Pattern) -> Pattern {
    match (one, other) {
        (Pattern::Both(one, _), other) => hull(*one, other),
        (one, Pattern::Both(other, _)) => hull(one, other),
        (Pattern::Object(members), Pattern::Object(others)) => Pattern::Object(
            members
                .into_iter()
                .filter_map(|MemberPattern { key, optional, value }| {
                    let other = others.iter().find(|member| member.key == key)?;
                    let value = hull(value, &other.value);
                    Some(MemberPattern { key, optional: optional || other.optional, value })
                })
                .collect(),
        ),
        (Pattern::Array(elements), Pattern::Array(others)) => {
            Pattern::Array(of_elements(elements, others))
        }
        (one, other) => match (constants(&one), constants(other)) {
            (Some(mut all), Some(more)) if all.len() + more.len() <= MOST => {
                for constant in more {
                    if !all.iter().any(|other| other.is_same(&constant)) {
                        all.push(constant);
                    }
                }
                Pattern::OneOf(all.into_iter().map(Pattern::Constant).collect())
            }
            _ => any(one.kinds().or(other.kinds())),
        },
    }
}

fn of_elements(elements: Vec<ElementPattern>, others: &[ElementPattern]) -> Vec<ElementPattern> {
    let fixed = |elements: &[ElementPattern]| {
        elements.iter().position(|element| element.spliced).unwrap_or(elements.len())
    };
    let both = fixed(&elements).min(fixed(others));
    let is_spliced = elements.iter().chain(others).any(|element| element.spliced);
    let most = elements.len().max(others.len());
    let mut all: Vec<ElementPattern> = elements
        .into_iter()
        .zip(others)
        .take(both)
        .map(|(one, other)| ElementPattern {
            optional: one.optional || other.optional,
            spliced: false,
            value: hull(one.value, &other.value),
        })
        .collect();
    let rest = if is_spliced { 1 } else { most - both };
    all.extend((0..rest).map(|_| ElementPattern {
        optional: true,
        spliced: is_spliced,
        value: any(Kinds::ANY),
    }));
    all
}

/// The constants of which one is required.
fn constants(pattern: &Pattern) -> Option<Vec<Constant>> {
    match pattern {
        Pattern::Constant(constant) => Some(vec![constant.clone()]),
        Pattern::OneOf(patterns) => patterns
            .iter()
            .map(|pattern| match pattern {
                Pattern::Constant(constant) => Some(constant.clone()),
                _ => None,
            })
            .collect(),
        _ => None,
    }
}

fn any(kinds: Kinds) -> Pattern {
    Pattern::Value { kinds, ty: None, optional: false, captures: Vec::new() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn member(key: &str, optional: bool, value: Pattern) -> MemberPattern {
        MemberPattern { key: key.to_owned(), optional, value }
    }

    fn text(text: &str) -> Pattern {
        Pattern::Constant(text.into())
    }

    #[test]
    fn what_both_require_is_required_and_constants_that_differ_are_one_of_them() {
        let one = Pattern::Object(vec![
            member("type", false, text("error")),
            member("code", false, text("A")),
            member("a", false, any(Kinds::ANY)),
        ]);
        let other = Pattern::Object(vec![
            member("code", false, text("B")),
            member("type", true, text("error")),
        ]);
        let Pattern::Object(members) = hull(one, &other) else { panic!("an object") };
        let [kind, code] = &*members else { panic!("{members:?}") };
        assert!(kind.key == "type" && kind.optional && code.key == "code" && !code.optional);
        assert!(matches!(&code.value, Pattern::OneOf(constants) if constants.len() == 2));
        let open = hull(code.value.clone(), &any(Kinds::NUMBER));
        assert_eq!(open.kinds(), Kinds::CODE);
    }

    #[test]
    fn an_array_is_as_long_as_the_longer_of_both() {
        let array = |values: Vec<Pattern>| {
            Pattern::Array(
                values
                    .into_iter()
                    .map(|value| ElementPattern { optional: false, spliced: false, value })
                    .collect(),
            )
        };
        let both = hull(array(vec![text("x"), text("y")]), &array(vec![text("x")]));
        let Pattern::Array(elements) = both else { panic!("an array") };
        assert_eq!(elements.iter().map(|one| one.optional).collect::<Vec<_>>(), [false, true]);
    }
}
