//! One connection, as a client has it: what it sends, what it sees, and how long it waits for it.

use std::time::Duration;

use futures_util::future::{Either, Fuse, select};
use futures_util::stream::{SplitSink, SplitStream};
use futures_util::{FutureExt, SinkExt, StreamExt};
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;
use tokio::sync::mpsc::{self, UnboundedReceiver, UnboundedSender};
use tokio::task::JoinHandle;
use tokio::time::{Instant, timeout, timeout_at};
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::error::{Error, UrlError};
use tokio_tungstenite::tungstenite::http::header::{HeaderName, HeaderValue};
use tokio_tungstenite::tungstenite::protocol::{CloseFrame, WebSocketConfig};
use tokio_tungstenite::tungstenite::{Bytes, Message};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async_with_config};

use super::seen::{End, Seen};
use crate::Frame;

type Socket = WebSocketStream<MaybeTlsStream<TcpStream>>;

/// The most bytes that are read of one connection.
const MOST_BYTES: usize = 16 << 20;

/// The most messages that are read of one connection.
const MOST_FRAMES: usize = 10_000;

/// How long a server may take to answer a ping, where nothing else is awaited.
const PONG: Duration = Duration::from_secs(2);

/// How long the answer may take once the server has answered a ping behind the question, where nobody
/// knows whether there will be one.
const QUIET: Duration = Duration::from_millis(500);

/// How long a server may take to end a connection that is closed.
const FAREWELL: Duration = Duration::from_secs(1);

/// How much a client sends on that keeps sending, in frames of 125 bytes.
const MOST_LOAD: usize = 32 << 10;

/// What is sent to a server, and how.
#[derive(Debug, Clone)]
pub(super) struct Call {
    pub(super) url: String,
    pub(super) headers: Vec<(String, String)>,
    /// Each with how often it is sent.
    pub(super) messages: Vec<(Message, u32)>,
    /// How long it waits for what is due.
    pub(super) wait: Duration,
    /// How long the client does not read yet, where it sends on until the connection ends: that is what
    /// loses last words.
    pub(super) keeps_sending: Option<Duration>,
}

/// What is still due behind a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Due {
    /// What was awaited before.
    AsBefore,
    /// Nothing more, but the connection may not end either.
    Nothing,
    /// The end of the connection.
    Close,
}

/// A handshake that did not come to pass.
#[derive(Debug)]
pub(super) enum Failed {
    /// There is no server, or it speaks another protocol.
    Connecting(String),
    /// What was asked for can't be sent.
    Call(String),
}

/// Sends all of it, and reads what comes: until nothing more is due, or the wait is over.
///
/// `due` says of each message what is due behind it; at the beginning it is the end of the wait where
/// `is_awaited`, and else whatever the server answers.
pub(super) async fn converse(
    call: &Call,
    is_awaited: bool,
    due: &mut (dyn FnMut(&Frame) -> Due + Send),
) -> Result<Seen, Failed> {
    let deadline = Instant::now() + call.wait;
    let socket = match connect(call, deadline).await? {
        Ok(socket) => socket,
        Err(refused) => return Ok(refused),
    };
    let (sink, stream) = socket.split();
    let (outgoing, queue) = mpsc::unbounded_channel();
    let keeps_sending = call.keeps_sending.is_some();
    let writer = tokio::spawn(write(sink, queue, call.messages.clone(), keeps_sending));
    let aborts = writer.abort_handle();
    if let Some(reads_after) = call.keeps_sending {
        tokio::time::sleep(reads_after).await;
    }
    let mut reading = Reading {
        stream,
        writer: writer.fuse(),
        outgoing,
        pings: !keeps_sending,
        outstanding: false,
        behind: 0,
        last: Instant::now(),
        has_settled: false,
        seen: Seen { frames: Vec::new(), end: End::Open },
        bytes: 0,
    };
    reading.ping();
    reading.seen.end = reading.run(deadline, is_awaited, due).await;
    if reading.seen.end == End::Open {
        reading.leave().await;
    }
    aborts.abort();
    Ok(reading.seen)
}

