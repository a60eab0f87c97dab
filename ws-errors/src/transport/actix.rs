//! Sending through actix-ws 0.4, which writes in a task of its own and hides the stream.
//!
//! The response that carries the connection ends with the close frame, and then actix itself lingers:
//! since actix-http 3.20 it reads and ignores what the peer still sends, for as long as
//! `HttpServer::client_disconnect_timeout` says (1 s). Nothing is lost within that time. A server
//! that sets it to zero loses the last word of clients that are still sending, and nothing that can
//! be done from here prevents it.

use std::ops::ControlFlow;
use std::pin::pin;

use actix_ws::{CloseReason, Closed, Item, Message, MessageStream, ProtocolError, Session};
use futures_util::StreamExt;
use futures_util::future::{Either, select};
use tokio::time::{Instant, timeout_at};

use super::place::Place;
use super::{Linger, Outcome, Unanswered, library};
use crate::{Close, Frame, Output};

/// A frame that is constant costs no allocation.
impl From<Frame> for Message {
    fn from(frame: Frame) -> Self {
        match frame {
            Frame::Text(text) => Self::Text(text.into_byte_string()),
            Frame::Binary(bytes) => Self::Binary(bytes.into_bytes()),
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

/// Sends a frame that doesn't close.
///
/// This is for messages of your own, and for an [`Output::frame`] after which the connection stays;
/// [`deliver`] takes a whole [`Output`], and closes where it says so.
///
/// # Errors
/// Returns [`Closed`] when the session is over.
pub async fn send(session: &mut Session, frame: Frame) -> Result<(), Closed> {
    match frame.into() {
        Message::Text(text) => session.text(text).await,
        Message::Binary(bytes) => session.binary(bytes).await,
        _ => Ok(()),
    }
}

/// Sends what an error has to say, and does what it says: gives session and messages back where the
/// connection stays, and closes it with [`close_with`] where it doesn't.
pub async fn deliver(
    session: Session,
    messages: MessageStream,
    output: Output,
    linger: &Linger,
) -> ControlFlow<Outcome, (Session, MessageStream)> {
    let send =
        async |(session, _): &mut (Session, MessageStream), frame| send(session, frame).await;
    let close_with = async |(session, messages), output, linger: &Linger| {
        close_with(session, messages, output, linger).await
    };
    library::deliver((session, messages), output, linger, send, close_with).await
}

/// Sends what an error has to say, closes, and reads until the peer has answered or the connection
/// is over, within the limits of `linger`.
///
/// Where the peer's answer can't be read any more, it is actix that waits, and the outcome is
/// [`Outcome::HandedOver`]. An output without a close closes without a status.
pub async fn close_with(
    mut session: Session,
    mut messages: MessageStream,
    output: Output,
    linger: &Linger,
) -> Outcome {
    let place = Place::take(linger, None);
    let close = output.close.unwrap_or_default();
    let sending = async {
        if let Some(frame) = output.frame {
            send(&mut session, frame).await?;
        }
        session.close(close.into()).await
    };
    if let Err(why) = library::in_time(linger, sending).await {
        return library::count(Outcome::Refused(why));
    }
    library::count(match place {
        None => Outcome::HandedOver(Unanswered::GaveWay),
        Some(place) => {
            let reading = pin!(read_to_close(&mut messages, &place));
            match select(reading, pin!(place.gives_way())).await {
                Either::Left((outcome, _)) => outcome,
                Either::Right(_) => Outcome::HandedOver(Unanswered::GaveWay),
            }
        }
    })
}

/// Reads and ignores until the peer's close.
async fn read_to_close(messages: &mut MessageStream, place: &Place) -> Outcome {
    loop {
        let stalled = Instant::now() + place.linger().limits().stall;
        let read = match timeout_at(stalled.min(place.deadline), messages.next()).await {
            Err(_) if stalled < place.deadline => {
                return Outcome::HandedOver(Unanswered::Stalled);
            }
            Err(_) => return Outcome::HandedOver(Unanswered::Deadline),
            Ok(Some(Ok(Message::Close(_)))) => return Outcome::Acknowledged,
            Ok(Some(Ok(Message::Text(text)))) => text.len(),
            Ok(Some(Ok(Message::Binary(read)))) => read.len(),
            Ok(Some(Ok(Message::Continuation(part)))) => match part {
                Item::FirstText(read) | Item::FirstBinary(read) => read.len(),
                Item::Continue(read) | Item::Last(read) => read.len(),
            },
            Ok(Some(Ok(_))) => 0,
            Ok(Some(Err(_)) | None) => return Outcome::HandedOver(Unanswered::Hidden),
        };
        // With its header, so that empty messages count, too.
        if !place.discard(read + 6) {
            return Outcome::HandedOver(Unanswered::Flooded);
        }
    }
}

/// Returns whether an error means that a message, or a frame of it, was larger than allowed: for the
/// close code 1009.
pub const fn is_too_large(error: &ProtocolError) -> bool {
    matches!(error, ProtocolError::Overflow)
}
