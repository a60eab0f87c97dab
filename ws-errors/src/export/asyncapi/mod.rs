//! The catalogs as an AsyncAPI document.

mod closes;
mod message;

use std::collections::HashMap;

use super::ExportError;
use super::definitions::{Definitions, key};
use super::json_schema::messages;
use super::markdown::plain_summary;
use super::tree::{Members, object};
use super::visible::{Types, refuse_untyped};
use crate::catalog::Catalog;
use crate::wire::Tree;
use message::Message;

/// The version of the AsyncAPI specification that the document follows.
pub const ASYNCAPI_VERSION: &str = "3.1.0";

/// An [AsyncAPI 3.1](https://www.asyncapi.com/docs/reference/specification/v3.1.0) document of the
/// errors of one or several catalogs, as JSON.
///
/// Each catalog is a channel, and each message that an entry has in a context is a message on it,
/// with its schema, its example, and `x-ws-error`: the entry's `name`, `code`, `delivery`, `retry`,
/// `recoverable` and `user`, in the form of [`json`](super::json()). The channel's
/// `x-ws-close-codes` lists the close codes, which AsyncAPI has no place for: `code`, `reason`,
/// `name`, `sent_by_server`, `retry` and `summary`.
///
/// The document speaks of the server: it *sends* the errors, by the operation `CATALOG.errors`.
/// Where a context has the field that settles a request (`correlate`), its messages have a
/// `correlationId`, and are the `reply` of the operation `CATALOG.requests`, too. What a request
/// looks like is the application's business; its message is a placeholder that takes anything, for
/// a reference or a merge to replace.
///
/// `title` is the document's; the version in it is that of the document's form, and not of the API.
///
/// # Errors
/// Returns an error for each value on the wire without a JSON Schema, and for catalogs that have the
/// same name.
pub fn asyncapi(title: &str, catalogs: &[&'static Catalog]) -> Result<String, Vec<ExportError>> {
    let mut errors = Vec::new();
    let mut document = Document::default();
    let mut names: HashMap<String, &'static str> = HashMap::new();
    for catalog in catalogs {
        if names.insert(key(catalog.name).to_lowercase(), catalog.name).is_some() {
            errors.push(ExportError::SameName { catalog: catalog.name });
            continue;
        }
        match refuse_untyped(catalog) {
            Ok(()) => document.add(catalog),
            Err(error) => errors.push(error),
        }
    }
    if errors.is_empty() { Ok(document.written(title, catalogs)) } else { Err(errors) }
}

/// The document of one catalog.
pub(crate) fn of_one(catalog: &'static Catalog) -> Result<String, ExportError> {
    refuse_untyped(catalog)?;
    let mut document = Document::default();
    document.add(catalog);
    Ok(document.written(&format!("{} errors", catalog.name), &[catalog]))
}

/// What the document holds so far.
#[derive(Default)]
struct Document {
    channels: Vec<(String, Members)>,
    operations: Vec<(String, Members)>,
    messages: Vec<(String, Members)>,
    schemas: Vec<(String, Tree<'static>)>,
}

impl Document {
    fn add(&mut self, catalog: &'static Catalog) {
        let channel = key(catalog.name);
        let definitions = Definitions::older(&channel);
        let mut types = Types::new();
        let messages: Vec<Message> = messages(catalog)
            .map(|message| Message::of(catalog, message, &definitions, &mut types))
            .collect();
        for (name, schema) in types.definitions() {
            self.schemas.push((definitions.name(&name), definitions.tree(&schema)));
        }
        self.operations(&channel, catalog, &messages);
        let mut keys: Vec<(String, String)> = Vec::new();
        for Message { key, tree, .. } in messages {
            let full = format!("{channel}.{key}");
            keys.push((key, format!("#/components/messages/{full}")));
            self.messages.push((full, tree));
        }
        if catalog.correlate.is_some() {
            let full = format!("{channel}.{REQUEST}");
            keys.push((REQUEST.to_owned(), format!("#/components/messages/{full}")));
            self.messages.push((full, message::request()));
        }
        let messages = keys.into_iter().map(|(key, to)| (key, Tree::from(reference(to))));
        let channel_object = Members::new()
            .with("title", catalog.name)
            .perhaps("description", plain_summary(catalog.docs))
            .with("messages", object(messages))
            .perhaps("x-ws-close-codes", closes::of(catalog));
        self.channels.push((channel, channel_object));
    }

    fn operations(&mut self, channel: &str, catalog: &'static Catalog, messages: &[Message]) {
        let to_channel = || reference(format!("#/channels/{channel}"));
        let to = |key: &str| -> Tree<'static> {
            reference(format!("#/channels/{channel}/messages/{key}")).into()
        };
        if !messages.is_empty() {
            let all: Vec<Tree<'_>> = messages.iter().map(|message| to(&message.key)).collect();
            let send = Members::new()
                .with("action", "send")
                .with("title", format!("Errors of {}", catalog.name))
                .with("channel", to_channel())
                .with("messages", all);
            self.operations.push((format!("{channel}.errors"), send));
        }
        let replies: Vec<Tree<'_>> = messages
            .iter()
            .filter(|message| message.settles)
            .map(|message| to(&message.key))
            .collect();
        if !replies.is_empty() {
            let reply = Members::new().with("channel", to_channel()).with("messages", replies);
            let receive = Members::new()
                .with("action", "receive")
                .with("title", format!("Requests that errors of {} answer", catalog.name))
                .with("channel", to_channel())
                .with("messages", vec![to(REQUEST)])
                .with("reply", reply);
            self.operations.push((format!("{channel}.requests"), receive));
        }
    }

    fn written(self, title: &str, catalogs: &[&'static Catalog]) -> String {
        let described: Vec<String> = catalogs
            .iter()
            .map(|one| plain_summary(one.docs).unwrap_or_else(|| one.name.to_owned()))
            .collect();
        let info = Members::new()
            .with("title", title.to_owned())
            .with("version", format!("{}.0.0", super::JSON_VERSION))
            .with("description", format!("{}\n\n{}", described.join("\n"), super::artefact::MARK));
        let of = |list: Vec<(String, Members)>| {
            object(list.into_iter().map(|(key, members)| (key, Tree::from(members))))
        };
        let components = Members::new()
            .with("messages", of(self.messages))
            .with("schemas", object(self.schemas.into_iter()));
        let tree: Tree<'_> = Members::new()
            .with("asyncapi", ASYNCAPI_VERSION)
            .with("info", info)
            .with("defaultContentType", "application/json")
            .with("channels", of(self.channels))
            .with("operations", of(self.operations))
            .with("components", components)
            .into();
        tree.pretty()
    }
}

/// The key of the placeholder for requests on a channel. What an entry has behind a dot is a type of
/// Rust, and starts with a capital letter.
const REQUEST: &str = "request.any";

fn reference(to: String) -> Members {
    Members::new().with("$ref", to)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::testing::hostile;
    use crate::fixture::METERED;
    use serde_json::{Value, json};

    fn document() -> Value {
        serde_json::from_str(&asyncapi("Errors", &[&METERED, hostile()]).unwrap()).unwrap()
    }

    #[test]
    fn an_error_is_a_message_that_settles_the_request_that_it_names() {
        let document = document();
        let message = &document["components"]["messages"]["metered.backend_error.Correlation"];
        assert_eq!(message["correlationId"]["location"], "$message.payload#/requestId");
        assert_eq!(message["payload"]["properties"]["code"], json!({ "const": "backend_error" }));
        assert_eq!(message["x-ws-error"]["retry"]["kind"], "backoff");
        assert_eq!(message["examples"][0]["payload"]["requestId"], "pub-2");
        let reply = &document["operations"]["metered.requests"]["reply"]["messages"];
        assert!(
            reply.as_array().unwrap().contains(
                &json!({ "$ref": "#/channels/metered/messages/backend_error.Correlation" })
            )
        );
        let without = &document["components"]["messages"]["metered.channel_not_authorized"];
        assert!(without["correlationId"].is_null(), "that context has no request id");
        assert_eq!(reply.as_array().unwrap().len(), 2);
    }

    #[test]
    fn close_codes_are_listed_on_the_channel() {
        let closes = document()["channels"]["metered"]["x-ws-close-codes"].clone();
        assert_eq!(closes[0]["code"], 4001);
        assert_eq!(closes[0]["name"], "invalid_token");
        assert_eq!(closes[0]["sent_by_server"], true);
        assert_eq!(
            (&closes[1]["code"], &closes[1]["sent_by_server"]),
            (&json!(1006), &json!(false))
        );
    }

    #[test]
    fn an_array_is_said_in_the_words_of_the_older_dialect() {
        let document = document();
        let payload =
            &document["components"]["messages"]["metered.channel_not_authorized"]["payload"];
        assert_eq!(payload["items"][0], json!({ "const": 4 }));
        assert_eq!(payload["additionalItems"], false);
        assert!(payload.get("prefixItems").is_none());
    }

    #[test]
    fn every_reference_leads_somewhere() {
        fn visit(value: &Value, document: &Value) {
            if let Some(to) = value.get("$ref").and_then(Value::as_str) {
                assert!(document.pointer(to.trim_start_matches('#')).is_some(), "{to}");
            }
            match value {
                Value::Array(elements) => elements.iter().for_each(|value| visit(value, document)),
                Value::Object(members) => members.values().for_each(|value| visit(value, document)),
                _ => {}
            }
        }
        let document = document();
        visit(&document, &document);
    }

    #[test]
    fn catalogs_of_one_name_are_refused() {
        let errors = asyncapi("Errors", &[&METERED, &METERED]).unwrap_err();
        assert_eq!(errors, [ExportError::SameName { catalog: "metered" }]);
    }
}
