//! A TypeScript module with everything that a client has to know of a catalog.

mod client;
mod close;
mod common;
mod compile;
mod decode;
mod entrances;
mod groups;
mod handler;
mod layout;
mod lower;
mod matcher;
mod names;
mod pattern;
mod policy;
mod prefix;
mod print;
mod schema;
mod types;
mod user;

#[cfg(test)]
mod catalogs;
#[cfg(test)]
mod tests;

use layout::{Doc, concat};
use names::{Names, comment_lines, pascal};
use schema::Schemas;

use super::error::ExportError;
use super::markdown::displayed;
use crate::catalog::Catalog;
use handler::{Case, Handler};
use types::Interface;

/// The TypeScript module of a catalog, as [`typescript`] makes it, where something is to be said about
/// how.
///
/// ```
/// use ws_errors::export::TypeScript;
///
/// let exporter = TypeScript::new().prefixed();
/// # let _ = exporter;
/// ```
#[derive(Debug, Clone, Copy, Default)]
pub struct TypeScript {
    prefixed: bool,
}

impl TypeScript {
    /// Modules as [`typescript`] makes them.
    pub const fn new() -> Self {
        Self { prefixed: false }
    }

    /// Every export has the catalog's name before it (`meteredParse`, `MeteredInvalidToken`, and
    /// `metered` for the whole), so that two catalogs can be imported by name.
    #[must_use]
    pub const fn prefixed(self) -> Self {
        Self { prefixed: true }
    }

    /// The module of a catalog.
    ///
    /// # Errors
    /// As [`typescript`].
    pub fn module(&self, catalog: &'static Catalog) -> Result<String, ExportError> {
        let module = typescript(catalog)?;
        Ok(if self.prefixed { prefix::prefixed(&module, catalog.name) } else { module })
    }
}

