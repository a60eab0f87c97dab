//! The switch over the constant that tells the most readings apart, and the calls that it leads to.

use super::condition::is;
use super::layout::{Doc, block, concat, list, text};
use super::module::type_of;
use super::names::{quoted, scalar};
use super::statements::{assign_first, block_if, labelled, return_first, statement_if};
use ws_errors_core::json::{Json, Kinds};

/// What a function for a reading may take.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Parameter {
    /// The message.
    Value,
    /// The name of the entry.
    Kind,
    /// The code of the entry.
    Code,
    /// Whether slots may end at a later separator.
    Again,
    /// The status of a response.
    Status,
}

/// The call of the function for a reading, with source text for each parameter.
#[derive(Clone, PartialEq)]
pub(super) struct Call {
    pub(super) function: String,
    pub(super) arguments: Vec<(Parameter, String)>,
}

impl Call {
    pub(super) fn doc(&self) -> Doc {
        let arguments = self.arguments.iter().map(|(_, argument)| text(argument)).collect();
        list(format!("{}(", self.function), arguments, ")")
    }

    fn argument(&self, wanted: Parameter) -> Option<&String> {
        self.arguments.iter().find(|(parameter, _)| *parameter == wanted).map(|(_, found)| found)
    }

    /// The call with variables for the entry.
    fn with(&self, kind: &str, code: &str) -> Self {
        let arguments = self.arguments.iter().map(|(parameter, argument)| {
            let argument = match parameter {
                Parameter::Kind => kind,
                Parameter::Code => code,
                _ => argument,
            };
            (*parameter, argument.to_owned())
        });
        Self { arguments: arguments.collect(), ..self.clone() }
    }

    fn of_any_entry(&self) -> Self {
        self.with("kind", "code")
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
            [call] if call.argument(Parameter::Kind).is_some() => Some(call),
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
                call.of_any_entry() != *shared
                    || call.argument(Parameter::Code) == Some(&self.value)
            })
        });
        let mut cases = Vec::new();
        for case in &self.cases {
            let of_shared = case.only().filter(|call| Some(call.of_any_entry()) == shared);
            cases.push(case.doc(match of_shared {
                None => found(&case.calls),
                Some(call) => {
                    let kind = call.argument(Parameter::Kind);
                    let code = call.argument(Parameter::Code).filter(|_| !is_code);
                    let kind = kind.map(|kind| format!("kind = {kind};"));
                    let code = code.map(|code| format!("code = {code};"));
                    [kind, code, Some("break;".into())].into_iter().flatten().map(text).collect()
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
            if shared.argument(Parameter::Code).is_some() && !is_code {
                lines.push(text("let code: unknown;"));
            }
        }
        let switch = concat([text(format!("switch ({}) ", self.value)), block("{", cases, "")]);
        lines.push(match self.type_of().filter(|_| others.is_empty()) {
            // Engines compare what is always of one type by the instructions for that type.
            Some(name) => {
                block_if(&is(format!("typeof {}", self.value), quoted(name)), vec![switch])
            }
            None => switch,
        });
        if let Some(shared) = &shared {
            let call = shared.with("kind", if is_code { &self.value } else { "code" }).doc();
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
        let constants = self.cases.iter().flat_map(|case| &case.constants);
        let mut kinds = constants.map(|constant| constant.kind());
        let kind = kinds.next().filter(|kind| [Kinds::NUMBER, Kinds::STRING].contains(kind))?;
        kinds.all(|other| other == kind).then(|| type_of(kind))
    }
}
