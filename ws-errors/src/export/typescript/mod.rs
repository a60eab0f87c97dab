//! A TypeScript module with everything that a client has to know of a catalog.

mod alternatives;
mod body;
mod characters;
mod checks;
mod client;
mod close;
mod condition;
mod decode;
mod facts;
mod finders;
mod found;
mod handler;
mod layout;
mod module;
mod names;
mod policy;
mod prefix;
mod print;
mod segments;
mod statements;
mod switch;
mod types;

#[cfg(test)]
mod tests;

use layout::{Doc, concat};
use module::Module;
use names::{GLOBALS, comment_lines};

use super::client::{Client, Names, pascal};
use super::error::ExportError;
use super::markdown::displayed;
use crate::catalog::Catalog;

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
        let mut docs = declarations(catalog)?;
        if self.prefixed {
            docs = prefix::prefixed(docs, &pascal(catalog.name));
        }
        Ok(source(catalog, docs))
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
/// - `MeteredUnknown` for what nobody declared, with `"$unknown"` for both `kind` and `code` and the
///   code as it came under `rawCode`, and `MeteredError`, the union of all, which both members
///   discriminate; `MeteredByCode`, the same by code.
/// - `decode` (an already parsed value) and `parse` (the text of a frame): the error, or `undefined`
///   where a message is none of this catalog's; `parseAll`, all errors of a frame that may hold several
///   messages. They never throw. A message with a known code whose values have other types than
///   stated is unknown. What is in a binary frame is decoded once the application has unpacked it.
/// - `parseResponse`, where the catalog has errors over HTTP: the same for the status and the body of a
///   response.
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
    TypeScript::new().module(catalog)
}

/// What the module declares.
fn declarations(catalog: &'static Catalog) -> Result<Vec<Doc>, ExportError> {
    let prefix = pascal(catalog.name);
    let mut names = Names::new(&GLOBALS);
    let mut own = |suffix: &str| names.take(format!("{prefix}{suffix}"), "");
    let (error, unknown, by_code) = (own("Error"), own("Unknown"), own("ByCode"));
    let (handlers, close_handlers) = (own("Handlers"), own("CloseHandlers"));
    let (close_union, unknown_close) = (own("Close"), own("UnknownClose"));
    own("Policy");
    let client = Client::of(catalog, &mut names)?;
    client.refuse_same_names("TypeScript", &str::to_owned)?;
    let Client { interfaces, definitions, .. } = &client;
    let words = ["@since", "@deprecated"];
    let errors = client.errors(words, &unknown, "rawCode");
    let closes = client.closes(words, &unknown_close, &error);

    let any = |what| format!("Any {what} of `{}`.", catalog.name);
    let mut docs = vec![types::union_of(&any("error"), &error, &errors)];
    docs.push(types::by_code(&by_code, interfaces));
    let handler = handler::handler("handle", "error", &error, &handlers, &errors);
    docs.extend(errors.into_iter().map(types::interface));
    docs.extend(definitions.iter().map(types::definition));
    docs.extend(handler);

    docs.push(types::union_of(&any("close"), &close_union, &closes));
    let handler = handler::handler("handleClose", "close", &close_union, &close_handlers, &closes);
    docs.extend(closes.into_iter().map(types::interface));
    docs.extend(handler);
    let mut module = Module::new(&client);
    docs.extend(close::function(&client.plan, &mut module, &close_union, &error));

    docs.extend(policy::policies(catalog, &prefix));
    docs.extend(policy::messages(catalog, &prefix));
    docs.extend(client::docs(catalog, &prefix, &error, &close_union));
    docs.extend(decode::decoder(&mut module, &error));
    Ok(docs)
}

fn source(catalog: &'static Catalog, docs: Vec<Doc>) -> String {
    let mut out = format!(
        "// @generated by ws-errors from the catalog `{}`. Do not edit.\n\
         /* eslint-disable */\n\
         // biome-ignore-all lint: generated\n\
         // biome-ignore-all format: generated\n\
         // biome-ignore-all assist: generated\n",
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