/// The TypeScript module of a catalog: types, decoder, handlers, policies and user messages.
///
/// One file without imports, formatted as prettier does. It compiles under `strict`,
/// `exactOptionalPropertyTypes`, `noUncheckedIndexedAccess`, `isolatedModules`,
/// `isolatedDeclarations`, `verbatimModuleSyntax` and `erasableSyntaxOnly`. With `metered` for the
/// catalog's name it has:
///
/// - an interface for each entry that has a message, named as the variant, with the literal members
///   `kind` and `code`, the `message`, what the message carries of the variant's fields by their
///   names on the wire, and the values of the context under `context`. An entry that is sent in
///   several contexts has the members of all of them, optional where one hasn't got it. A field with
///   the name of one of those members gets a `_` behind it.
/// - `MeteredUnknown` for what nobody declared, `kind: "$unknown"`, and `MeteredError`, the union of
///   all; `MeteredByCode`, the same by code.
/// - `decode` (an already parsed value) and `parse` (the text of a frame): the error, or `undefined`
///   where a message is none of this catalog's; `parseAll`, all errors of a frame that may hold several
///   messages. They never throw. A message with a known code whose values have other types than
///   stated is unknown. What is in a binary frame is decoded once the application has unpacked it.
/// - `handle` with `MeteredHandlers`: a case that has no handler is an error of the compiler.
/// - `closed`, `MeteredClose`, `handleClose` and `MeteredCloseHandlers`: the same for close frames.
/// - `MeteredRetry`, `MeteredCloses`, `MeteredCodes`, `MeteredGuards`, `MeteredCorrelate`,
///   `MeteredUser` and `MeteredFallback`: policies and texts as data, each an export of its own, so
///   that bundlers leave out what isn't used.
///
/// A hidden entry is not there: its message is unknown to the client, and so is its close.
///
/// # Errors
/// [`ExportError::NoSchema`] where a message carries a field whose type has no JSON Schema.
pub fn typescript(catalog: &'static Catalog) -> Result<String, ExportError> {
    let prefix = pascal(catalog.name);
    let mut names = Names::new();
    let mut own = |suffix: &str| names.take(format!("{prefix}{suffix}"), "");
    let (error, unknown, by_code) = (own("Error"), own("Unknown"), own("ByCode"));
    let (handlers, close_handlers) = (own("Handlers"), own("CloseHandlers"));
    let (close_union, unknown_close) = (own("Close"), own("UnknownClose"));
    own("Policy");
    let entries: Vec<(&str, String)> = groups::visible(catalog)
        .filter(|entry| !entry.envelopes.is_empty())
        .map(|entry| (entry.name, names.take(entry.variant.to_owned(), "Entry")))
        .collect();
    let closes = close::closes(catalog, &mut names);

    let mut schemas = Schemas::new(&mut names);
    let codes = lower::code_type(catalog, &mut schemas)?;
    let groups = groups::groups(catalog, &mut schemas, &codes)?;
    let definitions = schemas.definitions();
    let interfaces: Vec<Interface> = groups
        .values
        .iter()
        .filter_map(|(entry, values)| {
            let (_, name) = entries.iter().find(|(name, _)| *name == entry.name)?;
            Some(Interface { entry, name: name.clone(), values: values.clone() })
        })
        .collect();

    let mut docs = Vec::new();
    docs.push(types::union_of(
        &format!("Any error of `{}`.", catalog.name),
        &error,
        interfaces.iter().map(|one| one.name.clone()).chain([unknown.clone()]),
    ));
    docs.push(types::by_code(&by_code, &interfaces));
    docs.extend(interfaces.iter().map(types::interface));
    docs.push(types::unknown(&unknown, &groups));
    docs.extend(definitions.iter().map(types::definition));

    let mut cases: Vec<Case> = interfaces
        .iter()
        .map(|one| Case {
            kind: one.entry.name.to_owned(),
            ty: one.name.clone(),
            deprecated: one.entry.deprecated,
        })
        .collect();
    cases.push(Case { kind: "$unknown".to_owned(), ty: unknown, deprecated: None });
    let handler = Handler {
        function: "handle",
        parameter: "error",
        union: &error,
        handlers: &handlers,
        cases: &cases,
    };
    docs.extend(handler.docs());

    docs.push(types::union_of(
        &format!("Any close of `{}`.", catalog.name),
        &close_union,
        closes.iter().map(|close| close.name.clone()).chain([unknown_close.clone()]),
    ));
    docs.extend(closes.iter().map(|one| close::interface(Some(one), &unknown_close, &error)));
    docs.push(close::interface(None, &unknown_close, &error));
    let cases = close::cases(&closes, &unknown_close);
    let handler = Handler {
        function: "handleClose",
        parameter: "close",
        union: &close_union,
        handlers: &close_handlers,
        cases: &cases,
    };
    docs.extend(handler.docs());
    let (functions, has_patterns) = close::function(&closes, &close_union, &error);
    docs.extend(functions);

    docs.extend(policy::policies(catalog, &prefix));
    docs.extend(user::messages(catalog, &prefix));
    docs.extend(client::docs(catalog, &prefix, &error, &close_union));
    docs.extend(decode::decoder(catalog, &error, &groups, &definitions, has_patterns));
    Ok(module(catalog, docs))
}

fn module(catalog: &'static Catalog, docs: Vec<Doc>) -> String {
    let mut out = format!(
        "// @generated by ws-errors from the catalog `{}`. Do not edit.\n\
         /* eslint-disable */\n\
         // biome-ignore-all lint: generated\n\
         // biome-ignore-all format: generated\n",
        displayed(catalog.name)
    );
    let overview = catalog.docs.trim();
    if !overview.is_empty() {
        out.push('\n');
        for line in comment_lines(overview) {
            out.push_str(format!("// {line}").trim_end());
            out.push('\n');
        }
    }
    for doc in docs {
        out.push('\n');
        out.push_str(concat([doc, Doc::Hard]).print().trim_end());
        out.push('\n');
    }
    out
}
