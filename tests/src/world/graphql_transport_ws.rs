//! GraphQL over WebSocket: a list of errors in one message, and closes for the rest.

use serde_json::json;
use ws_errors::WsError;

use super::{Example, System, example, system as of};

/// The operation that failed.
struct Operation<'a> {
    id: &'a str,
}

/// An error as GraphQL has it.
#[derive(Debug, serde::Serialize, schemars::JsonSchema)]
struct GraphqlError {
    message: String,
}

fn error(message: &str) -> GraphqlError {
    GraphqlError { message: message.into() }
}

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(
    catalog = "graphql-transport-ws",
    envelope(Operation<'_>) = { "id": cx.id, "type": "error", "payload": details },
    correlate = cx.id,
    closes(
        1000..=1001 = backoff(1s..30s, attempts = 5),
        1005..=1006 = backoff(1s..30s, attempts = 5),
        1012..=1014 = backoff(1s..30s, attempts = 5),
        1002..=1004 = never,
        1007..=1011 = never,
        1015..=1999 = never,
        unknown = backoff(1s..30s, attempts = 5),
    ),
)]
enum GraphqlWsError {
    /// GraphQL errors before or during execution.
    #[error("GraphQL errors before or during execution")]
    #[ws_error(code = none, only(Operation<'_>))]
    OperationError(Vec<GraphqlError>),

    /// Invalid message; reason 'Invalid message received' (server).
    #[error("invalid message; reason 'Invalid message received' (server)")]
    #[ws_error(code = none, close(4400, "Invalid message received"), retry = never)]
    BadRequest,

    /// Subscribed before ack.
    #[error("subscribed before ack")]
    #[ws_error(code = none, close(4401, "Unauthorized"), retry = never)]
    Unauthorized,

    /// OnConnect refused.
    #[error("onConnect refused")]
    #[ws_error(code = none, close(4403, "Forbidden"), retry = backoff(1s..30s, attempts = 5))]
    Forbidden,

    /// Wrong subprotocol.
    #[error("wrong subprotocol")]
    #[ws_error(code = none, close(4406, "Subprotocol not acceptable"), retry = never)]
    SubprotocolNotAcceptable,

    /// No connection_init in time.
    #[error("no connection_init in time")]
    #[ws_error(code = none, close(4408, "Connection initialisation timeout"), retry = backoff(1s..30s, attempts = 5))]
    ConnectionInitialisationTimeout,

    /// Operation id in use.
    #[error("operation id in use")]
    #[ws_error(code = none, close(4409, "Subscriber for {id} already exists"), retry = never)]
    SubscriberAlreadyExists {
        /// The id that is in use.
        id: String,
    },

    /// Second connection_init.
    #[error("second connection_init")]
    #[ws_error(code = none, close(4429, "Too many initialisation requests"), retry = never)]
    TooManyInitialisationRequests,

    /// Unexpected server failure.
    #[error("unexpected server failure")]
    #[ws_error(code = none, close(4500, "Internal server error"), retry = never)]
    InternalServerError,

    /// Client-side close: server message invalid.
    #[error("client-side close: server message invalid")]
    #[ws_error(code = none, observed(4004, "Bad response"), retry = never)]
    BadResponse,

    /// Client-side close: client threw.
    #[error("client-side close: client threw")]
    #[ws_error(code = none, observed(4005, "Internal client error"), retry = never)]
    InternalClientError,

    /// Client-side close: no ack.
    #[error("client-side close: no ack")]
    #[ws_error(code = none, observed(4504, "Connection acknowledgement timeout"), retry = backoff(1s..30s, attempts = 5))]
    ConnectionAcknowledgementTimeout,

    /// Artificial event on client.terminate().
    #[error("artificial event on client.terminate()")]
    #[ws_error(code = none, observed(4499, "4499: Terminated"), retry = backoff(1s..30s, attempts = 5))]
    Terminated,

    /// Server shutting down, reason 'Going away'.
    #[error("server shutting down, reason 'Going away'")]
    #[ws_error(code = none, close(1001, "Going away"), retry = backoff(1s..30s, attempts = 5))]
    GoingAway,
}

pub(crate) fn system() -> System {
    let cx = Operation { id: "1" };
    let one = GraphqlWsError::OperationError(vec![error("Nothing is valid")]);
    let two = GraphqlWsError::OperationError(vec![error("Report"), error("Me")]);
    let exists = GraphqlWsError::SubscriberAlreadyExists { id: "1".into() };
    let examples: Vec<Example> = vec![
        example(
            &one,
            &cx,
            json!({ "0": [{ "message": "Nothing is valid" }] }),
            json!({ "id": "1" }),
        ),
        example(
            &two,
            &cx,
            json!({ "0": [{ "message": "Report" }, { "message": "Me" }] }),
            json!({ "id": "1" }),
        ),
        example(&exists, &cx, json!({ "id": "1" }), json!({})),
    ];
    of::<GraphqlWsError>(include_str!("graphql_transport_ws.json"), examples)
}
