//! What sending through a library takes, whichever it is.

use std::collections::VecDeque;
use std::ops::ControlFlow;

use tokio::task::JoinHandle;
use tokio::time::timeout;

use super::{Linger, Outcome, Unanswered};
use crate::{Frame, Output};

/// Does what an output says: sends its frame and gives the socket back, or closes.
pub(super) async fn deliver<S, E>(
    mut socket: S,
    output: Output,
    linger: &Linger,
    send: impl AsyncFnOnce(&mut S, Frame) -> Result<(), E>,
    close_with: impl AsyncFnOnce(S, Output, &Linger) -> Outcome,
) -> ControlFlow<Outcome, S> {
    let frame = match output {
        Output { close: Some(_), .. } => {
            return ControlFlow::Break(close_with(socket, output, linger).await);
        }
        Output { frame: None, .. } => return ControlFlow::Continue(socket),
        Output { frame: Some(frame), .. } => frame,
    };
    match in_time(linger, send(&mut socket, frame)).await {
        Ok(()) => ControlFlow::Continue(socket),
        Err(why) => ControlFlow::Break(count(Outcome::Refused(why))),
    }
}

/// Closes in a task of its own, which a server that shuts down waits for.
pub(super) fn spawn<C>(linger: &Linger, close: impl FnOnce(Linger) -> C) -> JoinHandle<Outcome>
where
    C: Future<Output = Outcome> + Send + 'static,
{
    let guard = linger.guard();
    let closing = close(linger.clone());
    tokio::spawn(async move {
        let outcome = closing.await;
        drop(guard);
        outcome
    })
}

/// The messages of an output that closes in any case, and the code that it closes with.
pub(super) fn last<M, I: IntoIterator<Item = M>>(
    output: Output,
    messages: impl FnOnce(Output) -> I,
) -> (Option<u16>, VecDeque<M>) {
    let close = output.close.unwrap_or_default();
    let code = close.code().map(|code| code.get());
    (code, messages(Output { close: Some(close), ..output }).into_iter().collect())
}

/// Does something that the peer may hold up, within the limits; why it failed, where it did.
pub(super) async fn in_time<T, E>(
    linger: &Linger,
    sending: impl Future<Output = Result<T, E>>,
) -> Result<T, Unanswered> {
    match timeout(linger.limits().stall, sending).await {
        Ok(Ok(sent)) => Ok(sent),
        Ok(Err(_)) => Err(Unanswered::Gone),
        Err(_) => Err(Unanswered::Stalled),
    }
}

/// Counts an outcome, and returns it.
pub(super) fn count(outcome: Outcome) -> Outcome {
    crate::log::outcome(outcome);
    outcome
}
