//! The interfaces: one for each entry that has a message, and one for those that nobody declared.

use super::layout::{Doc, block, braces, concat, text};
use super::names::{documented, literal};
use super::print::{alias, others, property};
use crate::export::client::{Case, Definition, Holds, Interface, Member};
use crate::types::Type;

/// `export interface NAME { members }`.
pub(super) fn declaration(keyword: &str, name: &str, members: Vec<Doc>) -> Doc {
    concat([text(format!("export {keyword} {name} ")), block("{", members, ";")])
}

/// The interface of an error or a close.
pub(super) fn interface(case: Case<'_>) -> Doc {
    let members = case.members.into_iter().map(member).collect();
    documented(&case.docs.join("\n"), declaration("interface", &case.name, members))
}

/// A member with its doc comment: what is said of it, and what it is called on the wire.
fn member(member: Member<'_>) -> Doc {
    let Member { name, docs, holds } = member;
    let member = match holds {
        Holds::Literal(value) => text(format!("readonly {name}: {}", literal(&value))),
        Holds::Nothing { optional: false } => text(format!("readonly {name}: undefined")),
        Holds::Nothing { optional: true } => text(format!("readonly {name}?: undefined")),
        Holds::Value { ty, optional } => property(&name, optional, &ty),
        Holds::Context(values) => {
            let members = values.context.iter();
            let members = members.map(|(name, (ty, optional))| property(name, *optional, ty));
            concat([text("readonly context: "), braces(members.collect(), ";")])
        }
    };
    documented(&docs.join("\n\n"), member)
}

/// `export type NAME = A | B | …`.
pub(super) fn union_of(docs: &str, name: &str, cases: &[Case<'_>]) -> Doc {
    let types = cases.iter().map(|case| Type::Reference(case.name.clone())).collect();
    documented(docs, type_alias(name, &Type::union(types)))
}

fn type_alias(name: &str, ty: &Type) -> Doc {
    concat([text(format!("export type {name} =")), alias(ty), text(";")])
}

/// The interfaces by what a message's code is.
pub(super) fn by_code(name: &str, interfaces: &[Interface]) -> Doc {
    let mut codes: Vec<(String, Vec<Type>)> = Vec::new();
    for interface in interfaces {
        let Some(code) = interface.entry.code_text() else { continue };
        let ty = Type::Reference(interface.name.clone());
        match codes.iter_mut().find(|(other, _)| *other == code) {
            Some((_, types)) => types.push(ty),
            None => codes.push((code, vec![ty])),
        }
    }
    let members =
        codes.into_iter().map(|(code, types)| property(&code, false, &Type::union(types)));
    let interface = declaration("interface", name, members.collect());
    documented("The errors by the code of their messages.", interface)
}

/// A named type that a field refers to.
pub(super) fn definition(definition: &Definition) -> Doc {
    let Definition { name, docs, ty } = definition;
    let body = match ty {
        Type::Object(object) => {
            let members = object.members.iter();
            let members = members.map(|one| property(&one.key, one.optional, &one.ty));
            declaration("interface", name, members.chain(others(object)).collect())
        }
        other => type_alias(name, other),
    };
    documented(docs, body)
}
