//! The members of errors and closes.

use serde_json::Value;
use ws_errors_core::names::client_name;

use super::values::{Values, string};
use super::{Client, CloseEntry, Interface};
use crate::catalog::Code;
use crate::types::{Limits, Type};
use ws_errors_core::reading::CloseCodePattern;

/// A member, as every language has it.
pub(in crate::export) struct Member<'v> {
    pub(in crate::export) name: String,
    /// The paragraphs of its doc comment.
    pub(in crate::export) docs: Vec<String>,
    pub(in crate::export) holds: Holds<'v>,
}

/// What a member holds.
pub(in crate::export) enum Holds<'v> {
    /// This value.
    Literal(Value),
    /// Nothing, ever.
    Nothing { optional: bool },
    /// A value of the type.
    Value { ty: Type, optional: bool },
    /// What is known beside the error.
    Context(&'v Values),
}

impl<'v> Member<'v> {
    fn new(name: &str, docs: impl IntoIterator<Item = String>, holds: Holds<'v>) -> Self {
        Self { name: name.to_owned(), docs: docs.into_iter().collect(), holds }
    }

    /// A value that an error has, with what it is called on the wire.
    fn value(
        values: &Values,
        docs: Option<&str>,
        on_wire: &str,
        name: &str,
        (ty, optional): (Type, bool),
    ) -> Self {
        let docs = docs.filter(|docs| !docs.is_empty()).map(str::to_owned);
        let docs = docs.into_iter().chain(values.wire_name(on_wire));
        Self::new(name, docs, Holds::Value { ty, optional })
    }

    fn context(values: &'v Values) -> Self {
        Self::new("context", values.wire_names_of_context(), Holds::Context(values))
    }
}

impl Interface {
    /// The members of the error.
    pub(in crate::export) fn members(&self) -> Vec<Member<'_>> {
        let Self { entry, values, .. } = self;
        let value = |name: &str, docs, ty| Member::value(values, docs, name, name, ty);
        let code =
            |code: Value| Member::new("code", values.wire_name("code"), Holds::Literal(code));
        let nothing =
            |name, optional| Member::new(name, values.wire_name(name), Holds::Nothing { optional });
        let mut members = vec![
            Member::new("kind", None, Holds::Literal(entry.name.into())),
            match entry.code {
                Code::None => nothing("code", false),
                Code::Number(number) => code(number.into()),
                Code::Text(text) => code(text.into()),
                Code::Field(_) => match values.error.get("code") {
                    Some((ty, _)) => value("code", None, (ty.clone(), false)),
                    // No message carries it.
                    None => nothing("code", true),
                },
            },
            match values.error.get("message") {
                Some(ty) => value("message", None, ty.clone()),
                None => nothing("message", true),
            },
        ];
        for (name, ty) in
            values.error.iter().filter(|(name, _)| !["code", "message"].contains(&&***name))
        {
            let field = entry.fields.iter().find(|field| client_name(field.name) == *name);
            members.push(value(name, field.map(|field| field.docs), ty.clone()));
        }
        members.push(Member::context(values));
        members
    }
}

impl Client {
    /// The members of messages that nobody declared; `raw_code` is what their code is called.
    pub(in crate::export) fn unknown_members(&self, raw_code: &str) -> Vec<Member<'_>> {
        let values = &self.unknown;
        let unknown = || Holds::Literal("$unknown".into());
        // No code that an entry has: a comparison with one of those identifies the entry.
        let mut members =
            vec![Member::new("kind", None, unknown()), Member::new("code", None, unknown())];
        if let Some((ty, optional)) = values.error.get("code") {
            let ty = (ty.clone(), *optional || self.may_lack_code);
            members.push(Member::value(values, Some("The code as it came."), "code", raw_code, ty));
        }
        members.push(Member::value(values, None, "message", "message", (string(), true)));
        members.push(Member::context(values));
        let data = Holds::Value { ty: Type::Any, optional: false };
        members.push(Member::new("data", ["The message as it came.".to_owned()], data));
        members
    }
}

/// The members of a close; `None` for those that nobody declared. `error` is the union of all errors.
pub(in crate::export) fn close_members(
    close: Option<&CloseEntry>,
    error: &str,
) -> Vec<Member<'static>> {
    let kind = close.map_or("$unknown", |close| close.entry.name);
    let code = match close.map(|close| close.code) {
        Some(CloseCodePattern::Constant(code)) => Holds::Literal(code.into()),
        _ => Holds::Value { ty: Type::Integer(Limits::new()), optional: false },
    };
    let after = Holds::Value { ty: Type::Reference(error.to_owned()), optional: true };
    vec![
        Member::new("kind", None, Holds::Literal(kind.into())),
        Member::new("code", None, code),
        Member::new("reason", None, Holds::Value { ty: string(), optional: false }),
        Member::new("after", ["The error message that came just before.".to_owned()], after),
    ]
}