/// Breaks the connection: while it is silent, or in the middle of a message.
pub(super) async fn cut(call: &Call, in_a_message: bool) -> Result<(), Failed> {
    let mut socket = match connect(call, Instant::now() + call.wait).await? {
        Ok(socket) => socket,
        Err(_) => return Ok(()),
    };
    let cut = async {
        for (message, times) in &call.messages {
            for _ in 0..*times {
                socket.send(message.clone()).await?;
            }
        }
        if in_a_message {
            // The head of a masked text frame of 100 bytes, and the first of them (RFC 6455, section 5.2).
            let half = [0x81, 0x80 | 100, 0, 0, 0, 0, b'{', b'"'];
            socket.get_mut().write_all(&half).await?;
            socket.get_mut().flush().await?;
        } else if let MaybeTlsStream::Plain(stream) = socket.get_ref() {
            stream.set_zero_linger()?;
        }
        Ok::<_, Error>(())
    };
    // A server that is gone already is found by the next connection.
    let _ = timeout(call.wait, cut).await;
    Ok(())
}

/// A connection, or how it was refused.
async fn connect(call: &Call, deadline: Instant) -> Result<Result<Socket, Seen>, Failed> {
    let mut request = call.url.as_str().into_client_request().map_err(|error| wrong_url(&error))?;
    for (name, value) in &call.headers {
        let (Ok(name), Ok(value)) = (name.parse::<HeaderName>(), HeaderValue::from_str(value))
        else {
            return Err(Failed::Call(format!("no header can be `{name}: {value}`")));
        };
        request.headers_mut().append(name, value);
    }
    let config = WebSocketConfig::default()
        .max_message_size(Some(MOST_BYTES))
        .max_frame_size(Some(MOST_BYTES));
    let connecting = connect_async_with_config(request, Some(config), true);
    match timeout_at(deadline, connecting).await {
        Ok(Ok((socket, _))) => Ok(Ok(socket)),
        Ok(Err(Error::Http(response))) => {
            let (head, body) = response.into_parts();
            let header = |name| head.headers.get(name).and_then(|value| value.to_str().ok());
            let body = body.unwrap_or_default();
            let length = header("content-length").and_then(|length| length.parse::<usize>().ok());
            Ok(Err(Seen {
                frames: Vec::new(),
                end: End::Refused {
                    status: head.status.as_u16(),
                    retry_after: header("retry-after").map(str::to_owned),
                    is_whole: length.is_none_or(|length| length == body.len()),
                    body: String::from_utf8_lossy(&body).into_owned(),
                },
            }))
        }
        Ok(Err(error)) => Err(wrong_url(&error)),
        Err(_) => Err(Failed::Connecting(format!(
            "the handshake was not answered within {:?}",
            call.wait
        ))),
    }
}

fn wrong_url(error: &Error) -> Failed {
    match error {
        Error::Url(UrlError::TlsFeatureNotEnabled) => Failed::Call(
            "`wss://` takes TLS: turn on a feature such as `rustls-tls-native-roots` of \
             tokio-tungstenite in the application's Cargo.toml"
                .to_owned(),
        ),
        Error::Url(_) | Error::HttpFormat(_) => {
            Failed::Call(format!("{error}; write a URL such as `ws://127.0.0.1:3000/ws`"))
        }
        error => Failed::Connecting(error.to_string()),
    }
}

/// Writes the messages, then what the queue brings; meanwhile pongs, which nobody has to answer (RFC
/// 6455, section 5.5.3), where the client keeps sending.
async fn write(
    mut sink: SplitSink<Socket, Message>,
    mut queue: UnboundedReceiver<Message>,
    messages: Vec<(Message, u32)>,
    keeps_sending: bool,
) -> Result<(), Error> {
    for (message, times) in messages {
        for _ in 0..times {
            sink.feed(message.clone()).await?;
        }
        sink.flush().await?;
    }
    if keeps_sending {
        let load = Bytes::from_static(&[b'x'; 125]);
        for sent in 1..=MOST_LOAD {
            sink.feed(Message::Pong(load.clone())).await?;
            if sent % 32 == 0 {
                sink.flush().await?;
                tokio::task::yield_now().await;
            }
        }
        sink.flush().await?;
    }
    while let Some(message) = queue.recv().await {
        sink.send(message).await?;
    }
    Ok(())
}

