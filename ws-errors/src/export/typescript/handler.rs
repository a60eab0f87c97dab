//! Handlers with a member for each case, and the `switch` that calls them.

use super::layout::{Doc, concat, indent, list, text};
use super::names::{comment, key, member, quoted};
use crate::export::client::Case;

/// What a handler is called, and what it handles.
pub(super) struct Handler<'a> {
    /// The function: `handle`.
    pub(super) function: &'a str,
    /// Its parameter: `error`.
    pub(super) parameter: &'a str,
    /// The union of all cases.
    pub(super) union: &'a str,
    /// The interface of the handlers.
    pub(super) handlers: &'a str,
    pub(super) cases: &'a [Case<'a>],
}

impl Handler<'_> {
    /// The interface of the handlers, and the function that calls the right one.
    pub(super) fn docs(&self) -> [Doc; 2] {
        [self.interface(), self.switch()]
    }

    fn interface(&self) -> Doc {
        let members = self.cases.iter().map(|case| {
            let why = case.deprecated.map(|why| format!("@deprecated {why}").trim_end().to_owned());
            let why: Vec<String> = why.into_iter().collect();
            let parameter = text(format!("{}: {}", self.parameter, case.name));
            concat([
                Doc::Hard,
                comment(&why),
                list(format!("readonly {}: (", key(case.kind)), vec![parameter], ")"),
                text(" => R;"),
            ])
        });
        concat([
            comment(&[
                "A handler for each case: one that is missing is an error of the compiler.".into()
            ]),
            text(format!("export interface {}<R> {{", self.handlers)),
            indent(concat(members)),
            Doc::Hard,
            text("}"),
        ])
    }

    fn switch(&self) -> Doc {
        let Self { function, parameter, union, handlers, cases } = self;
        let parameters =
            vec![text(format!("{parameter}: {union}")), text(format!("handlers: {handlers}<R>"))];
        let arms = cases.iter().map(|case| {
            let call = list(
                format!("return {}(", member("handlers", case.kind)),
                vec![text(*parameter)],
                ")",
            );
            concat([
                Doc::Hard,
                text(format!("case {}:", quoted(case.kind))),
                indent(concat([Doc::Hard, call, text(";")])),
            ])
        });
        // A type that is no union is not narrowed, but its discriminant is.
        let rest = if cases.len() == 1 { ".kind" } else { "" };
        let default = concat([
            Doc::Hard,
            text("default: {"),
            indent(concat([
                Doc::Hard,
                text(format!("const missing: never = {parameter}{rest};")),
                Doc::Hard,
                text("return missing;"),
            ])),
            Doc::Hard,
            text("}"),
        ]);
        let body = concat([
            Doc::Hard,
            text(format!("switch ({parameter}.kind) {{")),
            indent(concat(arms.chain([default]))),
            Doc::Hard,
            text("}"),
        ]);
        concat([
            comment(&["Calls the handler of the case that it is.".into()]),
            list(format!("export function {function}<R>("), parameters, ")"),
            text(": R {"),
            indent(body),
            Doc::Hard,
            text("}"),
        ])
    }
}
