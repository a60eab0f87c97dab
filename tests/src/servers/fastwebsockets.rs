//! A server on fastwebsockets. The handshake is tungstenite's: this library has one for hyper only.

use std::ops::ControlFlow;

use fastwebsockets::{OpCode, Role, WebSocket};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;
use ws_errors::transport::fastwebsockets::{deliver, frames, is_too_large};

use super::Say;
use crate::protocol::{MAX_MESSAGE, Received, answer};

pub(super) async fn serve(listener: TcpListener, say: Say) {
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            accepted = listener.accept() => {
                let Ok((stream, _)) = accepted else { return };
                let say = say.clone();
                connections.spawn(async move { converse(stream, &say).await });
            }
            // A task that has ended keeps its memory until somebody asks for it.
            Some(_) = connections.join_next() => {}
        }
    }
}

async fn converse(stream: TcpStream, say: &Say) {
    // A client sends nothing before the handshake is over, so nothing is lost in between.
    let Ok(upgraded) = tokio_tungstenite::accept_async(stream).await else { return };
    let mut socket = WebSocket::after_handshake(upgraded.into_inner(), Role::Server);
    socket.set_max_message_size(MAX_MESSAGE);
    loop {
        let output = match socket.read_frame().await {
            Ok(frame) => match (frame.opcode, std::str::from_utf8(&frame.payload)) {
                (OpCode::Text, Ok(text)) => answer(Received::Text(text)),
                (OpCode::Binary, _) => answer(Received::Binary),
                (OpCode::Close, _) => return,
                _ => continue,
            },
            Err(error) if is_too_large(&error) => answer(Received::TooLarge),
            Err(_) => return,
        };
        socket = match say.last_word.linger() {
            None => {
                let closes = output.close.is_some();
                // It has no buffer: what is sent is written at once.
                for frame in frames(output) {
                    if socket.write_frame(frame).await.is_err() {
                        return;
                    }
                }
                if closes {
                    return;
                }
                socket
            }
            Some(linger) => match deliver(socket, output, linger).await {
                ControlFlow::Continue(socket) => socket,
                ControlFlow::Break(outcome) => return say.outcomes.add(outcome),
            },
        };
    }
}
