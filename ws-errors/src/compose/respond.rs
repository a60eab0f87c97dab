//! An error to what answers a request.

use std::time::Duration;

use super::encode::{names, translated};
use super::{Occurrence, Unfolded};
use crate::catalog::{Catalog, Entry, HttpForm, RetryKind};
use crate::http::{Request, Response};
use crate::language::{Carrier, LocalizedText};
use crate::wire::Written;
use crate::wire::generated::{Argument, Values};

/// The response for an error, with the values of the occurrence and of the request.
pub fn respond(
    unfolded: &'static Unfolded,
    occurrence: &dyn Occurrence,
    request: &Request<'_>,
) -> Response {
    let (catalog, index) = (unfolded.catalog(), occurrence.index());
    let Some(entry) = catalog.entries.get(index) else {
        return Response::bodyless(HttpForm::UNEXPECTED);
    };
    let form = entry.http_form();
    let mut values = Values::default();
    occurrence.values(&mut values);
    let retry_after = wait(catalog, entry, &values);
    let Some(writing) = unfolded.body(index) else {
        return Response { retry_after, ..Response::bodyless(form) };
    };
    // In the order of the fields of HTTP_CONTEXT.
    for value in [request.request_id, request.instance, request.timestamp] {
        values.put(value.map_or(Argument::Nothing, Argument::Text));
    }
    let HttpForm { status, content_type, .. } = form;
    let carrier = Carrier::Body;
    let translated =
        request.language.and_then(|reader| translated(unfolded, index, carrier, &values, reader));
    let names = |indices: Vec<u16>| match indices.as_slice() {
        [] => Vec::new(),
        indices => names(entry, None, indices),
    };
    if let Some(Written { text: LocalizedText { text, language }, unserialized }) = translated {
        let (body, language, unserialized) = (text.into(), Some(language), names(unserialized));
        return Response { status, content_type, retry_after, language, body, unserialized };
    }
    let Written { text: body, unserialized } = values.with(|all| writing.text(all));
    let unserialized = names(unserialized);
    // Another reader may get another text.
    let varies = request.language.is_some() && unfolded.translated(index, carrier).is_some();
    let language = varies.then(|| catalog.source_language().into());
    Response { status, content_type, retry_after, language, body, unserialized }
}

/// The wait that the policy states.
fn wait(catalog: &'static Catalog, entry: &'static Entry, values: &Values<'_>) -> Option<Duration> {
    let RetryKind::After(wait) = catalog.retry(entry).kind else { return None };
    let given = wait.field.and_then(|name| {
        let index = entry.fields.iter().position(|field| field.ident == name)?;
        let mut json = String::new();
        values.with(|all| all.get(index).unwrap_or(&Argument::Nothing).push_json(&mut json));
        wait.stated(json.trim_matches('"').parse().ok()?)
    });
    given.or(wait.fixed)
}
