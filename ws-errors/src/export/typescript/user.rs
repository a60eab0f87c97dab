//! What a person sees, as data.

use ws_errors_core::names::client_name;

use super::layout::{Doc, block, concat, list, string_member, text};
use super::names::{key, quoted};
use super::policy::constant;
use crate::catalog::{Catalog, Entry, Piece, Text, UserMessage};
use crate::export::visible::visible_entries;

/// The messages by kind, and the one for all others.
pub(super) fn messages(catalog: &'static Catalog, prefix: &str) -> Vec<Doc> {
    let members: Vec<Doc> = visible_entries(catalog)
        .filter_map(|entry| {
            let user = entry.user.as_ref()?;
            Some(concat([text(format!("{}: ", key(entry.name))), message(user, entry)]))
        })
        .collect();
    let mut out = Vec::new();
    if !members.is_empty() {
        let docs = "What a person sees, by kind. A list is a text with members of the error in it.";
        out.push(constant(&format!("{prefix}User"), docs, block("{", members, ",")));
    }
    let fallback = catalog.entries.iter().find_map(|entry| {
        let user = entry.user.as_ref().filter(|user| user.fallback)?;
        Some((user, entry))
    });
    if let Some((user, entry)) = fallback {
        let docs = "What a person sees where an error has no message of its own, or is unknown.";
        out.push(constant(&format!("{prefix}Fallback"), docs, message(user, entry)));
    }
    out
}

fn message(user: &UserMessage, entry: &Entry) -> Doc {
    let mut members =
        vec![words("title", &user.title, entry), words("message", &user.message, entry)];
    members.extend(user.action.as_ref().map(|action| words("action", action, entry)));
    block("{", members, ",")
}

/// A text; one with fields in it as its pieces.
fn words(key: &str, words: &Text, entry: &Entry) -> Doc {
    if let Some(constant) = words.constant() {
        return string_member(key, quoted(constant));
    }
    let pieces = words.0.iter().map(|piece| match piece {
        Piece::Literal(literal) => text(quoted(literal)),
        Piece::Field { name, .. } => {
            let wire = entry.field(name).map_or(*name, |field| field.name);
            text(format!("{{ field: {} }}", quoted(&client_name(wire))))
        }
    });
    concat([text(format!("{key}: ")), list("[", pieces.collect(), "]")])
}
