//! The last word, when something goes wrong: peers that vanish, stall or flood, and servers that
//! shut down or are cancelled.

use std::io;
use std::ops::ControlFlow;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;

use futures_util::{SinkExt, StreamExt};
use tests::pair::{handshake, tcp};
use tests::servers::tls::Identity;
use tests::servers::{LastWord, Library, Server};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio_rustls::rustls::pki_types::ServerName;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::protocol::WebSocketConfig;
use tokio_tungstenite::{WebSocketStream, accept_async_with_config, client_async, connect_async};
use ws_errors::transport::tungstenite::{
    close_halves_with, close_with, deliver, send, spawn_close_with,
};
use ws_errors::transport::{Limits, Linger, LingeringStream, Outcome, Unanswered};
use ws_errors::{Close, CloseCode, Frame, Output, Reason};

type Socket<S = TcpStream> = WebSocketStream<S>;

/// Nothing in these tests takes longer.
const PATIENCE: Duration = Duration::from_secs(30);

const STATUS: (u16, &str) = (4003, "Unauthorized");

fn error(text: impl Into<String>) -> Output {
    let code = CloseCode::new(STATUS.0).expect("sendable");
    Output {
        frame: Some(Frame::Text(text.into().into())),
        close: Some(Close::new(code, Reason::new(STATUS.1))),
        ..Output::default()
    }
}

fn linger(limits: Limits) -> Linger {
    Linger::new(limits)
}

fn patient() -> Linger {
    linger(Limits { stall: PATIENCE, deadline: PATIENCE, ..Limits::default() })
}

/// Gives up soon: for peers that never do what they should.
fn impatient() -> Linger {
    linger(Limits { deadline: Duration::from_millis(200), ..Limits::default() })
}

async fn pair() -> (Socket, Socket) {
    let (client, server) = tcp().await;
    handshake(client, server).await
}

/// Reads on until the end, and finds exactly the text and the close.
async fn expect_last_word<S>(
    mut client: impl StreamExt<Item = Result<Message, S>> + Unpin,
    text: &str,
) where
    S: std::fmt::Debug,
{
    let Some(Ok(Message::Text(seen))) = client.next().await else { panic!("the text") };
    assert!(seen.as_str() == text, "another text of {} bytes", seen.len());
    let Some(Ok(Message::Close(Some(frame)))) = client.next().await else { panic!("the close") };
    assert_eq!((u16::from(frame.code), frame.reason.as_str()), STATUS);
    while client.next().await.is_some() {}
}

#[tokio::test]
async fn a_client_that_is_still_sending_sees_text_and_close() {
    let (client, server) = pair().await;
    let (mut sink, stream) = client.split();
    let sending =
        tokio::spawn(
            async move { while sink.send(Message::text("x".repeat(4096))).await.is_ok() {} },
        );
    let linger = patient();
    let (outcome, ()) = tokio::join!(
        close_with(server, error("expired"), &linger),
        expect_last_word(stream, "expired")
    );
    assert_eq!(outcome, Outcome::Acknowledged);
    sending.await.expect("no panic");
    assert_eq!(linger.count(), 0);
}

/// Counts the writes to a stream.
struct Counted<S>(S, Arc<AtomicUsize>);

impl<S: AsyncRead + Unpin> AsyncRead for Counted<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.0).poll_read(cx, buffer)
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Counted<S> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        self.1.fetch_add(1, Ordering::Relaxed);
        Pin::new(&mut self.0).poll_write(cx, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.0).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.0).poll_shutdown(cx)
    }
}

#[tokio::test]
async fn text_and_close_are_one_write() {
    let writes = Arc::new(AtomicUsize::new(0));
    let (client, server) = tcp().await;
    let (client, server) = handshake(client, Counted(server, Arc::clone(&writes))).await;
    writes.store(0, Ordering::Relaxed);
    let linger = patient();
    let (outcome, ()) = tokio::join!(
        close_with(server, error("expired"), &linger),
        expect_last_word(client, "expired")
    );
    assert_eq!(outcome, Outcome::Acknowledged);
    assert_eq!(writes.load(Ordering::Relaxed), 1);
}

