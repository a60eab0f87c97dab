//! A server on actix-ws, in a thread of its own, because actix has its own runtime.

use std::io;
use std::ops::ControlFlow;
use std::sync::mpsc;
use std::thread::JoinHandle;

use actix_web::dev::ServerHandle;
use actix_web::{App, HttpRequest, HttpResponse, HttpServer, web};
use actix_ws::{Message, MessageStream, Session};
use tokio::net::TcpListener;
use ws_errors::transport::actix::{deliver, is_too_large, send};

use super::Say;
use crate::protocol::{MAX_MESSAGE, Received, answer};

/// The thread with actix in it, which ends when this is dropped.
#[derive(Debug)]
pub(super) struct System {
    handle: ServerHandle,
    thread: Option<JoinHandle<io::Result<()>>>,
}

impl System {
    pub(super) fn start(listener: TcpListener, say: Say) -> io::Result<Self> {
        let listener = listener.into_std()?;
        let (sender, receiver) = mpsc::channel();
        let thread = std::thread::spawn(move || {
            actix_web::rt::System::new().block_on(async move {
                let say = web::Data::new(say);
                let server = HttpServer::new(move || {
                    App::new().app_data(say.clone()).route("/", web::get().to(upgrade))
                })
                .workers(1)
                .disable_signals()
                .shutdown_timeout(0)
                .listen(listener)?
                .run();
                // Nobody waits for it any more where it can't be sent.
                let _ = sender.send(server.handle());
                server.await
            })
        });
        match receiver.recv() {
            Ok(handle) => Ok(Self { handle, thread: Some(thread) }),
            Err(_) => Err(thread
                .join()
                .ok()
                .and_then(Result::err)
                .unwrap_or_else(|| io::Error::other("actix did not start"))),
        }
    }
}

impl Drop for System {
    fn drop(&mut self) {
        drop(self.handle.stop(false));
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

async fn upgrade(
    request: HttpRequest,
    body: web::Payload,
    say: web::Data<Say>,
) -> actix_web::Result<HttpResponse> {
    let (response, session, messages) = actix_ws::handle(&request, body)?;
    actix_web::rt::spawn(async move {
        converse(session, messages.max_frame_size(MAX_MESSAGE), &say).await;
    });
    Ok(response)
}

async fn converse(mut session: Session, mut messages: MessageStream, say: &Say) {
    while let Some(received) = messages.recv().await {
        let output = match received {
            Ok(Message::Text(text)) => answer(Received::Text(&text)),
            Ok(Message::Binary(_)) => answer(Received::Binary),
            Ok(Message::Close(_)) => return,
            Ok(_) => continue,
            Err(error) if is_too_large(&error) => answer(Received::TooLarge),
            Err(_) => return,
        };
        (session, messages) = match say.last_word.linger() {
            None => {
                let sent = match output.frame {
                    Some(frame) => send(&mut session, frame).await,
                    None => Ok(()),
                };
                if let Some(close) = output.close {
                    let _ = session.close(close.into()).await;
                    return;
                }
                if sent.is_err() {
                    return;
                }
                (session, messages)
            }
            Some(linger) => match deliver(session, messages, output, linger).await {
                ControlFlow::Continue(both) => both,
                ControlFlow::Break(outcome) => return say.outcomes.add(outcome),
            },
        };
    }
}
