//! A module of which every export has the catalog's name before it, so that two catalogs can be
//! imported by name.

use super::layout::{Doc, concat, inline, text};
use crate::export::client::pascal;

/// What declares a value, and what declares a type.
const VALUES: [&str; 2] = ["export function ", "export const "];
const TYPES: [&str; 2] = ["export interface ", "export type "];

/// The names that a module exports.
#[derive(Default)]
struct Exports {
    values: Vec<String>,
    types: Vec<String>,
}

impl Exports {
    /// Leaves the declarations, and takes their `export`.
    fn take(&mut self, doc: &mut Doc) {
        match doc {
            Doc::Text(text) => {
                let declared = |keywords: [&str; 2]| {
                    let rest = keywords.iter().find_map(|keyword| text.strip_prefix(keyword))?;
                    let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && !"_$".contains(c));
                    Some(rest.get(..end?)?.to_owned())
                };
                let (value, ty) = (declared(VALUES), declared(TYPES));
                if value.is_some() || ty.is_some() {
                    text.drain(.."export ".len());
                }
                self.values.extend(value);
                self.types.extend(ty);
            }
            Doc::Indent(doc) | Doc::Group(doc) => self.take(doc),
            Doc::Concat(docs) => docs.iter_mut().for_each(|doc| self.take(doc)),
            Doc::Soft | Doc::Line | Doc::Wrap | Doc::Hard | Doc::IfBroken(_) => {}
        }
    }
}

/// The declarations with their names as they are, and behind them exports that have the prefix.
pub(super) fn prefixed(mut docs: Vec<Doc>, prefix: &str) -> Vec<Doc> {
    let mut exports = Exports::default();
    docs.iter_mut().for_each(|doc| exports.take(doc));
    for (keyword, names) in [("export ", exports.values), ("export type ", exports.types)] {
        let names = names.into_iter().map(|name| {
            let exported = exported(&name, prefix);
            text(if exported == name { name } else { format!("{name} as {exported}") })
        });
        docs.push(concat([text(keyword), inline(names.collect()), text(";")]));
    }
    docs
}

/// `meteredParse`, `MeteredInvalidToken`, and `metered` for the whole.
fn exported(name: &str, prefix: &str) -> String {
    if name.starts_with(prefix) {
        return name.to_owned();
    }
    if name.starts_with(|c: char| c.is_ascii_uppercase()) {
        return format!("{prefix}{name}");
    }
    let mut letters = prefix.chars();
    let first = letters.next().map(|first| first.to_ascii_lowercase());
    let lower: String = first.into_iter().chain(letters).collect();
    if name == "catalog" { lower } else { format!("{lower}{}", pascal(name)) }
}

#[cfg(test)]
mod tests {
    use super::super::layout::group;
    use super::*;

    #[test]
    fn every_export_has_the_name_of_the_catalog_before_it() {
        let docs = vec![
            text("export type MeteredError = Full;"),
            concat([text("/** Full. */"), Doc::Hard, text("export interface Full {}")]),
            group(text("export function parse(text: string): void {}")),
            text("export const catalog: { readonly read: undefined } = { read: undefined };"),
            text("const several = /x/;"),
        ];
        let printed: Vec<String> = prefixed(docs, "Metered").iter().map(Doc::print).collect();
        assert_eq!(
            printed,
            [
                "type MeteredError = Full;",
                "/** Full. */\ninterface Full {}",
                "function parse(text: string): void {}",
                "const catalog: { readonly read: undefined } = { read: undefined };",
                "const several = /x/;",
                "export { parse as meteredParse, catalog as metered };",
                "export type { MeteredError, Full as MeteredFull };",
            ]
        );
    }
}
