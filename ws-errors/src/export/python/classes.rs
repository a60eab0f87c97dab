//! The dataclasses of errors and closes, their contexts, and the unions of them.

use std::collections::BTreeMap;

use super::names::{attribute, docstring};
use super::types::Types;
use crate::catalog::Code;
use crate::export::client::{
    self, Client, CloseEntry, Interface, Names, Target, Values, pascal, quoted,
};
use crate::types::Type;
use ws_errors_core::names::client_name;
use ws_errors_core::reading::{CloseCodePattern, Reading};

const DATACLASS: &str = "@_dataclasses.dataclass(frozen=True, kw_only=True)\n";

/// What members are called as attributes, by their names.
type Attributes = BTreeMap<String, String>;

pub(super) struct Classes<'n> {
    prefix: String,
    types: Types<'n>,
    /// The contexts, each with what it holds and its attributes.
    contexts: Vec<(client::Values, String, Attributes)>,
    /// The class of each entry, and its attributes; of the unknown, by the name `$unknown`.
    entries: BTreeMap<String, (String, Attributes)>,
}

/// An attribute of a class.
struct Attribute {
    name: String,
    ty: String,
    default: Option<String>,
    docs: Vec<String>,
}

fn class(name: &str, docs: &[String], attributes: &[Attribute]) -> String {
    let mut out = format!("{DATACLASS}class {name}:\n{}", docstring(docs, "    "));
    if !docs.is_empty() {
        out.push('\n');
    }
    for Attribute { name, ty, default, docs } in attributes {
        let default = default.as_ref().map_or(String::new(), |value| format!(" = {value}"));
        out += &format!("    {name}: {ty}{default}\n{}", docstring(docs, "    "));
    }
    out
}

fn literal(name: &str, value: &str) -> Attribute {
    Attribute {
        name: name.to_owned(),
        ty: format!("_t.Literal[{value}]"),
        default: Some(value.to_owned()),
        docs: Vec::new(),
    }
}

impl<'n> Classes<'n> {
    /// The attributes that errors have.
    pub(super) fn new(prefix: &str, client: &Client, names: &'n mut Names) -> Self {
        let mut classes = Self {
            prefix: prefix.to_owned(),
            types: Types::new(names),
            contexts: Vec::new(),
            entries: BTreeMap::new(),
        };
        for Interface { entry, name, values } in &client.interfaces {
            let own =
                classes.attributes(values.error.keys(), &["kind", "code", "message", "context"]);
            classes.entries.insert(entry.name.to_owned(), (name.clone(), own));
            classes.context(values);
        }
        let own = Attributes::from([
            ("code".to_owned(), "raw_code".to_owned()),
            ("message".to_owned(), "message".to_owned()),
        ]);
        classes.entries.insert("$unknown".to_owned(), (format!("{prefix}Unknown"), own));
        classes.context(&client.unknown);
        classes
    }

