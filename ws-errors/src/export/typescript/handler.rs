//! Handlers with a member for each case, and the `switch` that calls them.

use super::layout::{Doc, block, concat, list, text};
use super::names::{comment, key, member, quoted};
use super::statements::{exported, labelled};
use super::types::declaration;
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
            let head = format!("readonly {}: (", key(case.kind));
            concat([comment(&why), list(head, vec![parameter], ")"), text(" => R")])
        });
        let docs = "A handler for each case: one that is missing is an error of the compiler.";
        let members = members.collect();
        concat([
            comment(&[docs.to_owned()]),
            declaration("interface", &format!("{}<R>", self.handlers), members),
        ])
    }

    fn switch(&self) -> Doc {
        let Self { function, parameter, union, handlers, cases } = self;
        let arms = cases.iter().map(|case| {
            let call = format!("return {}(", member("handlers", case.kind));
            let call = concat([list(call, vec![text(*parameter)], ")"), text(";")]);
            labelled(vec![text(format!("case {}:", quoted(case.kind)))], vec![call])
        });
        // A type that is no union is not narrowed, but its discriminant is.
        let rest = if cases.len() == 1 { ".kind" } else { "" };
        let missing = text(format!("const missing: never = {parameter}{rest};"));
        let default = vec![missing, text("return missing;")];
        let default = concat([text("default: "), block("{", default, "")]);
        let switch = block("{", arms.chain([default]).collect(), "");
        let switch = concat([text(format!("switch ({parameter}.kind) ")), switch]);
        let parameters = [format!("{parameter}: {union}"), format!("handlers: {handlers}<R>")];
        let parameters = parameters.each_ref().map(String::as_str);
        concat([
            comment(&["Calls the handler of the case that it is.".into()]),
            exported(&format!("{function}<R>"), &parameters, "R", vec![switch]),
        ])
    }
}
