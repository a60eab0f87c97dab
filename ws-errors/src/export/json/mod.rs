//! The catalog as JSON, for tools.

#[cfg(test)]
mod conformance;
mod entry;
mod policy;
mod template;

pub(crate) use entry::{of_close, of_entry};
pub(crate) use policy::of_retry;
use serde_json::json;

use super::ExportError;
use super::tree::{Members, constant_code};
use super::visible::{Types, refuse_untyped, visible_contexts, visible_entries};
use crate::catalog::{Catalog, Context, ContextDelivery, Retired, RetiredCode, Success};
use crate::wire::Tree;

/// The version of the form that [`json()`] writes: raised when a member changes its meaning or goes,
/// and not when one is added.
pub const JSON_VERSION: u32 = 1;

/// The JSON Schema (2020-12) of what [`json()`] writes.
pub const JSON_SCHEMA: &str = include_str!("schema.json");

/// The catalog as JSON, with two spaces for each level and members in a fixed order.
///
/// [`JSON_SCHEMA`] is its JSON Schema. A member that has nothing to say is absent. Of hidden entries
/// no more is said than that they are there, and nothing of fields that do not reach the client.
/// Times are in milliseconds, under keys that end in `_ms`.
///
/// | member | holds |
/// |---|---|
/// | `$comment` | that the file is generated |
/// | `version` | [`JSON_VERSION`] |
/// | `name`, `docs` | the catalog's name, and what its doc comment says (CommonMark) |
/// | `doc_url` | where its reference docs are published |
/// | `contexts` | what varies per message: `name` (empty for the one without values), and `fields` with `name`, `optional`, `schema` and `example` |
/// | `envelopes` | the shapes of messages: `format` (`json` or `text`) and `template` |
/// | `entries` | the errors in the order of the enum, see below |
/// | `hidden` | the hidden errors: `name`, and `code` and `close_code` where each occurrence has the same; so that one that is hidden is not taken for one that is gone |
/// | `$defs` | the definitions that the schemas refer to |
/// | `closes`, `codes` | policies for undeclared close codes and codes: `ranges` (`first`, `last`, `retry`) and `unknown` |
/// | `guards` | `storm`, `breaker` and `liveness` |
/// | `correlate` | the field of the context that settles a pending request |
/// | `success` | the codes of the same shape that are no errors: `first` and `last`, or `code` |
/// | `retired` | what may not be used again: `code` or `close_code`, and `why` |
///
/// An entry has `name`, `variant`, `code` (a number, a string, or `{"field": …}` where a field gives
/// it), `delivery`, `http`, `retry`, `recoverable`, `message`, `details` (`object`, `value` or `array`),
/// `fields`, `constants`, `user`, `section`, `docs`, `advice`, `provoke`, `doc_url`, `audience`, `internal`,
/// `since`, `deprecated` and `examples`: for each context in which it is sent the `envelope` (an index), the exact `frame`, and
/// the JSON Schema of all such messages (of their text where they are no JSON). A binary frame is
/// `bytes` instead, with two hexadecimal digits for each; `holds` is the JSON or the text that such
/// a frame, or one of the application's own format, was made of, and what the schema speaks of.
///
/// - A *delivery* has its `kind` (`soft`, `close`, `soft_then_close`, `observed`, `rejected`), the
///   HTTP `status` of a refusal, and `close` with `code` and `reason`; `close` without a code is a
///   close frame without a status.
/// - What is said of *HTTP* has its `status`; where there is a body, too, its `content_type`, its
///   `envelope` (an index), an exact example as `body`, and the JSON Schema of all such bodies.
/// - A *retry* has its `kind` (`never`, `never_on_connection`, `now`, `after`, `backoff`, `when`,
///   `leave`, `unknown`) with `wait_ms` and `field` (and the `unit` in which messages carry it, where
///   that is not milliseconds), `base_ms` and `max_ms`, `action` and `otherwise`, or `code` and
///   `reason`; then `attempts`, `jitter` (`full`, `none`, or `{"add_ms": …}`) and `spread_ms`.
/// - A *text* is a string, or where fields stand in it a list of strings and `{"field": …}`.
/// - A *template* is one of `{"constant": …}`, `{"object": […]}`, `{"array": […]}`, `{"slot": …}`,
///   `{"composed": […]}`, `{"default": {"value", "default"}}`, `{"encoded": …}` and
///   `{"chain": […]}`. Slots that are named are `{"slot": "set" | "field" | "context", "name": …}`.
///
/// # Errors
/// Returns [`ExportError::NoSchema`] where a value on the wire has no JSON Schema.
pub fn json(catalog: &'static Catalog) -> Result<String, ExportError> {
    refuse_untyped(catalog)?;
    let mut types = Types::new();
    let contexts: Vec<Tree<'_>> =
        visible_contexts(catalog).map(|(_, context)| of_context(context, &mut types)).collect();
    let entries: Vec<Tree<'_>> =
        visible_entries(catalog).map(|entry| entry::of(catalog, entry, &mut types)).collect();
    let envelopes: Vec<Tree<'_>> = catalog.envelopes.iter().map(template::of_envelope).collect();
    let definitions = json!(types.definitions());
    let tree: Tree<'_> = Members::new()
        .with("$comment", super::artefact::MARK)
        .with("version", JSON_VERSION)
        .with("name", catalog.name)
        .perhaps("language", catalog.language)
        .perhaps("docs", said(catalog.docs))
        .perhaps("doc_url", catalog.doc_url)
        .with("contexts", contexts)
        .with("envelopes", envelopes)
        .with("entries", entries)
        .perhaps("hidden", of_hidden(catalog))
        .with("$defs", Tree::of(&definitions))
        .with("closes", policy::of_policies(&catalog.undeclared_closes()))
        .with("codes", policy::of_policies(&catalog.undeclared_codes()))
        .perhaps("guards", policy::of_guards(&catalog.guards))
        .perhaps("correlate", catalog.correlate)
        .perhaps("success", (!catalog.success.is_empty()).then(|| of_success(catalog.success)))
        .with("retired", catalog.retired.iter().map(of_retired).collect::<Vec<_>>())
        .into();
    Ok(tree.pretty())
}

