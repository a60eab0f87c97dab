//! Types as source text.

use super::layout::{Doc, concat, group, indent, join, list, text};
use super::names::{key, literal};
use super::schemas::tuple;
use crate::types::{Limits, Object, Type};

/// The type, laid out.
pub(super) fn type_doc(ty: &Type) -> Doc {
    match ty {
        Type::Any => text("unknown"),
        Type::Null => text("null"),
        Type::Boolean => text("boolean"),
        Type::Number(_) | Type::Integer(_) => text("number"),
        Type::String(_) => text("string"),
        Type::Constant(value) => text(literal(value)),
        Type::Reference(name) => text(name),
        Type::Array(array) => match tuple(array) {
            Some((elements, has_more)) => {
                let mut docs: Vec<Doc> = elements
                    .into_iter()
                    .map(|(ty, optional)| match ty {
                        _ if !optional => type_doc(ty),
                        Type::Union(_) | Type::Intersection(_) => {
                            concat([text("("), type_doc(ty), text(")?")])
                        }
                        Type::Array(array) if tuple(array).is_none() => {
                            concat([text("("), type_doc(ty), text(")?")])
                        }
                        _ => concat([type_doc(ty), text("?")]),
                    })
                    .collect();
                if has_more {
                    let rest = array_of(&array.rest).print();
                    let rest = rest.strip_prefix("readonly ").unwrap_or(&rest);
                    docs.push(text(format!("...{rest}")));
                }
                list("readonly [", docs, "]")
            }
            None => array_of(&array.rest),
        },
        Type::Object(object) => {
            let mut members: Vec<Doc> = object
                .members
                .iter()
                .map(|member| property(&member.key, member.optional, &member.ty))
                .collect();
            members.extend(others(object));
            self::object(members)
        }
        Type::Union(types) if types.is_empty() => text("never"),
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

fn array_of(item: &Type) -> Doc {
    match item {
        Type::Union(types) if !types.is_empty() => {
            concat([text("readonly ("), parenthesised(item), text(")[]")])
        }
        Type::Intersection(_) | Type::Array(_) => {
            concat([text("readonly ("), type_doc(item), text(")[]")])
        }
        _ => concat([text("readonly "), type_doc(item), text("[]")]),
    }
}

/// The members of an object that aren't named.
pub(super) fn others(object: &Object) -> Option<Doc> {
    // Their type must hold for the members that are named, too.
    let others = match object.others.as_deref()? {
        others if object.members.is_empty() => type_doc(others),
        _ => text("unknown"),
    };
    Some(concat([text("readonly [key: string]: "), others]))
}

/// The type of any text.
pub(super) fn string() -> Type {
    Type::String(Limits::new())
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
        Type::Union(types) if types.len() > 1 && !is_hugged(types) => group(indent(concat([
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
    nulls + 1 == types.len() && types.iter().any(|ty| matches!(ty, Type::Object(_)))
}

/// The type on one line.
#[cfg(test)]
pub(super) fn type_text(ty: &Type) -> String {
    type_doc(ty).print()
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
