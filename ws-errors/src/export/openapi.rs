//! The errors over HTTP, as the components of an OpenAPI document.

use std::collections::{BTreeMap, BTreeSet};

use super::ExportError;
use super::definitions::{Definitions, key};
use super::json::of_entry;
use super::json_schema::Schemas;
use super::markdown::plain_summary;
use super::over_http::{Answered, answered};
use super::tree::{Members, object};
use super::visible::{Types, refuse_untyped};
use super::words::{backticks, list};
use crate::catalog::{Catalog, RetryKind};
use crate::wire::Tree;

/// The version of the OpenAPI Specification that the document follows.
pub const OPENAPI_VERSION: &str = "3.1.1";

/// The name of the header with the wait.
const RETRY_AFTER: &str = "Retry-After";

/// The components of an [OpenAPI 3.1](https://spec.openapis.org/oas/v3.1.1.html) document: the errors of
/// a catalog over HTTP, as JSON.
///
/// `components.responses` has one response for each status, `CATALOG.STATUS`, with a named example for
/// each error; `components.schemas` has a schema for each body, `CATALOG.NAME`, with `x-ws-error`: the
/// entry's `name`, `code`, `http`, `retry`, `recoverable` and `user`, in the form of
/// [`json`](super::json()). A document of yours refers to them, or is merged with them: its paths are
/// no business of an error catalog.
///
/// A catalog without `http(…)` has no responses.
///
/// # Errors
/// Returns [`ExportError::NoSchema`] where a value on the wire has no JSON Schema.
pub fn openapi(catalog: &'static Catalog) -> Result<String, ExportError> {
    refuse_untyped(catalog)?;
    let prefix = key(catalog.name);
    let definitions = Definitions::current(&prefix);
    let mut types = Types::new();
    let mut schemas: Vec<(String, Tree<'static>)> = Vec::new();
    let mut statuses: BTreeMap<u16, Vec<Answered>> = BTreeMap::new();
    for answered in answered(catalog) {
        if let Some(shape) = &answered.shape {
            let schema = Schemas::new(&mut types, catalog, answered.entry).of(shape);
            let schema = Members::new()
                .with("title", answered.entry.name)
                .and(schema)
                .with("x-ws-error", of_entry(catalog, answered.entry));
            schemas.push((schema_of(&prefix, &answered), definitions.translated(schema.into())));
        }
        statuses.entry(answered.form.status).or_default().push(answered);
    }
    for (name, schema) in types.definitions() {
        schemas.push((definitions.name(&name), definitions.tree(&schema)));
    }
    let waits = statuses.values().flatten().any(|answered| waits(catalog, answered));
    let responses = statuses.iter().map(|(status, answered)| {
        (format!("{prefix}.{status}"), response(catalog, &prefix, answered).into())
    });
    let components = Members::new()
        .with("responses", object(responses))
        .with("schemas", object(schemas.into_iter()))
        .perhaps("headers", waits.then(headers));
    let info = Members::new()
        .with("title", format!("Errors of {} over HTTP", catalog.name))
        .with("version", format!("{}.0.0", super::JSON_VERSION))
        .with("description", super::artefact::MARK);
    let tree: Tree<'_> = Members::new()
        .with("openapi", OPENAPI_VERSION)
        .with("info", info)
        .with("components", components)
        .into();
    Ok(tree.pretty())
}

fn schema_of(prefix: &str, answered: &Answered) -> String {
    format!("{prefix}.{}", key(answered.entry.name))
}

fn waits(catalog: &'static Catalog, answered: &Answered) -> bool {
    matches!(catalog.retry(answered.entry).kind, RetryKind::After(_))
}

/// The response of all errors of a status.
fn response(catalog: &'static Catalog, prefix: &str, answered: &[Answered]) -> Members {
    let names = answered.iter().map(|one| backticks(one.entry.name)).collect();
    let description = list(names, "or").unwrap_or_default();
    let waits = answered.iter().any(|one| waits(catalog, one));
    let headers = waits.then(|| {
        let reference = reference(format!("#/components/headers/{RETRY_AFTER}"));
        object(std::iter::once((RETRY_AFTER.to_owned(), reference.into())))
    });
    let with_body = || answered.iter().filter(|one| one.shape.is_some());
    let media_types: BTreeSet<&str> = with_body().map(|one| one.form.content_type).collect();
    let content = media_types.into_iter().map(|media_type| {
        let bodies: Vec<&Answered> =
            with_body().filter(|one| one.form.content_type == media_type).collect();
        (media_type.to_owned(), media(prefix, &bodies).into())
    });
    let content: Vec<_> = content.collect();
    Members::new()
        .with("description", description)
        .perhaps("headers", headers)
        .perhaps("content", (!content.is_empty()).then(|| object(content.into_iter())))
}

/// The bodies of a media type.
fn media(prefix: &str, bodies: &[&Answered]) -> Members {
    let mut schemas: Vec<Tree<'static>> = bodies
        .iter()
        .map(|body| reference(format!("#/components/schemas/{}", schema_of(prefix, body))).into())
        .collect();
    let schema = match schemas.len() {
        1 => schemas.remove(0),
        _ => Members::new().with("anyOf", schemas).into(),
    };
    let examples = bodies.iter().map(|body| {
        let example = Members::new()
            .perhaps("summary", plain_summary(body.entry.docs))
            .perhaps("value", body.example_value());
        (key(body.entry.name), example.into())
    });
    Members::new().with("schema", schema).with("examples", object(examples))
}

fn headers() -> Members {
    let seconds = Members::new().with("type", "integer").with("minimum", 0_u16);
    let header = Members::new()
        .with("description", "How many seconds to wait before trying again.")
        .with("schema", seconds);
    object(std::iter::once((RETRY_AFTER.to_owned(), header.into())))
}

fn reference(to: String) -> Members {
    Members::new().with("$ref", to)
}
