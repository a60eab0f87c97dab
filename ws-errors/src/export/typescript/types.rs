//! The interfaces: one for each entry that has a message, and one for those that nobody declared.

use ws_errors_core::names::client_name;

use super::layout::{Doc, concat, indent, text};
use super::names::{comment, literal};
use super::print::{alias, object, others, property};
use crate::catalog::{Code, Entry};
use crate::export::client::{self, Definition, Interface, Values, string};
use crate::types::Type;

/// The doc comment of an entry.
pub(super) fn docs(entry: &Entry) -> Vec<String> {
    client::docs(entry, ["@since", "@deprecated"])
}

pub(super) fn declaration(keyword: &str, name: &str, members: Vec<Doc>) -> Doc {
    if members.is_empty() {
        return text(format!("export {keyword} {name} {{}}"));
    }
    let lines = members.into_iter().map(|member| concat([Doc::Hard, member, text(";")]));
    concat([
        text(format!("export {keyword} {name} {{")),
        indent(concat(lines)),
        Doc::Hard,
        text("}"),
    ])
}

/// The type of an entry's code: one value, or that of the field that it comes from.
fn code_member(interface: &Interface) -> Doc {
    let code = match interface.entry.code {
        Code::None => return text("readonly code: undefined"),
        Code::Number(number) => literal(&number.into()),
        Code::Text(text) => literal(&text.into()),
        Code::Field(_) => {
            let any = (Type::Any, false);
            let (ty, _) = interface.values.error.get("code").unwrap_or(&any);
            return property("code", false, ty);
        }
    };
    text(format!("readonly code: {code}"))
}

pub(super) fn interface(interface: &Interface) -> Doc {
    let Interface { entry, name, values } = interface;
    let mut members = vec![
        text(format!("readonly kind: {}", literal(&entry.name.into()))),
        member("", values.wire_name("code"), code_member(interface)),
    ];
    let message = match values.error.get("message") {
        Some((ty, optional)) => property("message", *optional, ty),
        None => text("readonly message?: undefined"),
    };
    members.push(member("", values.wire_name("message"), message));
    for (name, (ty, optional)) in &values.error {
        if name == "code" || name == "message" {
            continue;
        }
        let field = entry.fields.iter().find(|field| client_name(field.name) == *name);
        let docs = field.map_or("", |field| field.docs);
        members.push(member(docs, values.wire_name(name), property(name, *optional, ty)));
    }
    members.push(context(values));
    concat([comment(&docs(entry)), declaration("interface", name, members)])
}

/// A member with its doc comment: what is said of it, and what it is called on the wire.
fn member(docs: &str, wire: Option<String>, member: Doc) -> Doc {
    let mut lines: Vec<String> = Vec::new();
    for part in [Some(docs.to_owned()), wire].into_iter().flatten().filter(|part| !part.is_empty())
    {
        if !lines.is_empty() {
            lines.push(String::new());
        }
        lines.push(part);
    }
    concat([comment(&lines), member])
}

fn context(values: &Values) -> Doc {
    let members =
        values.context.iter().map(|(name, (ty, optional))| property(name, *optional, ty)).collect();
    member(
        "",
        values.wire_names_of_context(),
        concat([text("readonly context: "), object(members)]),
    )
}

/// The interface of messages that nobody declared. `may_lack_code`: some have none.
pub(super) fn unknown(name: &str, values: &Values, may_lack_code: bool) -> Doc {
    let mut members = vec![
        text("readonly kind: \"$unknown\""),
        // No code that an entry has: a comparison with one of those tells the entry.
        text("readonly code: \"$unknown\""),
    ];
    if let Some((ty, optional)) = values.error.get("code") {
        let code = property("rawCode", *optional || may_lack_code, ty);
        members.push(member("The code as it came.", values.wire_name("code"), code));
    }
    members.extend([
        member("", values.wire_name("message"), property("message", true, &string())),
        context(values),
        concat([comment(&["The message as it came.".into()]), text("readonly data: unknown")]),
    ]);
    let docs = "An error of this API that this client doesn't know: newer than the client, or not as it\nshould be.";
    concat([comment(&[docs.into()]), declaration("interface", name, members)])
}

/// `export type NAME = A | B | …`.
pub(super) fn union_of(docs: &str, name: &str, names: impl Iterator<Item = String>) -> Doc {
    let types: Vec<Type> = names.map(Type::Reference).collect();
    concat([
        comment(&[docs.to_owned()]),
        text(format!("export type {name} =")),
        alias(&Type::union(types)),
        text(";"),
    ])
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
    concat([
        comment(&["The errors by the code of their messages.".into()]),
        declaration("interface", name, members.collect()),
    ])
}

/// A named type that a field refers to.
pub(super) fn definition(definition: &Definition) -> Doc {
    let Definition { name, docs, ty } = definition;
    let docs: Vec<String> = (!docs.is_empty()).then(|| docs.clone()).into_iter().collect();
    let body = match ty {
        Type::Object(object) => {
            let members = object.members.iter();
            let members = members.map(|one| property(&one.key, one.optional, &one.ty));
            declaration("interface", name, members.chain(others(object)).collect())
        }
        other => concat([text(format!("export type {name} =")), alias(other), text(";")]),
    };
    concat([comment(&docs), body])
}
