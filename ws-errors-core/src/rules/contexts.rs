//! What varies per message, and per request.

use super::ends::place_where;
use super::{Finding, Subject, each_slot_reached};
use crate::catalog::{Catalog, HTTP_CONTEXT, Slot};
use crate::names::{did_you_mean, list_names};

/// What is said of a field of the context that no envelope of the catalog has; `None` where one does.
pub fn no_context_field(catalog: &Catalog, name: &str) -> Option<String> {
    let fields = catalog.contexts.iter().flat_map(|context| context.fields);
    let mut names: Vec<&str> = fields.map(|field| field.name).collect();
    if names.contains(&name) {
        return None;
    }
    names.sort_unstable();
    names.dedup();
    let near = did_you_mean(name, names.iter().copied());
    let all = match names.is_empty() {
        true => "; none has a field of its context".to_owned(),
        false => format!("\nthere are {}", list_names(names)),
    };
    Some(format!("no envelope has `cx.{name}`{near}{all}"))
}

/// The bodies of the errors over HTTP name what a request has. Each field that none has is reported
/// once.
pub(super) fn of_requests(bodies: &Subject<'_>, findings: &mut Vec<Finding>) {
    for (index, entry) in bodies.catalog.entries.iter().enumerate() {
        for (envelope, template) in bodies.envelopes_of(entry) {
            each_slot_reached(template, entry, &mut |slot, _| {
                let Slot::Context(name) = slot else { return };
                let Some(why) = no_field_of_requests(name) else { return };
                let place = place_where(bodies.catalog, index, envelope, &|other, _| other == slot);
                let finding = Finding::new(place, format!("`{slot}`: {why}"));
                if !findings.iter().any(|other| other.message == finding.message) {
                    findings.push(finding);
                }
            });
        }
    }
}

/// What is said of a field that no request has; `None` where each does.
fn no_field_of_requests(name: &str) -> Option<String> {
    let names = || HTTP_CONTEXT.fields.iter().map(|field| field.name);
    if names().any(|known| known == name) {
        return None;
    }
    let near = did_you_mean(name, names());
    let all = names().map(|name| format!("cx.{name}")).collect::<Vec<_>>();
    let all = list_names(all.iter().map(String::as_str));
    Some(format!("over HTTP there are {all}, and nothing else that varies per request{near}"))
}