/// A text, where there is one.
fn said(text: &'static str) -> Option<&'static str> {
    (!text.is_empty()).then_some(text)
}

fn of_context(context: &'static Context, types: &mut Types) -> Tree<'static> {
    let fields: Vec<Tree<'_>> = context
        .fields
        .iter()
        .map(|field| {
            Members::new()
                .with("name", field.name)
                .with("optional", (field.ty)().optional)
                .perhaps("schema", types.of_context(field).map(|schema| Tree::of(&schema)))
                .perhaps("example", field.example.and_then(constant))
                .into()
        })
        .collect();
    Members::new()
        .with("name", context.name)
        .perhaps("delivery", context.delivery.map(ContextDelivery::word))
        .with("fields", fields)
        .into()
}

fn of_hidden(catalog: &'static Catalog) -> Option<Tree<'static>> {
    let mut hidden = catalog.entries.iter().filter(|entry| entry.hidden).peekable();
    hidden.peek()?;
    let hidden = hidden.map(|entry| {
        Members::new()
            .with("name", entry.name)
            .perhaps("code", constant_code(entry.code))
            .perhaps("close_code", entry.delivery.close_code())
            .into()
    });
    Some(hidden.collect())
}

fn of_success(success: &[Success]) -> Tree<'static> {
    success
        .iter()
        .map(|success| match *success {
            Success::Numbers(first, last) => {
                Members::new().with("first", first).with("last", last).into()
            }
            Success::Text(code) => Members::new().with("code", code).into(),
        })
        .collect()
}

fn of_retired(retired: &'static Retired) -> Tree<'static> {
    match retired.code {
        RetiredCode::Number(code) => Members::new().with("code", code),
        RetiredCode::Text(code) => Members::new().with("code", code),
        RetiredCode::Close(code) => Members::new().with("close_code", code),
    }
    .with("why", retired.why)
    .into()
}

/// A constant of the catalog, which is JSON already.
fn constant(json: &'static str) -> Option<Tree<'static>> {
    Tree::parse(json).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::METERED;
    use serde_json::Value;

    #[test]
    fn the_catalog_is_all_there_and_the_same_each_time() {
        let text = json(&METERED).unwrap();
        assert_eq!(text, json(&METERED).unwrap());
        let value: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(value["version"], 1);
        assert_eq!(value["name"], "metered");
        assert_eq!(value["correlate"], "request_id");
        let first = &value["entries"][0];
        assert_eq!(first["retry"]["kind"], "never_on_connection");
        assert_eq!(first["message"]["text"], json!(["not authorized: ", { "field": "channel" }]));
        assert_eq!(first["fields"][0]["schema"]["type"], "string");
        assert_eq!(first["user"]["action"], "Request access");
        assert_eq!(
            first["examples"][0],
            json!({
                "context": "Correlation",
                "envelope": 0,
                "frame": r#"{"type":"error","requestId":"pub-2","code":"channel_not_authorized","message":"not authorized: other-app/room-1"}"#,
                "schema": {
                    "type": "object",
                    "required": ["type", "code", "message"],
                    "properties": {
                        "type": { "const": "error" },
                        "requestId": { "type": "string" },
                        "code": { "const": "channel_not_authorized" },
                        "message": { "type": "string" },
                    },
                },
            })
        );
        assert_eq!(
            value["entries"][1]["retry"],
            json!({ "kind": "backoff", "base_ms": 500, "max_ms": 30000, "attempts": 5, "jitter": "full" })
        );
        assert_eq!(
            value["entries"][2]["delivery"],
            json!({ "kind": "close", "close": { "code": 4001, "reason": "invalid_token" } })
        );
        assert_eq!(
            value["entries"][3]["delivery"],
            json!({ "kind": "observed", "close": { "code": 1006 } })
        );
        assert_eq!(value["retired"], json!([{ "code": "OLD_CODE", "why": "Renamed." }]));
    }

    #[test]
    fn members_stand_in_the_order_that_is_documented() {
        let text = json(&METERED).unwrap();
        let keys: Vec<&str> =
            text.lines().filter_map(|line| line.strip_prefix("  \"")?.split('"').next()).collect();
        assert_eq!(
            keys,
            [
                "$comment",
                "version",
                "name",
                "docs",
                "contexts",
                "envelopes",
                "entries",
                "$defs",
                "closes",
                "codes",
                "correlate",
                "retired"
            ]
        );
    }
}
