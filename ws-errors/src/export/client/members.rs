//! The members of errors and closes.

use serde_json::Value;
use ws_errors_core::names::client_name;

use super::values::{Values, string};
use super::{Client, CloseEntry, Interface, docs};
use crate::catalog::{Code, Entry};
use crate::types::{Limits, Type};
use ws_errors_core::reading::CloseCodePattern;

/// An error or a close, as every language has it.
pub(in crate::export) struct Case<'v> {
    /// The name of its type.
    pub(in crate::export) name: String,
    /// What distinguishes it from the others: the name of the entry, or `$unknown`.
    pub(in crate::export) kind: &'static str,
    /// The paragraphs of its doc comment.
    pub(in crate::export) docs: Vec<String>,
    /// Why it is deprecated, where it is.
    pub(in crate::export) deprecated: Option<&'static str>,
    pub(in crate::export) members: Vec<Member<'v>>,
}

impl<'v> Case<'v> {
    fn declared(name: &str, entry: &Entry, words: [&str; 2], members: Vec<Member<'v>>) -> Self {
        let (docs, kind) = (docs(entry, words), entry.name);
        Self { name: name.to_owned(), kind, docs, deprecated: entry.deprecated, members }
    }

    fn unknown(name: &str, docs: &str, members: Vec<Member<'v>>) -> Self {
        let docs = vec![docs.to_owned()];
        Self { name: name.to_owned(), kind: UNKNOWN, docs, deprecated: None, members }
    }
}

/// The kind of what nobody declared.
pub(in crate::export) const UNKNOWN: &str = "$unknown";

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
    fn members(&self) -> Vec<Member<'_>> {
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
                    Some(ty) => value("code", None, ty.clone()),
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
    /// The errors; the last is what nobody declared, whose type has the name `unknown` and its code the
    /// name `raw_code`. `words` are those of the [docs] of an entry.
    pub(in crate::export) fn errors<'c>(
        &'c self,
        words: [&str; 2],
        unknown: &str,
        raw_code: &str,
    ) -> Vec<Case<'c>> {
        let declared =
            |one: &'c Interface| Case::declared(&one.name, one.entry, words, one.members());
        let docs = "An error of this API that this client doesn't know: newer than the client, or not as it\nshould be.";
        let unknown = Case::unknown(unknown, docs, self.unknown_members(raw_code));
        self.interfaces.iter().map(declared).chain([unknown]).collect()
    }

    /// The closes; the last is what nobody declared, whose type has the name `unknown`. `error` is the
    /// union of all errors.
    pub(in crate::export) fn closes(
        &self,
        words: [&str; 2],
        unknown: &str,
        error: &str,
    ) -> Vec<Case<'static>> {
        let declared = |close: &CloseEntry| {
            Case::declared(&close.name, close.entry, words, close_members(Some(close), error))
        };
        let docs = "A close that this client doesn't know.";
        let unknown = Case::unknown(unknown, docs, close_members(None, error));
        self.closes.iter().map(declared).chain([unknown]).collect()
    }

    fn unknown_members(&self, raw_code: &str) -> Vec<Member<'_>> {
        let values = &self.unknown;
        let unknown = || Holds::Literal(UNKNOWN.into());
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

/// The members of a close; `None` for those that nobody declared.
fn close_members(close: Option<&CloseEntry>, error: &str) -> Vec<Member<'static>> {
    let kind = close.map_or(UNKNOWN, |close| close.entry.name);
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
