//! Handlers with a member for each case, and the `switch` that calls them.

use super::layout::{Doc, block, concat, list, text};
use super::names::{documented, key, member, quoted};
use super::statements::{exported, labelled};
use super::types::declaration;
use crate::export::client::Case;

/// The interface with a handler for each case of a `union`, and the function that calls the right one for
/// its `parameter`.
pub(super) fn handler(
    function: &str,
    parameter: &str,
    union: &str,
    handlers: &str,
    cases: &[Case<'_>],
) -> [Doc; 2] {
    let members = cases.iter().map(|case| {
        let why = case.deprecated.map(|why| format!("@deprecated {why}").trim_end().to_owned());
        let parameter = text(format!("{parameter}: {}", case.name));
        let head = format!("readonly {}: (", key(case.kind));
        let handler = concat([list(head, vec![parameter], ")"), text(" => R")]);
        documented(&why.unwrap_or_default(), handler)
    });
    let interface = declaration("interface", &format!("{handlers}<R>"), members.collect());
    let arms = cases.iter().map(|case| {
        let call = format!("return {}(", member("handlers", case.kind));
        let call = concat([list(call, vec![text(parameter)], ")"), text(";")]);
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
    let function = exported(&format!("{function}<R>"), &parameters, "R", vec![switch]);
    let docs = "A handler for each case: one that is missing is an error of the compiler.";
    [documented(docs, interface), documented("Calls the handler of the case that it is.", function)]
}
