//! Sending through actix-ws 0.4, which writes in a task of its own and hides the stream.
//!
//! What it allows is less than the others: the response that carries the connection ends with the
//! close frame, and actix then closes the stream without waiting for the peer. A client that is
//! still sending may lose the last word, and nothing that can be done from here prevents it. Tell
//! clients by a message first, and close when they have answered, where that matters.

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
/// [`Outcome::Acknowledged`] means what it says. Everything else is [`Outcome::NotAwaited`], because
/// actix may close the stream before the peer has read it. An output without a close closes without
/// a status.
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
