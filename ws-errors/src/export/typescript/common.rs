//! What the patterns of one envelope have in common, and what is left of each beyond it.

use serde_json::Value;

use super::pattern::{Check, Member, Part, Pattern, Presence};
use super::schema::Type;

/// What of a pattern is always there and the same: its constants, and the place of its code.
pub(super) fn reduced(pattern: &Pattern) -> Option<Pattern> {
    match pattern {
        Pattern::Is(_) => Some(pattern.clone()),
        Pattern::Take(name, _) if name == "code" => Some(pattern.clone()),
        Pattern::Members { members, .. } => {
            let members: Vec<Member> = members
                .iter()
                .filter(|member| member.presence == Presence::Required)
                .filter_map(|member| {
                    Some(Member { value: reduced(&member.value)?, ..member.clone() })
                })
                .collect();
            (!members.is_empty()).then(|| Pattern::members(members))
        }
        Pattern::Elements(elements, least) => {
            let elements = elements.iter().take(*least).map(reduced).collect();
            reduced_elements(elements)
        }
        Pattern::Spliced { before, after, .. } => {
            let all = |patterns: &[Pattern]| -> Vec<Pattern> {
                patterns.iter().map(|one| reduced(one).unwrap_or(Pattern::Any)).collect()
            };
            let (before, after) = (all(before), all(after));
            let is_something = before.iter().chain(&after).any(|one| *one != Pattern::Any);
            is_something.then(|| Pattern::Spliced { before, list: Box::new(Pattern::Any), after })
        }
        Pattern::Written(_) if pattern.has_code() => {
            Some(pattern.clone().map(&|pattern| match pattern {
                Pattern::Take(name, check) if name == "code" => Pattern::Take(name, check),
                Pattern::Take(..) | Pattern::Hold(..) => Pattern::Any,
                Pattern::Members { .. } => reduced(&pattern).unwrap_or(Pattern::Any),
                other => other,
            }))
        }
        Pattern::Encoded(inner) => Some(Pattern::Encoded(Box::new(reduced(inner)?))),
        _ => None,
    }
}

fn reduced_elements(elements: Vec<Option<Pattern>>) -> Option<Pattern> {
    let least = elements.iter().rposition(Option::is_some)? + 1;
    let elements = elements.into_iter().take(least).map(|element| element.unwrap_or(Pattern::Any));
    Some(Pattern::Elements(elements.collect(), least))
}

/// Whether no value has both patterns, as far as that is seen at once; `lengths` tells that arrays
/// have no more elements than the patterns.
pub(super) fn disjoint(one: &Pattern, other: &Pattern, lengths: bool) -> bool {
    match (one, other) {
        (Pattern::Is(one), Pattern::Is(other)) => one != other,
        (
            Pattern::Members { members, exact },
            Pattern::Members { members: others, exact: other_exact },
        ) => {
            let required = |members: &[Member]| -> Vec<Member> {
                let required = |member: &&Member| member.presence == Presence::Required;
                members.iter().filter(required).cloned().collect()
            };
            let lacks = |members: &[Member], others: &[Member]| {
                required(others).iter().any(|other| members.iter().all(|one| one.key != other.key))
            };
            required(members).iter().any(|member| {
                required(others).iter().any(|other| {
                    other.key == member.key && disjoint(&member.value, &other.value, lengths)
                })
            }) || (*exact && lacks(members, others))
                || (*other_exact && lacks(others, members))
        }
        (Pattern::Elements(elements, least), Pattern::Elements(others, other_least)) => {
            (lengths && (elements.len() < *other_least || others.len() < *least))
                || elements
                    .iter()
                    .take(*least)
                    .zip(others.iter().take(*other_least))
                    .any(|(one, other)| disjoint(one, other, lengths))
        }
        (one, other) => match (kind(one), kind(other)) {
            (Some(one), Some(other)) => one != other,
            _ => false,
        },
    }
}

