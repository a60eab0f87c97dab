//! A module of which every export has the catalog's name before it, so that two catalogs can be
//! imported by name.

use std::fmt::Write as _;

use super::names::pascal;

/// What declares a value, and what declares a type.
const VALUES: [&str; 2] = ["export function ", "export const "];
const TYPES: [&str; 2] = ["export interface ", "export type "];

/// The module with its names as they are, and with exports that have the prefix.
pub(super) fn prefixed(module: &str, catalog: &str) -> String {
    let prefix = pascal(catalog);
    let mut out = String::with_capacity(module.len());
    let (mut values, mut types) = (Vec::new(), Vec::new());
    for line in module.split_inclusive('\n') {
        let declared = |keywords: [&'static str; 2]| {
            let rest = keywords.iter().find_map(|keyword| line.strip_prefix(keyword))?;
            let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && !"_$".contains(c))?;
            rest.get(..end)
        };
        let (value, ty) = (declared(VALUES), declared(TYPES));
        values.extend(value);
        types.extend(ty);
        let is_export = value.or(ty).is_some();
        out.push_str(if is_export { line.strip_prefix("export ").unwrap_or(line) } else { line });
    }
    let lower = {
        let mut letters = prefix.chars();
        let first = letters.next().map(|first| first.to_ascii_lowercase());
        first.into_iter().chain(letters).collect::<String>()
    };
    for (keyword, names) in [("export", values), ("export type", types)] {
        let _ = writeln!(out, "\n{keyword} {{");
        for name in names {
            let exported = if name.starts_with(&prefix) {
                name.to_owned()
            } else if name == "catalog" {
                lower.clone()
            } else if name.starts_with(|c: char| c.is_ascii_lowercase()) {
                format!("{lower}{}", pascal(name))
            } else {
                format!("{prefix}{name}")
            };
            let renamed = if exported == name { exported } else { format!("{name} as {exported}") };
            let _ = writeln!(out, "  {renamed},");
        }
        out.push_str("};\n");
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_export_has_the_name_of_the_catalog_before_it() {
        let module = "\
export type MeteredError = Full;
export interface Full {
  readonly kind: \"full\";
}
export function parse(text: string): MeteredError | undefined {
  return undefined;
}
export const catalog: { readonly read: undefined } = { read: undefined };
const several = /x/;
";
        let (declarations, exports) = (
            "type MeteredError = Full;\ninterface Full {",
            "
export {
  parse as meteredParse,
  catalog as metered,
};

export type {
  MeteredError,
  Full as MeteredFull,
};
",
        );
        let prefixed = prefixed(module, "metered");
        assert!(prefixed.starts_with(declarations), "{prefixed}");
        assert!(prefixed.ends_with(exports), "{prefixed}");
        assert_eq!(prefixed.matches("export").count(), 2, "{prefixed}");
    }
}
