//! Servers on axum whose handlers are those of the page on sockets, letter by letter.

use catalog::rooms::Meta;
use serde::Deserialize;
use ws_errors::WsError;

use crate::occurrences::{META, TOKEN_EXPIRED};
use crate::protocol::backlog_message;

/// What such a server says.
#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(
    envelope = { "type": "error", "code": code, "message": message },
    default(message = display),
)]
pub enum ChatError {
    /// As the other servers say it.
    #[error("too large")]
    #[ws_error(close(1009, "message too large"))]
    TooLarge,
    /// The same.
    #[error("going away")]
    #[ws_error(soft_then_close(1001, "the server restarts"))]
    GoingAway,
    /// The client reads too slowly for the room.
    #[error("too slow")]
    #[ws_error(soft_then_close(4008, "too slow"))]
    TooSlow,
    /// As the other servers say it.
    #[error("unauthorized: {message}")]
    #[ws_error(
        code = 4003,
        soft_then_close(4003, "Unauthorized"),
        envelope = {
            "type": "error",
            "data": { "code": code, "message": message },
            "meta"?: { "request_id"?: self.request_id, "timestamp"?: self.timestamp },
        },
    )]
    Unauthorized {
        /// What is wrong with the token.
        #[ws_error(message)]
        message: String,
        /// The request.
        request_id: Option<&'static str>,
        /// When it was.
        timestamp: Option<&'static str>,
    },
    /// There is no such request.
    #[error("what?")]
    Unknown,
}

impl ChatError {
    /// As `rooms.unauthorized` has it.
    fn unauthorized(message: String, meta: Meta<'static>) -> Self {
        Self::Unauthorized { message, request_id: meta.request_id, timestamp: meta.timestamp }
    }
}

#[derive(Deserialize)]
struct Request {
    #[serde(rename = "type")]
    kind: String,
}

fn handle(text: &str) -> Result<(), ChatError> {
    let request: Request = serde_json::from_str(text).map_err(|_| ChatError::Unknown)?;
    match request.kind.as_str() {
        "load" => Ok(()),
        "raise" => Err(ChatError::unauthorized(TOKEN_EXPIRED.to_owned(), META)),
        "backlog" => Err(ChatError::unauthorized(backlog_message(), Meta::default())),
        _ => Err(ChatError::Unknown),
    }
}

/// One task, which reads and delivers.
pub mod one_call {
    use super::{ChatError, handle};

    include!("page/one_call.rs");

    /// Serves one connection.
    pub async fn serve(socket: WebSocket, linger: Linger) -> Option<Outcome> {
        converse(socket, linger).await
    }
}

/// A task that writes, and another that decides what.
pub mod writer_task {
    use super::{ChatError, handle};

    include!("page/writer_task.rs");

    /// Serves one connection.
    pub async fn serve(
        socket: WebSocket,
        linger: Linger,
        room: broadcast::Receiver<String>,
    ) -> Option<Outcome> {
        converse(socket, linger, room).await
    }
}
