//! Types as source text, and the functions that check values for them.

use std::collections::BTreeSet;

use super::layout::{Doc, concat, group, indent, join, list, text};
use super::names::{key, literal, quoted};
use super::schema::Type;

/// The type, laid out.
pub(super) fn type_doc(ty: &Type) -> Doc {
    match ty {
        Type::Unknown => text("unknown"),
        Type::Never => text("never"),
        Type::Null => text("null"),
        Type::Boolean => text("boolean"),
        Type::Number | Type::Integer => text("number"),
        Type::String => text("string"),
        Type::Literal(value) => text(literal(value)),
        Type::Named(name) => text(name),
        Type::Array(item) => match **item {
            Type::Union(_) => concat([text("readonly ("), parenthesised(item), text(")[]")]),
            Type::Intersection(_) | Type::Array(_) | Type::Tuple(..) => {
                concat([text("readonly ("), type_doc(item), text(")[]")])
            }
            _ => concat([text("readonly "), type_doc(item), text("[]")]),
        },
        Type::Tuple(first, least, rest) => {
            let mut docs: Vec<Doc> = first
                .iter()
                .enumerate()
                .map(|(index, ty)| match ty {
                    _ if index < *least => type_doc(ty),
                    Type::Union(_) | Type::Intersection(_) | Type::Array(_) => {
                        concat([text("("), type_doc(ty), text(")?")])
                    }
                    _ => concat([type_doc(ty), text("?")]),
                })
                .collect();
            if let Some(rest) = rest {
                let rest = Type::Array(rest.clone());
                let doc = type_doc(&rest).print();
                docs.push(text(format!("...{}", doc.strip_prefix("readonly ").unwrap_or(&doc))));
            }
            list("readonly [", docs, "]")
        }
        Type::Object(properties, rest) => {
            let mut members: Vec<Doc> = properties
                .iter()
                .map(|(name, ty, optional)| property(name, *optional, ty))
                .collect();
            if let Some(rest) = rest {
                // The type of the others must hold for the members that are named, too.
                let rest = if properties.is_empty() { type_doc(rest) } else { text("unknown") };
                members.push(concat([text("readonly [key: string]: "), rest]));
            }
            object(members)
        }
        Type::Union(types) if is_hugged(types) => join(types.iter().map(type_doc), &text(" | ")),
        Type::Union(types) => {
            group(indent(concat([Doc::Soft, Doc::IfBroken("| "), alternatives(types)])))
        }
        Type::Intersection(types) => join(
            types.iter().map(|ty| match ty {
                Type::Union(_) => concat([text("("), type_doc(ty), text(")")]),
                _ => type_doc(ty),
            }),
            &text(" & "),
        ),
    }
}

/// Members of an object type, on one line where they fit.
pub(super) fn object(members: Vec<Doc>) -> Doc {
    if members.is_empty() {
        return text("{}");
    }
    group(concat([
        text("{"),
        indent(concat([Doc::Line, join(members, &concat([text(";"), Doc::Line]))])),
        Doc::IfBroken(";"),
        Doc::Line,
        text("}"),
    ]))
}

/// A member of an interface.
pub(super) fn property(name: &str, optional: bool, ty: &Type) -> Doc {
    let mark = if optional { "?: " } else { ": " };
    concat([text(format!("readonly {}{mark}", key(name))), type_doc(ty)])
}

/// What stands behind `export type X =`.
pub(super) fn alias(ty: &Type) -> Doc {
    match ty {
        Type::Union(types) if !is_hugged(types) => group(indent(concat([
            Doc::Line,
            group(concat([Doc::IfBroken("| "), alternatives(types)])),
        ]))),
        other => concat([text(" "), type_doc(other)]),
    }
}

fn alternatives(types: &[Type]) -> Doc {
    join(types.iter().map(|ty| indent(type_doc(ty))), &concat([Doc::Line, text("| ")]))
}

