//! Connections on which errors are raised.
//!
//! `/errors/CATALOG` takes requests, JSON objects with an `entry` to raise, and perhaps a `requestId`,
//! how many `times`, and how often the server `fails` before it succeeds. With `?entry=NAME` the entry is
//! raised as soon as the connection is open, or refuses it where that is its delivery; `language=TAG`
//! is the reader's. What a server never sends breaks the connection.

use std::collections::HashMap;
use std::fmt::Debug;
use std::ops::ControlFlow;
use std::sync::Arc;

use axum::Router;
use axum::extract::ws::{Message, WebSocket, WebSocketUpgrade};
use axum::extract::{FromRequestParts, Path, Query, Request, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use catalog::occurrences::{self, Encode, Raise};
use serde::Deserialize;
use serde_json::json;
use ws_errors::catalog::{Catalog, Delivery};
use ws_errors::language::fluent::{Language, Messages};
use ws_errors::language::{Localizer, TranslationError};
use ws_errors::transport::Linger;
use ws_errors::transport::axum::{Handshake, deliver, is_too_large};
use ws_errors::{Close, CloseCode, Envelope, Frame, Output, Reason};

use super::language;

/// The largest request, in bytes.
const LARGEST: usize = 4 << 10;

/// The most often that an entry is raised for one request: enough for a guard against storms.
const MOST: u32 = 50;

/// The most requests of one connection whose failures are counted.
const COUNTED: usize = 1000;

#[derive(Clone)]
struct Server {
    linger: Linger,
    messages: Arc<Messages>,
}

/// What the address asks for.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    entry: Option<String>,
    language: String,
}

/// What a message asks for.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Raised {
    entry: String,
    request_id: Option<String>,
    /// How often it is sent; once, unless this says otherwise.
    times: Option<u32>,
    /// How often the server fails at the request; always, unless this says otherwise.
    fails: Option<u32>,
}

/// The route on which errors are raised.
///
/// # Errors
/// Returns what is wrong with the messages of the server.
pub(super) fn router(linger: Linger) -> Result<Router, TranslationError> {
    let server = Server { linger, messages: language::messages()? };
    Ok(Router::new().route("/errors/{catalog}", get(errors)).with_state(server))
}

async fn errors(
    Path(catalog): Path<String>,
    Query(asked): Query<Asked>,
    State(server): State<Server>,
    request: Request,
) -> Response {
    let known = occurrences::catalogs().into_iter().find(|known| known.name == catalog);
    let Some(catalog) = known else { return StatusCode::NOT_FOUND.into_response() };
    let (mut parts, _) = request.into_parts();
    if let Some(entry) = asked.entry.as_deref().filter(|entry| is_rejected(catalog, entry)) {
        let Ok(handshake) = Handshake::from_request_parts(&mut parts, &()).await;
        let refuse = Refuse { handshake, linger: &server.linger };
        let answer = occurrences::raise(catalog.name, entry, None, None, refuse);
        return answer.unwrap_or_else(|| StatusCode::NOT_FOUND.into_response());
    }
    match WebSocketUpgrade::from_request_parts(&mut parts, &()).await {
        Ok(upgrade) => upgrade.max_message_size(LARGEST).on_upgrade(async move |socket| {
            let language = server.messages.negotiate(&asked.language);
            let connection = Connection { catalog, language, failed: HashMap::new() };
            connection.serve(socket, asked.entry, &server.linger).await;
        }),
        Err(rejection) => rejection.into_response(),
    }
}

fn is_rejected(catalog: &Catalog, entry: &str) -> bool {
    let entry = catalog.entries.iter().find(|known| known.name == entry);
    entry.is_some_and(|entry| matches!(entry.delivery, Delivery::Rejected { .. }))
}

/// Refuses a handshake with an error.
struct Refuse<'a> {
    handshake: Handshake,
    linger: &'a Linger,
}

impl Raise for Refuse<'_> {
    type Output = Response;

    fn raise<E: Envelope<Cx>, Cx: Debug>(self, error: &E, cx: &Cx) -> Response {
        self.handshake.refuse(error, cx, self.linger)
    }
}

/// What a message beyond [`LARGEST`] is answered with, in each catalog: RFC 6455 has a code for it.
fn too_large() -> Output {
    let close = CloseCode::new(1009).ok().map(|code| Close::new(code, Reason::new("too large")));
    Output { close, ..Output::default() }
}

struct Connection {
    catalog: &'static Catalog,
    language: Language,
    /// How often each request failed, by its id or else by what it raises.
    failed: HashMap<String, u32>,
}

