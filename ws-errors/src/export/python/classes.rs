//! The dataclasses of errors, closes and contexts, and the unions of them.

use super::names::{attribute, docstring, json};
use super::types::Types;
use crate::catalog::Code;
use crate::export::client::{self, Client, Holds, Member, Names, Target, Values, close_members};
use crate::types::Type;
use ws_errors_core::json::Json;
use ws_errors_core::reading::{Class, Reading};

/// Which classes there are.
pub(super) struct Classes<'c> {
    pub(super) client: &'c Client,
    pub(super) prefix: &'c str,
    /// The names of all types, which no attribute has.
    pub(super) names: &'c Names,
    /// The contexts, each with its class: those with the same values share one.
    contexts: Vec<(&'c Values, String)>,
}

impl<'c> Classes<'c> {
    pub(super) fn new(client: &'c Client, prefix: &'c str, names: &'c Names) -> Self {
        let mut contexts: Vec<(&Values, String)> = Vec::new();
        let all = client.interfaces.iter().map(|one| &one.values).chain([&client.unknown]);
        for values in all.filter(|values| !values.context.is_empty()) {
            if contexts.iter().all(|(known, _)| known.context != values.context) {
                let number = contexts.len() + 1;
                let number = if number == 1 { String::new() } else { number.to_string() };
                contexts.push((values, format!("{prefix}Context{number}")));
            }
        }
        Self { client, prefix, names, contexts }
    }

    /// The class of a context; none where it has no values.
    fn context(&self, values: &Values) -> Option<&str> {
        let found = self.contexts.iter().find(|(known, _)| known.context == values.context);
        found.map(|(_, name)| name.as_str())
    }

    /// What a value is kept as; a code that is constant is not.
    pub(super) fn kept_as(&self, reading: &Reading, target: &Target) -> String {
        match (target, reading.entry.map(|entry| entry.code)) {
            (Target::Context(name), _) => format!(".{}", attribute(name, self.names)),
            (Target::Error(name), None) if name == "code" => "raw_code".to_owned(),
            (Target::Error(name), Some(Code::Number(_) | Code::Text(_))) if name == "code" => {
                String::new()
            }
            (Target::Error(name), _) => attribute(name, self.names),
        }
    }

    /// What a reading makes: the class of the error, and that of its context.
    pub(super) fn made(&self, reading: &Reading) -> String {
        let is_of = |name: &str| reading.entry.is_some_and(|entry| entry.name == name);
        let interface = self.client.interfaces.iter().find(|one| is_of(one.entry.name));
        let unknown = (format!("{}Unknown", self.prefix), &self.client.unknown);
        let (error, values) = interface.map_or(unknown, |one| (one.name.clone(), &one.values));
        match reading.class {
            Class::Success => "None".to_owned(),
            _ => format!("{error}, {}", self.context(values).unwrap_or("None")),
        }
    }

    /// All classes, those that types need among them, and the unions of errors and of closes.
    pub(super) fn write(&self, types: &mut Types<'_>) -> Vec<String> {
        let (client, prefix) = (self.client, self.prefix);
        let mut out = Vec::new();
        for (values, name) in &self.contexts {
            let members = values.context.iter().map(|(name, (ty, optional))| Member {
                name: name.clone(),
                docs: Vec::new(),
                holds: Holds::Value { ty: ty.clone(), optional: *optional },
            });
            let docs = ["What is known beside an error.".to_owned()].into_iter();
            let docs = docs.chain(values.wire_names_of_context()).collect();
            out.push(self.class(types, name, docs, members.collect()));
        }
        let mut errors = Vec::new();
        for one in &client.interfaces {
            out.push(self.class(types, &one.name, docs(one.entry), one.members()));
            errors.push(one.name.clone());
        }
        let unknown = "An error of this API that this client doesn't know: newer than the client, or not as it should be.";
        errors.push(format!("{prefix}Unknown"));
        let members = client.unknown_members("raw_code");
        out.push(self.class(types, &errors[errors.len() - 1], vec![unknown.to_owned()], members));
        let error = format!("{prefix}Error");
        out.push(union(&error, &format!("Any error of `{}`.", client.plan.catalog.name), &errors));
        let mut closes = Vec::new();
        let unknown = "A close that this client doesn't know.".to_owned();
        for close in client.closes.iter().map(Some).chain([None]) {
            let name = close.map_or(format!("{prefix}UnknownClose"), |close| close.name.clone());
            let docs = close.map_or(vec![unknown.clone()], |close| docs(close.entry));
            out.push(self.class(types, &name, docs, close_members(close, &error)));
            closes.push(name);
        }
        let close = format!("{prefix}Close");
        out.push(union(&close, &format!("Any close of `{}`.", client.plan.catalog.name), &closes));
        client.definitions.iter().for_each(|definition| types.definition(definition));
        types.classes.drain(..).chain(out).collect()
    }

    fn class(
        &self,
        types: &mut Types<'_>,
        name: &str,
        docs: Vec<String>,
        members: Vec<Member<'_>>,
    ) -> String {
        let docs = docstring(&docs, "    ");
        let space = if docs.is_empty() { "" } else { "\n" };
        let mut out = format!(
            "@_dataclasses.dataclass(frozen=True, kw_only=True)\nclass {name}:\n{docs}{space}"
        );
        for Member { name: member, docs, holds } in members {
            let attribute = attribute(&member, self.names);
            let (ty, default) = match holds {
                Holds::Literal(value) => {
                    let value = json(&Json::parse(&value.to_string()).unwrap_or(Json::Null));
                    (format!("_t.Literal[{value}]"), Some(value))
                }
                Holds::Nothing { .. } => ("None".to_owned(), Some("None".to_owned())),
                Holds::Context(values) => match self.context(values) {
                    Some(ty) => (ty.to_owned(), None),
                    None => ("None".to_owned(), Some("None".to_owned())),
                },
                Holds::Value { ty, optional } => {
                    let ty = if optional { Type::union(vec![ty, Type::Null]) } else { ty };
                    let owner = format!("{name}{}", client::pascal(&member));
                    (types.annotation(&ty, &owner), optional.then(|| "None".to_owned()))
                }
            };
            let default = default.map_or(String::new(), |value| format!(" = {value}"));
            out += &format!("    {attribute}: {ty}{default}\n{}", docstring(&docs, "    "));
        }
        out
    }
}

fn docs(entry: &crate::catalog::Entry) -> Vec<String> {
    client::docs(entry, ["Since", "Deprecated:"])
}

fn union(name: &str, docs: &str, types: &[String]) -> String {
    format!(
        "{name}: _t.TypeAlias = (\n    {}\n)\n{}",
        types.join("\n    | "),
        docstring(&[docs.to_owned()], "")
    )
}
