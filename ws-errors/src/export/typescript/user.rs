//! What a person sees, as data.

use super::layout::{Doc, block, concat, text};
use super::names::key;
use super::policy::{constant, members};
use crate::catalog::Catalog;
use crate::export::client;

/// The messages by kind, and the one for all others.
pub(super) fn messages(catalog: &'static Catalog, prefix: &str) -> Vec<Doc> {
    let message = |message| block("{", members(message), ",");
    let by_kind: Vec<Doc> = client::messages(catalog, &str::to_owned)
        .into_iter()
        .map(|(name, said)| concat([text(format!("{}: ", key(name))), message(said)]))
        .collect();
    let mut out = Vec::new();
    if !by_kind.is_empty() {
        let docs = "What a person sees, by kind. A list is a text with members of the error in it.";
        out.push(constant(&format!("{prefix}User"), docs, block("{", by_kind, ",")));
    }
    if let Some(fallback) = client::fallback(catalog, &str::to_owned) {
        let docs = "What a person sees where an error has no message of its own, or is unknown.";
        out.push(constant(&format!("{prefix}Fallback"), docs, message(fallback)));
    }
    out
}
