//! Sending through actix-ws 0.4, which writes in a task of its own and hides the stream.
//!
//! The response that carries the connection ends with the close frame, and then actix itself lingers:
//! since actix-http 3.20 it reads and ignores what the peer still sends, for as long as
//! `HttpServer::client_disconnect_timeout` says (1 s). Nothing is lost within that time. A server
//! that sets it to zero loses the last word of clients that are still sending, and nothing that can
//! be done from here prevents it.

use std::borrow::Cow;

use actix_ws::{CloseReason, Closed, Message, MessageStream, Session};
use futures_util::StreamExt;
use tokio::time::timeout;

use super::{Linger, Outcome};
use crate::{Close, Frame, Output};

/// A frame that is constant costs no allocation.
impl From<Frame> for Message {
    fn from(frame: Frame) -> Self {
        match frame {
            Frame::Text(Cow::Borrowed(text)) => Self::Text(text.into()),
            Frame::Text(Cow::Owned(text)) => Self::Text(text.into()),
            Frame::Binary(Cow::Borrowed(bytes)) => Self::Binary(bytes.into()),
            Frame::Binary(Cow::Owned(bytes)) => Self::Binary(bytes.into()),
        }
    }
}

/// Code and reason; `None` is a close without a status.
impl From<Close> for Option<CloseReason> {
    fn from(close: Close) -> Self {
        close.into_status().map(|(code, reason)| CloseReason {
            code: code.get().into(),
            description: Some(reason.into_inner().into_owned()).filter(|text| !text.is_empty()),
        })
    }
}

/// Sends the message of an error after which the connection stays.
///
/// Its close, where it has one, is not sent: [`close_with`] is for those.
///
/// # Errors
/// Returns [`Closed`] when the session is over.
pub async fn send(session: &mut Session, output: Output) -> Result<(), Closed> {
    match output.frame.map(Message::from) {
        Some(Message::Text(text)) => session.text(text).await,
        Some(Message::Binary(bytes)) => session.binary(bytes).await,
        _ => Ok(()),
    }
}

/// Sends what an error has to say, closes, and reads until the peer has answered or the connection
/// is over, within the limits of `linger`.
///
/// Where the peer's answer can't be read any more the outcome is [`Outcome::NotAwaited`], because it is
/// actix that waits then. An output without a close closes without a status.
pub async fn close_with(
    mut session: Session,
    mut messages: MessageStream,
    output: Output,
    linger: &Linger,
) -> Outcome {
    let permit = linger.enter();
    let close = output.close.unwrap_or_default();
    let message = Output { frame: output.frame, close: None };
    let delivery = async {
        if send(&mut session, message).await.is_err() || session.close(close.into()).await.is_err()
        {
            return Outcome::PeerGone;
        }
        let mut bytes = linger.limits().bytes;
        while permit.is_some() {
            let read = match messages.next().await {
                Some(Ok(Message::Close(_))) => return Outcome::Acknowledged,
                Some(Ok(Message::Text(text))) => text.len(),
                Some(Ok(Message::Binary(read))) => read.len(),
                Some(Ok(_)) => 0,
                Some(Err(_)) | None => break,
            };
            // With its header, so that empty messages count, too.
            bytes = bytes.saturating_sub(read as u64 + 6);
            if bytes == 0 {
                return Outcome::Flooded;
            }
        }
        Outcome::NotAwaited
    };
    timeout(linger.limits().deadline, delivery).await.unwrap_or(Outcome::TimedOut)
}