/// The half of a connection that reads.
struct Reading {
    stream: SplitStream<Socket>,
    writer: Fuse<JoinHandle<Result<(), Error>>>,
    outgoing: UnboundedSender<Message>,
    /// Whether the server is asked by pings whether it has read everything.
    pings: bool,
    /// Whether a ping has not been answered yet.
    outstanding: bool,
    /// How many messages came since it was sent.
    behind: usize,
    /// When something came last.
    last: Instant,
    /// Whether all that is due has come.
    has_settled: bool,
    seen: Seen,
    bytes: usize,
}

impl Reading {
    async fn run(
        &mut self,
        deadline: Instant,
        mut is_awaited: bool,
        due: &mut (dyn FnMut(&Frame) -> Due + Send),
    ) -> End {
        let mut is_close_due = false;
        loop {
            let limit = match is_awaited || !self.pings {
                true => deadline,
                false if self.outstanding => deadline.min(self.last + PONG),
                false => deadline.min(self.last + QUIET),
            };
            let received = match timeout_at(limit, self.next()).await {
                Err(_) => return End::Open,
                Ok(None) => return End::Broken("it ended without a close frame".to_owned()),
                Ok(Some(Err(error))) => return End::Broken(error.to_string()),
                Ok(Some(Ok(received))) => received,
            };
            self.last = Instant::now();
            let frame = match received {
                Message::Text(text) => Frame::Text(text.as_str().to_owned().into()),
                Message::Binary(bytes) => Frame::Binary(bytes.to_vec().into()),
                Message::Close(frame) => {
                    // This answers it; the server ends the stream then.
                    let _ = timeout(FAREWELL, self.stream.next()).await;
                    return closed(frame);
                }
                Message::Pong(_) => {
                    self.outstanding = false;
                    if self.behind > 0 {
                        self.ping();
                    } else if self.has_settled {
                        return End::Open;
                    }
                    continue;
                }
                Message::Ping(_) | Message::Frame(_) => continue,
            };
            match due(&frame) {
                Due::AsBefore => {}
                Due::Nothing => {
                    is_awaited = is_close_due;
                    self.has_settled = true;
                }
                Due::Close => {
                    is_awaited = true;
                    is_close_due = true;
                }
            }
            self.behind += 1;
            if self.has_settled && !self.outstanding {
                self.ping();
            }
            self.bytes += match &frame {
                Frame::Text(text) => text.len(),
                Frame::Binary(bytes) => bytes.len(),
            };
            self.seen.frames.push(frame);
            if self.bytes > MOST_BYTES || self.seen.frames.len() > MOST_FRAMES {
                return End::Flooded;
            }
            if !self.pings && self.has_settled && !is_awaited {
                return End::Open;
            }
        }
    }

    /// The next message. A client that keeps sending gives up where it notices that the server has reset the
    /// connection, although something may have arrived that it has not read: browsers do so.
    async fn next(&mut self) -> Option<Result<Message, Error>> {
        if self.pings {
            return self.stream.next().await;
        }
        match select(&mut self.writer, self.stream.next()).await {
            Either::Left((Ok(Err(Error::Io(reset))), _)) => Some(Err(Error::Io(reset))),
            Either::Left((_, received)) => received.await,
            Either::Right((received, _)) => received,
        }
    }

    /// Asks for a pong: when it comes, the server has read what was sent before, and everything that
    /// it had to say to it at once has arrived.
    fn ping(&mut self) {
        if self.pings {
            self.outstanding = self.outgoing.send(Message::Ping(Bytes::new())).is_ok();
            self.behind = 0;
        }
    }

    /// Closes as a client does that has what it came for.
    async fn leave(&mut self) {
        let normal = CloseFrame { code: 1000.into(), reason: "".into() };
        let _ = self.outgoing.send(Message::Close(Some(normal)));
        let end = async { while let Some(Ok(_)) = self.stream.next().await {} };
        let _ = timeout(FAREWELL, end).await;
    }
}

fn closed(frame: Option<CloseFrame>) -> End {
    match frame {
        Some(frame) => {
            End::Closed { code: frame.code.into(), reason: frame.reason.as_str().to_owned() }
        }
        None => End::Closed { code: ws_errors_core::close_code::NO_STATUS, reason: String::new() },
    }
}
