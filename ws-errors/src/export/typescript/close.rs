//! The close side: what a close frame says, by its code and its reason.

use super::groups::{pieces, visible};
use super::handler::Case;
use super::layout::{Doc, concat, list, text};
use super::names::{Names, comment, quoted};
use super::print::rows_doc;
use super::types::{declaration, docs};
use crate::catalog::{Catalog, ClosingCode, Delivery, Entry, Reason, Text};

/// An entry that a close tells of.
pub(super) struct CloseEntry {
    pub(super) entry: &'static Entry,
    pub(super) name: String,
    code: CloseCodeIs,
    reason: Text,
}

#[derive(Clone, Copy, PartialEq)]
enum CloseCodeIs {
    One(u16),
    /// A field gives it.
    Any,
}

/// The entries that end a connection with a close code that a client sees.
pub(super) fn closes(catalog: &'static Catalog, names: &mut Names) -> Vec<CloseEntry> {
    let mut out = Vec::new();
    for entry in visible(catalog) {
        let (code, reason) = match (&entry.delivery, entry.delivery.closing()) {
            (Delivery::Observed { code: Some(code), reason }, _) => {
                (CloseCodeIs::One(*code), *reason)
            }
            (_, Some(closing)) => match closing.code {
                ClosingCode::Constant(code) => (CloseCodeIs::One(code), closing.reason),
                // A frame without a status has no reason either.
                ClosingCode::None => (CloseCodeIs::One(1005), Text::EMPTY),
                ClosingCode::Field(_) => (CloseCodeIs::Any, closing.reason),
            },
            _ => continue,
        };
        let name = names.take(format!("{}Close", entry.variant), "Entry");
        out.push(CloseEntry { entry, name, code, reason });
    }
    out
}

pub(super) fn cases(closes: &[CloseEntry], unknown: &str) -> Vec<Case> {
    let mut cases: Vec<Case> = closes
        .iter()
        .map(|close| Case {
            kind: close.entry.name.to_owned(),
            ty: close.name.clone(),
            deprecated: close.entry.deprecated,
        })
        .collect();
    cases.push(Case { kind: "$unknown".into(), ty: unknown.to_owned(), deprecated: None });
    cases
}

/// The interface of a close; `None` for those that nobody declared.
pub(super) fn interface(close: Option<&CloseEntry>, unknown: &str, error: &str) -> Doc {
    let (kind, name, lines) = match close {
        Some(close) => (close.entry.name, close.name.as_str(), docs(close.entry)),
        None => ("$unknown", unknown, vec!["A close that this client doesn't know.".to_owned()]),
    };
    let code = match close.map(|close| close.code) {
        Some(CloseCodeIs::One(code)) => code.to_string(),
        _ => "number".to_owned(),
    };
    let members = vec![
        text(format!("readonly kind: {}", quoted(kind))),
        text(format!("readonly code: {code}")),
        text("readonly reason: string"),
        concat([
            comment(&["The error message that came just before.".to_owned()]),
            text(format!("readonly after?: {error}")),
        ]),
    ];
    concat([comment(&lines), declaration("interface", name, members)])
}

/// The table of closes, and the function that looks a close up in it.
pub(super) fn function(closes: &[CloseEntry], union: &str, error: &str) -> (Vec<Doc>, bool) {
    let is_dynamic = |close: &CloseEntry| close.reason.constant().is_none();
    let has_patterns = closes.iter().any(is_dynamic);
    // A close that follows a message gives way to one that says it all.
    let mut sorted: Vec<&CloseEntry> = closes.iter().collect();
    sorted.sort_by_key(|close| close.entry.delivery.has_message());
    let rows: Vec<Doc> = sorted.into_iter().map(row).collect();
    let table = concat([
        text("type $Close = readonly [string, number | undefined, "),
        text(if has_patterns { "(string | $Check)?" } else { "string?" }),
        text("];"),
        Doc::Hard,
        Doc::Hard,
        rows_doc("const closes = (): readonly $Close[] => [", rows, "];"),
    ]);
    let parameters =
        vec![text("code: number"), text("reason: string"), text(format!("last?: {error}"))];
    let body = include_str!("runtime/closed.ts")
        .split("  // --- ")
        .find_map(|section| section.strip_prefix("body\n"))
        .unwrap_or("")
        .replace("$Union", union);
    let mut lines = Vec::new();
    for line in body.trim_end().split('\n') {
        if has_patterns || !line.contains("typeof said") {
            lines.push(Doc::Hard);
            lines.push(text(line));
        }
    }
    let function = concat([
        comment(&[
            "The entry that a close tells of, by its code and its reason. `last` is the error message\nthat came just before it, where there was one.".to_owned(),
        ]),
        list("export function closed(", parameters, ")"),
        text(format!(": {union} {{")),
        concat(lines),
        Doc::Hard,
        text("}"),
    ]);
    (vec![function, table], has_patterns)
}

fn row(close: &CloseEntry) -> Doc {
    let mut items = vec![text(quoted(close.entry.name))];
    items.push(text(match close.code {
        CloseCodeIs::One(code) => code.to_string(),
        CloseCodeIs::Any => "undefined".to_owned(),
    }));
    match close.reason.constant() {
        Some("") => {}
        Some(reason) => items.push(text(quoted(Reason::new(reason).as_str()))),
        None => {
            let pieces = pieces(&close.reason);
            let parts =
                pieces.iter().map(|piece| text(piece.as_deref().map_or("any".into(), quoted)));
            items.push(list("like([", parts.collect(), "])"));
        }
    }
    list("[", items, "]")
}