    /// What members are called; `fixed` are as they are.
    fn attributes<'a>(
        &self,
        members: impl Iterator<Item = &'a String>,
        fixed: &[&str],
    ) -> Attributes {
        let mut own = Names::new(fixed);
        members
            .map(|member| match fixed.contains(&member.as_str()) {
                true => (member.clone(), member.clone()),
                false => (member.clone(), own.take(attribute(member, self.types.names), "_")),
            })
            .collect()
    }

    /// The class of a context, where it has any values: contexts with the same values share one.
    fn context(&mut self, values: &Values) -> Option<(String, Attributes)> {
        if values.context.is_empty() {
            return None;
        }
        if let Some((_, name, own)) =
            self.contexts.iter().find(|(known, ..)| known.context == values.context)
        {
            return Some((name.clone(), own.clone()));
        }
        let own = self.attributes(values.context.keys(), &[]);
        let name = self.types.names.take(format!("{}Context", self.prefix), "");
        self.contexts.push((values.clone(), name.clone(), own.clone()));
        Some((name, own))
    }

    /// The entry, or the unknown, that a reading is of.
    fn key(reading: &Reading) -> &'static str {
        reading.entry.map_or("$unknown", |entry| entry.name)
    }

    /// The attribute that a value is kept as; a code that is constant is kept as none.
    pub(super) fn attribute_of(
        &self,
        client: &Client,
        reading: &Reading,
        target: &Target,
    ) -> Option<String> {
        let values = match reading.entry {
            None => &client.unknown,
            Some(entry) => {
                &client.interfaces.iter().find(|one| one.entry.name == entry.name)?.values
            }
        };
        match target {
            Target::Error(name)
                if name == "code"
                    && reading.entry.is_some_and(|one| !matches!(one.code, Code::Field(_))) =>
            {
                None
            }
            Target::Error(name) => self.entries.get(Self::key(reading))?.1.get(name).cloned(),
            Target::Context(name) => {
                let (_, _, own) =
                    self.contexts.iter().find(|(known, ..)| known.context == values.context)?;
                Some(format!(".{}", own.get(*name)?))
            }
        }
    }

    /// The attribute of an entry for a member.
    pub(super) fn attribute_of_entry(&self, entry: &str, member: &str) -> String {
        let own = self.entries.get(entry).and_then(|(_, own)| own.get(member));
        own.cloned().unwrap_or_else(|| attribute(member, self.types.names))
    }

    /// What a reading makes: the class of the error, and that of its context.
    pub(super) fn made(&self, client: &Client, reading: &Reading) -> String {
        let interface = client
            .interfaces
            .iter()
            .find(|one| Some(one.entry.name) == reading.entry.map(|one| one.name));
        let values = interface.map_or(&client.unknown, |one| &one.values);
        let error = self.entries.get(Self::key(reading)).map_or("None", |(name, _)| name);
        let context = self.contexts.iter().find(|(known, ..)| known.context == values.context);
        format!("{error}, {}", context.map_or("None", |(_, name, _)| name))
    }

    /// All classes, and the unions of them.
    pub(super) fn write(&mut self, client: &Client) -> Vec<String> {
        let mut errors: Vec<String> =
            client.interfaces.iter().map(|interface| self.error(interface)).collect();
        errors.push(self.unknown(client));
        for (values, name, own) in self.contexts.clone() {
            let attributes: Vec<Attribute> = values
                .context
                .iter()
                .map(|(member, (ty, optional))| {
                    self.member(&name, &own[member], ty, *optional, Vec::new())
                })
                .collect();
            let docs: Vec<String> = std::iter::once("What is known beside an error.".to_owned())
                .chain(
                    values
                        .wire_names_of_context()
                        .into_iter()
                        .flat_map(|said| [String::new(), said]),
                )
                .collect();
            errors.insert(0, class(&name, &docs, &attributes));
        }
        for definition in &client.definitions {
            self.types.definition(definition);
        }
        let mut all = std::mem::take(&mut self.types.classes);
        all.extend(errors);
        let prefix = self.prefix.clone();
        let union = |name: &str, docs: String, names: Vec<String>| {
            let names = names.join("\n    | ");
            format!("{name}: _t.TypeAlias = (\n    {names}\n)\n\"\"\"{docs}\"\"\"\n")
        };
        let names = client.interfaces.iter().map(|one| one.name.clone());
        let names = names.chain([format!("{prefix}Unknown")]).collect();
        all.push(union(
            &format!("{prefix}Error"),
            format!("Any error of `{}`.", client.plan.catalog.name),
            names,
        ));
        all.extend(client.closes.iter().map(|close| self.close(Some(close))));
        all.push(self.close(None));
        let names = client.closes.iter().map(|one| one.name.clone());
        let names = names.chain([format!("{prefix}UnknownClose")]).collect();
        all.push(union(
            &format!("{prefix}Close"),
            format!("Any close of `{}`.", client.plan.catalog.name),
            names,
        ));
        all
    }

    fn member(
        &mut self,
        class: &str,
        name: &str,
        ty: &Type,
        optional: bool,
        docs: Vec<String>,
    ) -> Attribute {
        let ty = self.types.annotation(ty, &format!("{class}{}", pascal(name)));
        let may_be_none = ty == "object" || ty.split(" | ").any(|one| one == "None");
        let ty = if optional && !may_be_none { format!("{ty} | None") } else { ty };
        Attribute { name: name.to_owned(), ty, default: optional.then(|| "None".to_owned()), docs }
    }

    fn error(&mut self, interface: &Interface) -> String {
        let Interface { entry, name, values } = interface;
        let own = self.entries.get(entry.name).map(|(_, own)| own.clone()).unwrap_or_default();
        let mut attributes = vec![literal("kind", &quoted(entry.name))];
        match entry.code {
            Code::Number(code) => attributes.push(literal("code", &code.to_string())),
            Code::Text(code) => attributes.push(literal("code", &quoted(code))),
            Code::Field(_) => {
                let any = (Type::Any, true);
                let (ty, optional) = values.error.get("code").unwrap_or(&any);
                attributes.push(self.member(name, "code", ty, *optional, wire(values, "code")));
            }
            Code::None => attributes.push(none("code")),
        }
        match values.error.get("message") {
            Some((ty, optional)) => attributes.push(self.member(
                name,
                "message",
                ty,
                *optional,
                wire(values, "message"),
            )),
            None => attributes.push(none("message")),
        }
        for (member, (ty, optional)) in &values.error {
            if member == "code" || member == "message" {
                continue;
            }
            let field = entry.fields.iter().find(|field| client_name(field.name) == *member);
            let docs = field.map(|field| field.docs.to_owned()).filter(|docs| !docs.is_empty());
            let docs = docs.into_iter().chain(wire(values, member)).collect();
            attributes.push(self.member(name, &own[member], ty, *optional, docs));
        }
        attributes.push(self.context_of(values));
        class(name, &client::docs(entry, ["Since", "Deprecated:"]), &attributes)
    }

    fn context_of(&mut self, values: &Values) -> Attribute {
        match self.context(values) {
            Some((ty, _)) => {
                Attribute { name: "context".to_owned(), ty, default: None, docs: Vec::new() }
            }
            None => none("context"),
        }
    }

    fn unknown(&mut self, client: &Client) -> String {
        let values = &client.unknown;
        let name = format!("{}Unknown", self.prefix);
        let mut attributes = vec![literal("kind", "\"$unknown\""), literal("code", "\"$unknown\"")];
        if let Some((ty, optional)) = values.error.get("code") {
            let docs = std::iter::once("The code as it came.".to_owned())
                .chain(wire(values, "code"))
                .collect();
            attributes.push(self.member(
                &name,
                "raw_code",
                ty,
                *optional || client.may_lack_code,
                docs,
            ));
        }
        attributes.push(self.member(
            &name,
            "message",
            &client::string(),
            true,
            wire(values, "message"),
        ));
        attributes.push(self.context_of(values));
        attributes.push(Attribute {
            name: "data".to_owned(),
            ty: "object".to_owned(),
            default: Some("None".to_owned()),
            docs: vec!["The message as it came.".to_owned()],
        });
        let docs = "An error of this API that this client doesn't know: newer than the client, or not as it should be.";
        class(&name, &[docs.to_owned()], &attributes)
    }

    fn close(&self, close: Option<&CloseEntry>) -> String {
        let unknown = format!("{}UnknownClose", self.prefix);
        let (kind, name, lines) = match close {
            Some(close) => {
                (close.entry.name, &close.name, client::docs(close.entry, ["Since", "Deprecated:"]))
            }
            None => {
                ("$unknown", &unknown, vec!["A close that this client doesn't know.".to_owned()])
            }
        };
        let code = match close.map(|close| close.code) {
            Some(CloseCodePattern::Constant(code)) => format!("_t.Literal[{code}]"),
            _ => "int".to_owned(),
        };
        let attribute = |name: &str, ty: String| Attribute {
            name: name.to_owned(),
            ty,
            default: None,
            docs: Vec::new(),
        };
        let mut after = attribute("after", format!("{}Error | None", self.prefix));
        after.default = Some("None".to_owned());
        after.docs = vec!["The error message that came just before.".to_owned()];
        let attributes = [
            literal("kind", &quoted(kind)),
            attribute("code", code),
            attribute("reason", "str".to_owned()),
            after,
        ];
        class(name, &lines, &attributes)
    }
}

fn none(name: &str) -> Attribute {
    let (ty, default) = ("None".to_owned(), Some("None".to_owned()));
    Attribute { name: name.to_owned(), ty, default, docs: Vec::new() }
}

/// What is said of a member that is called something else on the wire.
fn wire(values: &Values, member: &str) -> Vec<String> {
    values.wire_name(member).into_iter().collect()
}
