//! The dataclasses of errors, closes and contexts, and the unions of them.

use super::names::{attribute, docstring, literal};
use super::types::Types;
use crate::export::client::{Case, Client, Holds, Member, Names, UNKNOWN, Values, pascal, quoted};
use crate::types::Type;
use crate::wire::Tree;

/// What the classes of a module are written with.
pub(super) struct Classes<'c> {
    pub(super) client: &'c Client,
    pub(super) prefix: &'c str,
    /// What no attribute is called: the names of all types.
    pub(super) names: &'c Names,
    pub(super) types: Types<'c>,
    /// The contexts, each with its class: those with the same values share one.
    contexts: Vec<(&'c Values, String)>,
}

impl<'c> Classes<'c> {
    pub(super) fn new(
        client: &'c Client,
        prefix: &'c str,
        names: &'c Names,
        types: Types<'c>,
    ) -> Self {
        let mut classes = Self { client, prefix, names, types, contexts: Vec::new() };
        let all = client.interfaces.iter().map(|one| &one.values).chain([&client.unknown]);
        for values in all.filter(|values| !values.context.is_empty()) {
            if classes.context(values).is_none() {
                let own = format!("{prefix}Context");
                let is_first = classes.contexts.is_empty();
                let name = if is_first { own } else { classes.types.names.take(own, "") };
                classes.contexts.push((values, name));
            }
        }
        classes
    }

    /// The class of a context; none where it has no values.
    fn context(&self, values: &Values) -> Option<&str> {
        let found = self.contexts.iter().find(|(known, _)| known.context == values.context);
        found.map(|(_, name)| name.as_str())
    }

    /// All classes, those that types need among them, and the unions of errors and of closes.
    pub(super) fn write(&mut self) -> String {
        let (client, prefix) = (self.client, self.prefix);
        let words = ["Since", "Deprecated:"];
        let error = format!("{prefix}Error");
        let errors = client.errors(words, &format!("{prefix}Unknown"), "raw_code");
        let closes = client.closes(words, &format!("{prefix}UnknownClose"), &error);
        let mut out = Vec::new();
        for (values, name) in self.contexts.clone() {
            let members = values.context.iter().map(|(name, (ty, optional))| Member {
                name: name.clone(),
                docs: Vec::new(),
                holds: Holds::Value { ty: ty.clone(), optional: *optional },
            });
            let docs = ["What is known beside an error.".to_owned()].into_iter();
            let docs: Vec<String> = docs.chain(values.wire_names_of_context()).collect();
            out.push(self.class(&name, &docs, members.collect()));
        }
        for (what, cases) in [("Error", errors), ("Close", closes)] {
            let names: Vec<String> = cases.iter().map(|case| case.name.clone()).collect();
            for Case { name, docs, members, .. } in cases {
                out.push(self.class(&name, &docs, members));
            }
            let docs = format!("Any {} of `{}`.", what.to_lowercase(), client.plan.catalog.name);
            let (names, docs) = (names.join("\n    | "), docstring(&[docs], ""));
            out.push(format!("{prefix}{what}: _t.TypeAlias = (\n    {names}\n)\n{docs}"));
        }
        client.definitions.iter().for_each(|definition| self.types.definition(definition));
        self.types.classes.drain(..).chain(out).collect::<Vec<_>>().join("\n\n")
    }

    /// The classes of an error and of its context, by kind.
    pub(super) fn of_errors(&self) -> String {
        let (client, unknown) = (self.client, format!("{}Unknown", self.prefix));
        let declared =
            client.interfaces.iter().map(|one| (one.entry.name, &*one.name, &one.values));
        let all = declared.chain([(UNKNOWN, &*unknown, &client.unknown)]);
        let line = |(kind, name, values)| {
            format!("    {}: ({name}, {}),\n", quoted(kind), self.context(values).unwrap_or("None"))
        };
        all.map(line).collect()
    }

    /// The class of a close, by kind.
    pub(super) fn of_closes(&self) -> String {
        let line = |kind, name: &str| format!("    {}: {name},\n", quoted(kind));
        let declared = self.client.closes.iter().map(|one| line(one.entry.name, &one.name));
        declared.chain([line(UNKNOWN, &format!("{}UnknownClose", self.prefix))]).collect()
    }

    fn class(&mut self, name: &str, docs: &[String], members: Vec<Member<'_>>) -> String {
        let docs = docstring(docs, "    ");
        let space = if docs.is_empty() { "" } else { "\n" };
        let mut out = format!(
            "@_dataclasses.dataclass(frozen=True, kw_only=True)\nclass {name}:\n{docs}{space}"
        );
        for Member { name: member, docs, holds } in members {
            let none = || Some("None".to_owned());
            let (ty, default) = match holds {
                Holds::Literal(value) => {
                    let value = literal(&Tree::of(&value));
                    (format!("_t.Literal[{value}]"), Some(value))
                }
                Holds::Nothing { .. } => ("None".to_owned(), none()),
                Holds::Context(values) => match self.context(values) {
                    Some(ty) => (ty.to_owned(), None),
                    None => ("None".to_owned(), none()),
                },
                Holds::Value { ty, optional } => {
                    let ty = if optional { Type::union(vec![ty, Type::Null]) } else { ty };
                    let ty = self.types.annotation(&ty, &format!("{name}{}", pascal(&member)));
                    (ty, none().filter(|_| optional))
                }
            };
            let default = default.map_or(String::new(), |value| format!(" = {value}"));
            let attribute = attribute(&member, self.names);
            out += &format!("    {attribute}: {ty}{default}\n{}", docstring(&docs, "    "));
        }
        out
    }
}