#[tokio::test]
async fn an_axum_server_that_stops_still_says_its_last_word() {
    let linger = patient();
    let last_word = LastWord::Ours(linger.clone());
    let server = Server::start_with(Library::Axum, last_word, None).await.expect("a server");
    let (mut client, _) = connect_async(server.url()).await.expect("connects");
    client.send(Message::text(r#"{"type":"backlog"}"#)).await.expect("written");
    while linger.count() == 0 {
        tokio::task::yield_now().await;
    }
    drop(server);
    client.send(Message::text("in flight")).await.expect("written");
    let expected = tests::protocol::backlog();
    expect_last_word(client, expected.text().expect("a text")).await;
    linger.idle().await;
}

#[tokio::test]
async fn a_client_that_writes_all_it_has_before_it_reads_blocks_nobody() {
    let (mut client, server) = pair().await;
    let text = "y".repeat(16 << 20);
    let expected = text.clone();
    let client = tokio::spawn(async move {
        // More than both kernels' buffers hold, so this ends only while the server reads.
        client.send(Message::binary(vec![0; 16 << 20])).await.expect("written");
        expect_last_word(client, &expected).await;
    });
    assert_eq!(close_with(server, error(text), &patient()).await, Outcome::Acknowledged);
    client.await.expect("no panic");
}

#[tokio::test]
async fn a_client_that_vanished_before_the_error_is_gone() {
    for reset in [false, true] {
        let (client, server) = pair().await;
        if reset {
            client.get_ref().set_zero_linger().expect("set");
        }
        drop(client);
        let outcome = close_with(server, error("expired"), &patient()).await;
        assert_eq!(outcome.unanswered(), Some(Unanswered::Gone));
    }
}

#[tokio::test]
async fn a_client_that_vanishes_between_text_and_close_is_gone() {
    for reset in [false, true] {
        let (mut client, mut server) = pair().await;
        let Output { frame, close, .. } = error("expired");
        send(&mut server, frame.expect("a text")).await.expect("sent");
        assert_eq!(
            client.next().await.expect("a message").expect("text"),
            Message::text("expired")
        );
        if reset {
            client.get_ref().set_zero_linger().expect("set");
        }
        drop(client);
        let outcome = close_with(server, Output { close, ..Output::default() }, &patient()).await;
        assert_eq!(outcome.unanswered(), Some(Unanswered::Gone));
    }
}

#[tokio::test]
async fn a_client_that_vanishes_after_the_close_without_an_answer_is_gone() {
    for reset in [false, true] {
        let (mut client, server) = pair().await;
        let server =
            tokio::spawn(async move { close_with(server, error("expired"), &patient()).await });
        assert_eq!(
            client.next().await.expect("a message").expect("text"),
            Message::text("expired")
        );
        // tungstenite answers with the next read, and there is none.
        assert!(client.next().await.expect("a message").expect("a close").is_close());
        if reset {
            client.get_ref().set_zero_linger().expect("set");
        }
        drop(client);
        let outcome = server.await.expect("no panic");
        assert_eq!(outcome, Outcome::HandedOver(Unanswered::Gone));
    }
}

#[tokio::test]
async fn a_client_that_closed_first_gets_its_answer_and_is_gone() {
    let (mut client, mut server) = pair().await;
    client.close(None).await.expect("closes");
    assert!(server.next().await.expect("a message").expect("a close").is_close());
    let server =
        tokio::spawn(async move { close_with(server, error("expired"), &patient()).await });
    let answer = client.next().await.expect("an answer").expect("a close");
    assert_eq!(answer, Message::Close(None));
    drop(client);
    assert_eq!(server.await.expect("no panic"), Outcome::Refused(Unanswered::Gone));
}

#[tokio::test]
async fn a_client_that_never_reads_is_given_up_when_it_has_stalled_or_at_the_deadline() {
    let short = Duration::from_millis(500);
    let stalled = Limits { stall: short, ..Limits::default() };
    let deadline = Limits { deadline: short, ..Limits::default() };
    for (limits, why) in [(stalled, Unanswered::Stalled), (deadline, Unanswered::Deadline)] {
        for is_long in [false, true] {
            let (client, server) = pair().await;
            let linger = Linger::new(limits);
            let text = if is_long { "long".repeat(8 << 20) } else { "short".to_owned() };
            // From here on the clock runs as soon as there is nothing else to do.
            tokio::time::pause();
            let started = tokio::time::Instant::now();
            let outcome = close_with(server, error(text), &linger).await;
            let expected = if is_long { Outcome::Refused(why) } else { Outcome::HandedOver(why) };
            assert_eq!(outcome, expected);
            let took = started.elapsed();
            assert!(took >= short && took < short * 6 / 5, "{took:?}");
            tokio::time::resume();
            assert_eq!(linger.count(), 0);
            drop(client);
        }
    }
}

#[tokio::test]
async fn a_client_that_never_stops_sending_is_given_up_at_the_byte_cap() {
    let (mut client, server) = pair().await;
    let flooding = tokio::spawn(async move {
        while client.send(Message::binary(vec![0; 1 << 16])).await.is_ok() {}
    });
    let linger = linger(Limits { bytes: 1 << 20, deadline: PATIENCE, ..Limits::default() });
    let outcome = close_with(server, error("expired"), &linger).await;
    assert_eq!(outcome, Outcome::HandedOver(Unanswered::Flooded));
    flooding.await.expect("no panic");
}

#[tokio::test]
async fn beyond_the_limit_of_sockets_the_longest_gives_way() {
    let linger = linger(Limits { sockets: 1, ..Limits::default() });
    let (stalled, server) = pair().await;
    let first = spawn_close_with(server, error("first"), &linger);
    while linger.count() == 0 {
        tokio::task::yield_now().await;
    }
    let (client, server) = pair().await;
    let (outcome, ()) = tokio::join!(
        close_with(server, error("second"), &linger),
        expect_last_word(client, "second")
    );
    assert_eq!(outcome, Outcome::Acknowledged);
    let outcome = first.await.expect("no panic");
    assert_eq!(outcome, Outcome::HandedOver(Unanswered::GaveWay));
    // This client was not sending, so it sees everything all the same.
    expect_last_word(stalled, "first").await;
}

#[tokio::test]
async fn where_nobody_may_linger_it_is_sent_and_not_awaited() {
    let linger = linger(Limits { sockets: 0, ..Limits::default() });
    let (client, server) = pair().await;
    let outcome = close_with(server, error("expired"), &linger).await;
    assert_eq!(outcome, Outcome::HandedOver(Unanswered::GaveWay));
    expect_last_word(client, "expired").await;
}

#[tokio::test]
async fn a_task_that_is_cancelled_in_mid_send_loses_nothing_in_the_spawned_form() {
    let (client, server) = pair().await;
    let linger = patient();
    let text = "z".repeat(16 << 20);
    let (expected, lingering) = (text.clone(), linger.clone());
    let task = tokio::spawn(async move { spawn_close_with(server, error(text), &lingering).await });
    while linger.count() == 0 {
        tokio::task::yield_now().await;
    }
    task.abort();
    assert!(task.await.expect_err("cancelled").is_cancelled());
    expect_last_word(client, &expected).await;
    linger.idle().await;
}

#[tokio::test]
async fn a_task_that_is_cancelled_while_it_waits_loses_nothing_over_a_stream_that_lingers() {
    let (client, server) = tcp().await;
    let below = patient();
    let (client, server) = handshake(client, LingeringStream::new(server, below.clone())).await;
    let (mut sink, stream) = client.split();
    let linger = patient();
    let lingering = linger.clone();
    let task = tokio::spawn(async move { close_with(server, error("expired"), &lingering).await });
    // Written by the time it is counted: the first poll writes what fits, and this fits.
    while linger.count() == 0 {
        tokio::task::yield_now().await;
    }
    sink.send(Message::text("in flight")).await.expect("written");
    task.abort();
    assert!(task.await.expect_err("cancelled").is_cancelled());
    assert_eq!((linger.count(), below.count()), (0, 1));
    sink.send(Message::text("still in flight")).await.expect("written");
    expect_last_word(stream, "expired").await;
    drop(sink);
    below.idle().await;
}

#[tokio::test]
async fn a_server_that_shuts_down_waits_for_those_that_linger_and_no_longer_than_the_deadline() {
    let linger = patient();
    let mut clients = Vec::new();
    let mut closings = Vec::new();
    for _ in 0..10 {
        let (client, server) = pair().await;
        closings.push(spawn_close_with(server, error("going away"), &linger));
        clients.push(client);
    }
    let stalled = closings.split_off(5);
    for (client, closing) in clients.drain(..5).zip(closings) {
        expect_last_word(client, "going away").await;
        assert_eq!(closing.await.expect("no panic"), Outcome::Acknowledged);
    }
    assert_eq!(linger.count(), 5);
    // From here on the clock runs as soon as there is nothing else to do.
    tokio::time::pause();
    let started = tokio::time::Instant::now();
    linger.idle().await;
    assert!(started.elapsed() <= PATIENCE);
    for closing in stalled {
        let outcome = closing.await.expect("no panic");
        assert_eq!(outcome, Outcome::HandedOver(Unanswered::Deadline));
    }
    drop(clients);
}

#[tokio::test]
async fn a_stream_whose_peer_has_ended_or_reset_does_not_linger() {
    for reset in [false, true] {
        let (client, server) = tcp().await;
        let linger = patient();
        let (client, mut server) =
            handshake(client, LingeringStream::new(server, linger.clone())).await;
        if reset {
            client.get_ref().set_zero_linger().expect("set");
        }
        drop(client);
        while server.next().await.is_some() {}
        drop(server);
        assert_eq!(linger.count(), 0);
    }
}

#[tokio::test]
async fn a_stream_that_lingers_is_given_up_at_the_deadline_and_at_the_byte_cap() {
    let linger = impatient();
    let (client, server) = tcp().await;
    drop(LingeringStream::new(server, linger.clone()));
    assert_eq!(linger.count(), 1);
    linger.idle().await;
    drop(client);

    let linger = Linger::new(Limits {
        bytes: 1 << 16,
        stall: PATIENCE,
        deadline: PATIENCE,
        ..Limits::default()
    });
    let (client, server) = tcp().await;
    let (mut client, server) =
        handshake(client, LingeringStream::new(server, linger.clone())).await;
    drop(server);
    while client.send(Message::binary(vec![0; 1 << 14])).await.is_ok() {}
    linger.idle().await;
}

#[tokio::test]
async fn a_socket_that_was_split_is_closed_with_both_its_halves_and_no_others() {
    let (client, server) = pair().await;
    let (sink, stream) = server.split();
    let (_, other) = pair().await;
    let (other_sink, other_stream) = other.split();
    let linger = patient();

    let halves = close_halves_with(sink, other_stream, error("expired"), &linger).await;
    let halves = halves.expect_err("they are of two sockets");
    assert!(halves.to_string().contains("not of the same socket"));
    drop(other_sink);

    let (outcome, ()) = tokio::join!(
        close_halves_with(halves.0, stream, error("expired"), &linger),
        expect_last_word(client, "expired")
    );
    assert_eq!(outcome.expect("a pair"), Outcome::Acknowledged);
}

#[tokio::test]
async fn an_output_without_a_close_closes_without_a_status() {
    let (mut client, server) = pair().await;
    let output = Output { close: None, ..error("bye") };
    let server = tokio::spawn(async move { close_with(server, output, &patient()).await });
    assert_eq!(client.next().await.expect("a message").expect("text"), Message::text("bye"));
    assert_eq!(client.next().await.expect("a message").expect("close"), Message::Close(None));
    assert!(client.next().await.is_none());
    drop(client);
    assert_eq!(server.await.expect("no panic"), Outcome::Acknowledged);
}

#[tokio::test]
async fn over_tls_a_client_that_is_still_sending_sees_text_and_close() {
    let identity = Identity::new().expect("a certificate");
    let connector = identity.connector().expect("a client");
    let acceptor = identity.acceptor().expect("a server");
    for too_large in [false, true] {
        let (client, server) = tcp().await;
        let below = patient();
        let name = ServerName::try_from("localhost").expect("a name");
        let (client, server) = tokio::join!(
            connector.connect(name, client),
            acceptor.accept(LingeringStream::new(server, below.clone()))
        );
        let limit = if too_large { 1 << 10 } else { 1 << 20 };
        let config = WebSocketConfig::default().max_message_size(Some(limit));
        let (client, server) = tokio::join!(
            client_async("ws://localhost/", client.expect("TLS")),
            accept_async_with_config(server.expect("TLS"), Some(config))
        );
        let (client, mut server) = (client.expect("upgrades").0, server.expect("upgrades"));
        let (mut sink, stream) = client.split();
        let sending = tokio::spawn(async move {
            while sink.send(Message::binary(vec![0; 1 << 16])).await.is_ok() {}
        });
        if too_large {
            server.next().await.expect("something").expect_err("too large");
        }
        let linger = patient();
        let (outcome, ()) = tokio::join!(
            close_with(server, error("expired"), &linger),
            expect_last_word(stream, "expired")
        );
        assert_eq!(outcome, Outcome::Acknowledged);
        sending.await.expect("no panic");
        below.idle().await;
    }
}

/// The quiet moment of these tests.
const QUIET: Duration = Duration::from_millis(300);

fn patient_and_quiet() -> Linger {
    linger(Limits { quiet: QUIET, stall: PATIENCE, deadline: PATIENCE, ..Limits::default() })
}

#[tokio::test]
async fn our_direction_ends_only_when_nothing_comes_any_more() {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};

    let (mut client, server) = tcp().await;
    let linger = patient_and_quiet();
    drop(LingeringStream::new(server, linger.clone()));
    tokio::time::pause();
    let begun = tokio::time::Instant::now();
    let mut byte = [0];
    // What comes within the quiet moment makes it begin again.
    for _ in 0..5 {
        client.write_all(b"still sending").await.expect("written");
        let read = tokio::time::timeout(QUIET / 2, client.read(&mut byte)).await;
        assert!(read.is_err(), "ended after {:?}", begun.elapsed());
    }
    let read = tokio::time::timeout(QUIET * 2, client.read(&mut byte)).await;
    assert_eq!(read.expect("an end, long before the deadline").expect("no reset"), 0);
    assert!(begun.elapsed() >= QUIET * 3);
    drop(client);
    linger.idle().await;
}

#[tokio::test]
async fn where_both_have_closed_our_direction_ends_at_once() {
    // Whoever began, and though nobody but the stream below knows of it.
    for ours_first in [true, false] {
        let (client, server) = tcp().await;
        let linger = patient_and_quiet();
        let (mut client, mut server) =
            handshake(client, LingeringStream::new(server, linger.clone())).await;
        if ours_first {
            server.close(None).await.expect("sent");
            assert!(client.next().await.expect("a message").expect("a close").is_close());
            // The client answers with its next read, and waits for the end.
        } else {
            client.close(None).await.expect("sent");
            while server.next().await.is_some() {}
        }
        tokio::time::pause();
        let begun = tokio::time::Instant::now();
        drop(server);
        while let Some(Ok(_)) = client.next().await {}
        assert!(begun.elapsed() < QUIET, "{:?}", begun.elapsed());
        tokio::time::resume();
        drop(client);
        linger.idle().await;
    }
}

#[tokio::test]
async fn a_delivery_and_the_stream_below_it_linger_as_one() {
    let limits = Limits { stall: QUIET, deadline: QUIET * 2, ..Limits::default() };
    let linger = Linger::new(limits);
    let (client, server) = tcp().await;
    let (client, server) = handshake(client, LingeringStream::new(server, linger.clone())).await;
    assert_eq!((linger.open(), linger.count()), (1, 0));
    let closing = spawn_close_with(server, error("expired"), &linger);
    while linger.count() == 0 {
        tokio::task::yield_now().await;
    }
    assert_eq!(linger.count(), 1);
    tokio::time::pause();
    let begun = tokio::time::Instant::now();
    let outcome = closing.await.expect("no panic");
    assert_eq!(outcome, Outcome::HandedOver(Unanswered::Stalled));
    linger.idle().await;
    assert!(begun.elapsed() < limits.stall * 6 / 5, "{:?}", begun.elapsed());
    assert_eq!(linger.open(), 0);
    drop(client);
}

#[tokio::test]
async fn what_stays_open_is_given_back_and_what_closes_is_not() {
    let (mut client, server) = pair().await;
    let linger = patient();
    let Output { frame, close, .. } = error("first");
    let server = match deliver(server, Output { frame, ..Output::default() }, &linger).await {
        ControlFlow::Continue(socket) => socket,
        ControlFlow::Break(outcome) => panic!("{outcome}"),
    };
    let server = match deliver(server, Output::default(), &linger).await {
        ControlFlow::Continue(socket) => socket,
        ControlFlow::Break(outcome) => panic!("{outcome}"),
    };
    assert_eq!(client.next().await.expect("a message").expect("text"), Message::text("first"));
    let frame = Some(Frame::Text("second".into()));
    let (closed, ()) = tokio::join!(
        deliver(server, Output { frame, close, ..Output::default() }, &linger),
        expect_last_word(client, "second")
    );
    assert!(matches!(closed, ControlFlow::Break(Outcome::Acknowledged)));
}