/// What JavaScript says of a value's type; `None` where it may have several.
fn kind(pattern: &Pattern) -> Option<&'static str> {
    match pattern {
        Pattern::Is(Value::Null) => Some("null"),
        Pattern::Is(Value::Bool(_)) => Some("boolean"),
        Pattern::Is(Value::Number(_)) => Some("number"),
        Pattern::Is(Value::String(_)) | Pattern::Written(_) | Pattern::Encoded(_) => Some("string"),
        Pattern::Take(_, Check::Text(_) | Check::Like(_)) => Some("string"),
        Pattern::Take(_, Check::Type(ty)) | Pattern::Hold(_, ty) => match ty {
            Type::String => Some("string"),
            Type::Number | Type::Integer => Some("number"),
            Type::Boolean => Some("boolean"),
            Type::Null => Some("null"),
            Type::Array(_) | Type::Tuple(..) => Some("array"),
            Type::Object(..) => Some("object"),
            _ => None,
        },
        Pattern::Members { .. } => Some("object"),
        Pattern::Elements(..) | Pattern::Spliced { .. } => Some("array"),
        Pattern::Any | Pattern::First(_) | Pattern::Is(_) => None,
    }
}

/// What two reduced patterns have in common.
pub(super) fn common(one: Option<Pattern>, other: Option<Pattern>) -> Option<Pattern> {
    match (one?, other?) {
        (one, other) if one == other => Some(one),
        (Pattern::Members { members, .. }, Pattern::Members { members: others, .. }) => {
            let members: Vec<Member> = members
                .into_iter()
                .filter_map(|member| {
                    let other = others.iter().find(|other| other.key == member.key)?;
                    let value = common(Some(member.value), Some(other.value.clone()))?;
                    Some(Member { value, ..member })
                })
                .collect();
            (!members.is_empty()).then(|| Pattern::members(members))
        }
        (Pattern::Elements(elements, _), Pattern::Elements(others, _)) => reduced_elements(
            elements
                .into_iter()
                .zip(others)
                .map(|(one, other)| {
                    common(Some(one), Some(other)).filter(|pattern| *pattern != Pattern::Any)
                })
                .collect(),
        ),
        (
            Pattern::Spliced { before, list, after },
            Pattern::Spliced { before: other, after: others, .. },
        ) if before.len() == other.len() && after.len() == others.len() => {
            let both = |patterns: Vec<Pattern>, others: Vec<Pattern>| -> Vec<Pattern> {
                let pairs = patterns.into_iter().zip(others);
                pairs
                    .map(|(one, other)| common(Some(one), Some(other)).unwrap_or(Pattern::Any))
                    .collect()
            };
            Some(Pattern::Spliced { before: both(before, other), list, after: both(after, others) })
        }
        (Pattern::Encoded(one), Pattern::Encoded(other)) => {
            Some(Pattern::Encoded(Box::new(common(Some(*one), Some(*other))?)))
        }
        _ => None,
    }
}