impl Connection {
    /// Raises what the address asks for, and then what messages do, until the connection is over.
    async fn serve(mut self, mut socket: WebSocket, first: Option<String>, linger: &Linger) {
        let mut outputs = match first {
            Some(entry) => self.outputs(&entry, None, 1),
            None => Some(Vec::new()),
        };
        loop {
            // What a server never sends: the peer sees a connection that breaks.
            let Some(all) = outputs else { return };
            for output in all {
                socket = match deliver(socket, output, linger).await {
                    ControlFlow::Continue(socket) => socket,
                    ControlFlow::Break(_) => return,
                };
            }
            outputs = match socket.recv().await {
                Some(Ok(Message::Text(text))) => self.answer(&text),
                Some(Err(error)) if is_too_large(&error) => Some(vec![too_large()]),
                Some(Ok(Message::Close(_)) | Err(_)) | None => return,
                Some(Ok(_)) => Some(Vec::new()),
            };
        }
    }

    /// What is sent for a message; `None` where the connection is to break.
    fn answer(&mut self, text: &str) -> Option<Vec<Output>> {
        let Ok(raised) = serde_json::from_str::<Raised>(text) else { return Some(Vec::new()) };
        let key = raised.request_id.as_deref().unwrap_or(&raised.entry);
        if self.failed.len() == COUNTED {
            self.failed.clear();
        }
        let failed = self.failed.entry(key.to_owned()).or_default();
        if raised.fails.is_some_and(|fails| *failed >= fails) {
            *failed = 0;
            let answer = json!({ "type": "ack", "requestId": raised.request_id }).to_string();
            let frame = Some(Frame::Text(answer.into()));
            return Some(vec![Output { frame, ..Output::default() }]);
        }
        *failed += 1;
        self.outputs(&raised.entry, raised.request_id.as_deref(), raised.times.unwrap_or(1))
    }

    /// What is sent for an entry, so many times; `None` where no server sends it.
    fn outputs(&self, entry: &str, id: Option<&str>, times: u32) -> Option<Vec<Output>> {
        let language: &dyn Localizer = &self.language;
        let output = occurrences::raise(self.catalog.name, entry, id, Some(language), Encode)?;
        let times = times.clamp(1, MOST) as usize;
        (!output.is_empty()).then(|| vec![output; times])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn connection(catalog: &str) -> Connection {
        let known = occurrences::catalogs().into_iter().find(|known| known.name == catalog);
        Connection {
            catalog: known.unwrap(),
            language: language::messages().unwrap().negotiate("de"),
            failed: HashMap::new(),
        }
    }

    fn texts(outputs: Option<Vec<Output>>) -> Vec<String> {
        let outputs = outputs.unwrap();
        outputs.iter().map(|output| output.text().unwrap_or_default().to_owned()).collect()
    }

    #[test]
    fn a_request_fails_as_often_as_it_asks_for_and_then_succeeds() {
        let mut connection = connection("metered");
        let request = r#"{"entry":"missing_data","requestId":"r1","fails":2}"#;
        for _ in 0..2 {
            let [text] = texts(connection.answer(request)).try_into().unwrap();
            assert!(text.contains(r#""requestId":"r1","code":"missing_data""#), "{text}");
        }
        let [text] = texts(connection.answer(request)).try_into().unwrap();
        assert_eq!(text, r#"{"requestId":"r1","type":"ack"}"#);
    }

    #[test]
    fn the_reader_gets_their_own_language() {
        let mut connection = connection("instant");
        let [text] = texts(connection.answer(r#"{"entry":"NotAuthorized"}"#)).try_into().unwrap();
        assert!(text.contains("Das darfst du nicht."), "{text}");
    }

    #[test]
    fn an_entry_is_raised_as_often_as_is_asked_for_within_bounds() {
        let mut connection = connection("materi");
        let eleven = connection.answer(r#"{"entry":"INTERNAL_ERROR","times":11}"#).unwrap();
        assert_eq!(eleven.len(), 11);
        let many = connection.answer(r#"{"entry":"INTERNAL_ERROR","times":4000000000}"#).unwrap();
        assert_eq!(many.len(), MOST as usize);
    }

    #[test]
    fn what_no_server_sends_breaks_the_connection_and_what_is_no_request_does_nothing() {
        let mut connection = connection("materi");
        assert!(connection.answer(r#"{"entry":"ABNORMAL_CLOSURE"}"#).is_none());
        assert!(connection.answer(r#"{"entry":"nowhere"}"#).is_none());
        assert_eq!(connection.answer("hello").unwrap().len(), 0);
    }
}