fn parenthesised(ty: &Type) -> Doc {
    match ty {
        Type::Union(types) if !is_hugged(types) => group(concat([
            indent(concat([Doc::Soft, Doc::IfBroken("| "), alternatives(types)])),
            Doc::Soft,
        ])),
        other => type_doc(other),
    }
}

/// prettier keeps `{ … } | null` together.
fn is_hugged(types: &[Type]) -> bool {
    let nulls = types.iter().filter(|ty| **ty == Type::Null).count();
    nulls + 1 == types.len() && types.iter().any(|ty| matches!(ty, Type::Object(..)))
}

/// The type on one line.
#[cfg(test)]
pub(super) fn type_text(ty: &Type) -> String {
    type_doc(ty).print()
}

/// The function that checks a value for the type, as an expression. The helpers that it calls are
/// noted.
pub(super) fn check(ty: &Type, used: &mut BTreeSet<&'static str>) -> Doc {
    let mut helper = |name: &'static str| {
        used.insert(name);
        name
    };
    match ty {
        Type::Unknown => text(helper("isAnything")),
        Type::Null => text(helper("isNull")),
        Type::Boolean => text(helper("isBoolean")),
        Type::Number => text(helper("isNumber")),
        Type::Integer => text(helper("isInteger")),
        Type::String => text(helper("isString")),
        Type::Named(name) => text(format!("is{name}")),
        Type::Never => list(format!("{}([", helper("isOneOf")), Vec::new(), "])"),
        Type::Literal(value) => {
            list(format!("{}([", helper("isOneOf")), vec![text(literal(value))], "])")
        }
        Type::Array(item) => {
            let open = format!("{}(", helper("isArray"));
            list(open, vec![check(item, used)], ")")
        }
        Type::Tuple(first, least, rest) => {
            let open = format!("{}(", helper("isTuple"));
            let mut arguments = vec![
                list("[", first.iter().map(|ty| check(ty, used)).collect(), "]"),
                text(least.to_string()),
            ];
            arguments.extend(rest.as_ref().map(|rest| check(rest, used)));
            list(open, arguments, ")")
        }
        Type::Object(properties, rest) => {
            let rest = rest.as_deref().filter(|rest| **rest != Type::Unknown);
            let is_map = properties.is_empty() && rest.is_some();
            let open = format!("{}(", helper(if is_map { "isMap" } else { "isObject" }));
            let rows: Vec<Doc> = properties
                .iter()
                .map(|(name, ty, optional)| {
                    let mut row = vec![text(quoted(name)), check(ty, used)];
                    row.extend(optional.then(|| text("true")));
                    list("[", row, "]")
                })
                .collect();
            match rest {
                Some(rest) if is_map => list(open, vec![check(rest, used)], ")"),
                Some(rest) => {
                    let arguments = vec![rows_doc("[", rows, "]"), check(rest, used)];
                    list(open, arguments, ")")
                }
                None => rows_doc(format!("{open}["), rows, "])"),
            }
        }
        Type::Union(types) => {
            let literals: Vec<Doc> = types
                .iter()
                .filter_map(|ty| match ty {
                    Type::Literal(value) => Some(text(literal(value))),
                    _ => None,
                })
                .collect();
            if literals.len() == types.len() {
                return list(format!("{}([", helper("isOneOf")), literals, "])");
            }
            let open = format!("{}([", helper("isAny"));
            list(open, types.iter().map(|ty| check(ty, used)).collect(), "])")
        }
        Type::Intersection(types) => {
            let open = format!("{}([", helper("isAll"));
            list(open, types.iter().map(|ty| check(ty, used)).collect(), "])")
        }
    }
}

/// An array of arrays: prettier breaks it wherever it has more than one.
pub(super) fn rows_doc(open: impl Into<String>, rows: Vec<Doc>, close: &'static str) -> Doc {
    if rows.len() < 2 {
        return list(open, rows, close);
    }
    concat([
        text(open),
        indent(concat(rows.into_iter().map(|row| concat([Doc::Hard, row, text(",")])))),
        Doc::Hard,
        text(close),
    ])
}