/// The pattern without what the key has compared already.
pub(super) fn without(pattern: Pattern, key: &Pattern) -> Pattern {
    match (pattern, key) {
        (pattern, key) if pattern == *key => Pattern::Any,
        (Pattern::Members { members, exact }, Pattern::Members { members: keys, .. }) => {
            let members: Vec<Member> = members
                .into_iter()
                .filter_map(|member| {
                    let key = keys.iter().find(|key| key.key == member.key);
                    let value = match key {
                        Some(key) => without(member.value, &key.value),
                        None => member.value,
                    };
                    let is_done = key.is_some() && value == Pattern::Any && !exact;
                    (!is_done).then_some(Member { value, ..member })
                })
                .collect();
            if members.is_empty() && !exact {
                return Pattern::Any;
            }
            Pattern::Members { members, exact }
        }
        (Pattern::Elements(elements, least), Pattern::Elements(keys, _)) => {
            let mut keys = keys.iter();
            let elements = elements.into_iter().map(|element| match keys.next() {
                Some(key) => without(element, key),
                None => element,
            });
            Pattern::Elements(elements.collect(), least)
        }
        (
            Pattern::Spliced { before, list, after },
            Pattern::Spliced { before: other, after: others, .. },
        ) => {
            let each = |patterns: Vec<Pattern>, keys: &[Pattern]| -> Vec<Pattern> {
                let pairs = patterns.into_iter().zip(keys);
                pairs.map(|(pattern, key)| without(pattern, key)).collect()
            };
            Pattern::Spliced { before: each(before, other), list, after: each(after, others) }
        }
        (Pattern::Encoded(inner), Pattern::Encoded(key)) => match without(*inner, key) {
            Pattern::Any => Pattern::Any,
            inner => Pattern::Encoded(Box::new(inner)),
        },
        (Pattern::Written(parts), Pattern::Written(_)) => {
            let rest = Pattern::Written(parts).map(&|pattern| match pattern {
                Pattern::Take(name, _) if name == "code" => Pattern::Any,
                other => other,
            });
            // The key has compared its literals.
            if rest.has_values() { rest } else { Pattern::Any }
        }
        (pattern, _) => pattern,
    }
}

/// The pattern with the members that another has, too.
pub(super) fn widened(pattern: Pattern, other: &Pattern) -> Pattern {
    match (pattern, other) {
        (Pattern::Members { mut members, exact }, Pattern::Members { members: others, .. }) => {
            for other in others {
                match members.iter_mut().find(|member| member.key == other.key) {
                    Some(member) => {
                        let value = std::mem::replace(&mut member.value, Pattern::Any);
                        member.value = widened(value, &other.value);
                    }
                    None => members.push(Member { value: Pattern::Any, ..other.clone() }),
                }
            }
            Pattern::Members { members, exact }
        }
        (pattern, _) => pattern,
    }
}

/// The pattern with room for as many elements as another has.
pub(super) fn lengthened(pattern: Pattern, other: &Pattern) -> Pattern {
    match (pattern, other) {
        (Pattern::Elements(mut elements, least), Pattern::Elements(others, other_least)) => {
            while elements.len() < others.len() {
                elements.push(Pattern::Any);
            }
            Pattern::Elements(elements, least.min(*other_least))
        }
        (pattern, _) => pattern,
    }
}

/// The pattern that takes what is right and leaves what is not.
pub(super) fn lenient(pattern: Pattern) -> Pattern {
    match pattern {
        Pattern::Members { members, exact } => {
            let members: Vec<Member> = members
                .into_iter()
                .map(|member| Member {
                    key: member.key,
                    value: lenient(member.value),
                    presence: Presence::Lenient,
                })
                .filter(|member| exact || member.value.has_values())
                .collect();
            if members.is_empty() && !exact {
                return Pattern::Any;
            }
            Pattern::Members { members, exact }
        }
        Pattern::Elements(elements, least) => {
            Pattern::Elements(elements.into_iter().map(lenient_element).collect(), least)
        }
        Pattern::Spliced { before, list, after } => Pattern::Spliced {
            before: before.into_iter().map(lenient_element).collect(),
            list: Box::new(lenient_element(*list)),
            after: after.into_iter().map(lenient_element).collect(),
        },
        Pattern::Written(parts) => Pattern::Written(
            parts
                .into_iter()
                .map(|part| match part {
                    Part::Json(pattern) => Part::Json(lenient(pattern)),
                    other => other,
                })
                .collect(),
        ),
        Pattern::Encoded(inner) => Pattern::Encoded(Box::new(lenient(*inner))),
        other => other,
    }
}

fn lenient_element(element: Pattern) -> Pattern {
    match lenient(element) {
        Pattern::Any => Pattern::Any,
        element => Pattern::First(vec![element, Pattern::Any]),
    }
}
