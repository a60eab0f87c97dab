//! The switch over the constant that tells the most readings apart, and the calls that it leads to.

use super::layout::{Doc, block, concat, list, text};
use super::names::scalar;
use super::statements::{assign_first, block_if, labelled, return_first, statement_if};
use ws_errors_core::json::{Json, Kinds};

/// The call of the function for a reading.
#[derive(Clone, PartialEq)]
pub(super) struct Call {
    pub(super) function: String,
    pub(super) takes_value: bool,
    /// The name of the entry, where the function takes it: a literal, or a variable.
    pub(super) kind: Option<String>,
    /// The same for its code.
    pub(super) code: Option<String>,
    /// Whether slots may end at a later separator, where the function asks.
    pub(super) again: Option<bool>,
    /// The status of a response, where the function takes it.
    pub(super) status: Option<String>,
}

impl Call {
    pub(super) fn doc(&self) -> Doc {
        let value = self.takes_value.then(|| text("value"));
        let entry = [&self.kind, &self.code].into_iter().flatten().map(text);
        let again = self.again.map(|again| text(again.to_string()));
        let status = self.status.iter().map(text);
        let arguments = value.into_iter().chain(entry).chain(again).chain(status).collect();
        list(format!("{}(", self.function), arguments, ")")
    }

    /// The call with the entry in variables.
    fn of_any_entry(&self) -> Self {
        let variable = |name: &str| Some(name.to_owned());
        Self {
            kind: self.kind.as_ref().and(variable("kind")),
            code: self.code.as_ref().and(variable("code")),
            ..self.clone()
        }
    }
}

/// What is called for some constants.
struct Case<'j> {
    constants: Vec<&'j Json>,
    calls: Vec<Call>,
}

impl Case<'_> {
    /// The only call, of a function that takes the name of the entry.
    fn only(&self) -> Option<&Call> {
        match self.calls.as_slice() {
            [call] if call.kind.is_some() => Some(call),
            _ => None,
        }
    }

    fn doc(&self, lines: Vec<Doc>) -> Doc {
        let labels = self.constants.iter().map(|one| text(format!("case {}:", scalar(one))));
        labelled(labels.collect(), lines)
    }
}

pub(super) struct Switch<'j> {
    /// The variable that holds the constant.
    value: String,
    cases: Vec<Case<'j>>,
}

impl<'j> Switch<'j> {
    pub(super) const fn on(value: String) -> Self {
        Self { value, cases: Vec::new() }
    }

    /// Constants for which the same is called have one case.
    pub(super) fn case(&mut self, constant: &'j Json, calls: Vec<Call>) {
        match self.cases.iter_mut().find(|case| case.calls == calls) {
            Some(case) => case.constants.push(constant),
            None => self.cases.push(Case { constants: vec![constant], calls }),
        }
    }

    /// The statements that return what is found: by the calls of the case, else by the `others`, where
    /// no case applies, and then by the `rest`.
    pub(super) fn lines(&self, others: &[Call], rest: &[Call]) -> Vec<Doc> {
        let docs = |calls: &[Call]| calls.iter().map(Call::doc).collect::<Vec<_>>();
        let is_last = rest.is_empty();
        let found = |calls: &[Call]| match is_last {
            true => vec![return_first(docs(calls))],
            false => vec![assign_first("found", docs(calls)), text("break;")],
        };
        let shared = self.shared();
        // The constant itself is the code, as a rule, and needs no other variable.
        let is_code = shared.as_ref().is_some_and(|shared| {
            let mut calls = self.cases.iter().filter_map(Case::only);
            calls.all(|call| {
                call.of_any_entry() != *shared || call.code.as_ref() == Some(&self.value)
            })
        });
        let mut cases = Vec::new();
        for case in &self.cases {
            let of_shared = case.only().filter(|call| Some(call.of_any_entry()) == shared);
            cases.push(case.doc(match of_shared {
                None => found(&case.calls),
                Some(call) => {
                    let kind = call.kind.iter().map(|kind| format!("kind = {kind};"));
                    let code = call.code.iter().filter(|_| !is_code);
                    let code = code.map(|code| format!("code = {code};"));
                    kind.chain(code).map(text).chain([text("break;")]).collect()
                }
            }));
        }
        if !others.is_empty() {
            cases.push(labelled(vec![text("default:")], found(others)));
        }
        let mut lines = Vec::new();
        if !is_last {
            lines.push(text("let found: $Found | undefined;"));
        }
        if let Some(shared) = &shared {
            lines.push(text("let kind: string | undefined;"));
            if shared.code.is_some() && !is_code {
                lines.push(text("let code: unknown;"));
            }
        }
        let switch = concat([text(format!("switch ({}) ", self.value)), block("{", cases, "")]);
        lines.push(match self.type_of().filter(|_| others.is_empty()) {
            // Engines compare what is always of one type by the instructions for that type.
            Some(name) => {
                let is_of = format!("typeof {} === \"{name}\"", self.value);
                block_if(&[is_of], vec![switch])
            }
            None => switch,
        });
        if let Some(shared) = &shared {
            let code = shared.code.as_ref();
            let code = code.map(|code| if is_code { self.value.clone() } else { code.clone() });
            let call = Call { code, ..shared.clone() }.doc();
            if is_last {
                lines.push(text("if (kind === undefined) return undefined;"));
                lines.push(concat([text("return "), call, text(";")]));
            } else {
                let found = concat([text("found = "), call, text(";")]);
                lines.push(statement_if(text("kind !== undefined"), found));
            }
        } else if is_last {
            lines.push(text("return undefined;"));
        }
        if !is_last {
            lines.push(return_first([text("found")].into_iter().chain(docs(rest)).collect()));
        }
        lines
    }

    /// The call that most cases make, but for the entry: made in one place, engines inline it.
    fn shared(&self) -> Option<Call> {
        let mut counted: Vec<(Call, usize)> = Vec::new();
        for call in self.cases.iter().filter_map(Case::only).map(Call::of_any_entry) {
            match counted.iter_mut().find(|(other, _)| *other == call) {
                Some((_, count)) => *count += 1,
                None => counted.push((call, 1)),
            }
        }
        // Of several the first.
        let most = counted.iter().map(|(_, count)| *count).max().filter(|most| *most > 1)?;
        counted.into_iter().find(|(_, count)| *count == most).map(|(call, _)| call)
    }

    /// What `typeof` says of every constant, where it says the same.
    fn type_of(&self) -> Option<&'static str> {
        let mut constants = self.cases.iter().flat_map(|case| &case.constants);
        let kind = constants.next()?.kind();
        let name = match kind {
            Kinds::NUMBER => "number",
            Kinds::STRING => "string",
            _ => return None,
        };
        constants.all(|one| one.kind() == kind).then_some(name)
    }
}
