//! What all readings of a finder require, and the variables that hold the values of places.

use super::body::{Fact, Facts};
use super::finders::Try;
use super::layout::{Doc, text};
use super::module::Module;
use super::statements::constant;
use ws_errors_core::reading::{FramePattern, Pattern, Step};

/// The variables of a function, by the places whose values they hold.
pub(super) struct Places {
    pub(super) lines: Vec<Doc>,
    pub(super) known: Vec<(Vec<Step>, String)>,
}

impl Places {
    /// The variable with the value in a place.
    pub(super) fn variable(
        &mut self,
        module: &mut Module<'_>,
        place: &[Step],
        facts: &Facts,
    ) -> String {
        let has =
            |at: &[Step], fact: Fact| facts.iter().any(|(place, one)| place == at && *one == fact);
        if let Some((_, name)) = self.known.iter().find(|(known, _)| known == place) {
            return name.clone();
        }
        let Some((last, before)) = place.split_last() else { return "value".to_owned() };
        let parent = self.variable(module, before, facts);
        let (value, is_known, check) = match last {
            Step::Key(key) => (
                module.member(&parent, key),
                has(before, Fact::Record),
                format!("{}({parent})", module.uses("isRecord")),
            ),
            Step::Index(index) => (
                format!("{parent}[{index}]"),
                has(before, Fact::Array),
                format!("Array.isArray({parent})"),
            ),
        };
        let name = format!("v{}", self.known.len());
        let value = if is_known { value } else { format!("{check} ? {value} : undefined") };
        let declared = match last {
            Step::Key(_) => name.clone(),
            Step::Index(_) => format!("{name}: unknown"),
        };
        self.lines.push(constant(&declared, text(value)));
        self.known.push((place.to_vec(), name.clone()));
        name
    }
}

/// What all readings require, from the root on.
pub(super) fn common(tries: &[Try<'_>]) -> Facts {
    let all = tries.iter().map(|(reading, _)| {
        let mut facts = Facts::new();
        if let FramePattern::Json(pattern) = &reading.frame {
            collect(pattern, &mut Vec::new(), &mut facts);
        }
        facts
    });
    let both = |one: Facts, other: Facts| {
        one.into_iter().filter(|fact| other.contains(fact)).collect::<Facts>()
    };
    let mut facts = all.reduce(both).unwrap_or_default();
    // Where a constant sets an error apart from ordinary traffic, it is enough; else a member that is always there does.
    let has_constant = facts.iter().any(|(_, fact)| matches!(fact, Fact::Is(_)));
    let is_member =
        |place: &[Step]| facts.iter().any(|(at, fact)| at == place && *fact != Fact::There);
    let there = |(place, fact): &(Vec<Step>, Fact)| *fact == Fact::There && !is_member(place);
    let first = facts.iter().position(there).filter(|_| !has_constant);
    let mut index = 0;
    facts.retain(|(_, fact)| {
        index += 1;
        *fact != Fact::There || first == Some(index - 1)
    });
    facts
}

fn collect(pattern: &Pattern, place: &mut Vec<Step>, facts: &mut Facts) {
    if !may_be_absent(pattern) {
        facts.push((place.clone(), Fact::There));
    }
    match pattern {
        Pattern::Constant(constant) if constant.is_scalar() => {
            facts.push((place.clone(), Fact::Is(constant.clone())));
        }
        Pattern::Both(one, _) => collect(one, place, facts),
        Pattern::Object(members) => {
            facts.push((place.clone(), Fact::Record));
            for member in members.iter().filter(|member| !member.optional) {
                place.push(Step::Key(member.key.clone()));
                collect(&member.value, place, facts);
                place.pop();
            }
        }
        Pattern::Array(elements) => {
            facts.push((place.clone(), Fact::Array));
            let placed = elements.iter().take_while(|element| !element.spliced);
            for (index, element) in placed.enumerate().filter(|(_, one)| !one.optional) {
                place.push(Step::Index(index));
                collect(&element.value, place, facts);
                place.pop();
            }
        }
        _ => {}
    }
}

/// Whether what stands in a place that is required may be `undefined` all the same.
fn may_be_absent(pattern: &Pattern) -> bool {
    match pattern {
        Pattern::Lenient(_) => true,
        Pattern::OneOf(patterns) => patterns.iter().any(may_be_absent),
        Pattern::Both(one, other) => may_be_absent(one) && may_be_absent(other),
        _ => false,
    }
}
