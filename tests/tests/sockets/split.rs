//! A socket with a task that writes, and that everybody may ask to close.

use std::time::Duration;

use axum::Router;
use axum::extract::ConnectInfo;
use axum::extract::ws::WebSocketUpgrade;
use axum::routing::any;
use axum::serve::ListenerExt;
use futures_util::{SinkExt, StreamExt};
use tests::pair::{handshake, tcp};
use tests::servers::going_away;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc;
use tokio_tungstenite::tungstenite::protocol::frame::Frame as WireFrame;
use tokio_tungstenite::tungstenite::protocol::frame::coding::{Data, OpCode};
use tokio_tungstenite::tungstenite::{Error, Message, Utf8Bytes};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};
use ws_errors::transport::axum::LingeringListener;
use ws_errors::transport::tungstenite::split;
use ws_errors::transport::{
    Closed, Inbox, Limits, Linger, LingeringStream, NotQueued, Outbox, Outcome, Unanswered,
};
use ws_errors::{Close, CloseCode, Frame, Output, Reason};

type Socket = WebSocketStream<TcpStream>;

/// Nothing in these tests takes longer.
const PATIENCE: Duration = Duration::from_secs(30);

fn error(text: &'static str) -> Output {
    let code = CloseCode::new(4003).expect("sendable");
    Output {
        frame: Some(Frame::Text(text.into())),
        close: Some(Close::new(code, Reason::new("Unauthorized"))),
        ..Output::default()
    }
}

fn soft(text: &'static str) -> Output {
    Output { close: None, ..error(text) }
}

/// A client, and the server's side of it, split.
async fn pair(linger: &Linger) -> (Socket, Outbox<Message>, Inbox<Message, Error>) {
    let (client, server) = tcp().await;
    let server = LingeringStream::new(server, linger.clone());
    let (client, server) = handshake(client, server).await;
    let (outbox, inbox) = split(server, going_away(), linger);
    (client, outbox, inbox)
}

/// All texts, then the close.
async fn read<S, E>(client: &mut S) -> (Vec<Utf8Bytes>, Option<(u16, String)>)
where
    S: StreamExt<Item = Result<Message, E>> + Unpin,
{
    let mut texts = Vec::new();
    let mut close = None;
    while let Some(Ok(message)) = client.next().await {
        match message {
            Message::Text(text) => texts.push(text),
            Message::Close(frame) => {
                close = frame.map(|frame| (frame.code.into(), frame.reason.to_string()));
            }
            _ => {}
        }
    }
    (texts, close)
}

fn unauthorized() -> Option<(u16, String)> {
    Some((4003, "Unauthorized".to_owned()))
}

#[tokio::test]
async fn what_was_sent_before_a_close_is_written_before_it_and_nothing_after() {
    let (mut client, outbox, mut inbox) = pair(&Linger::default()).await;
    for text in ["one", "two", "three"] {
        outbox.send(text).await.expect("open");
    }
    outbox.deliver(soft("soft")).await.expect("open");
    outbox.deliver(error("last")).await.expect("open");
    assert_eq!(outbox.deliver(error("too late")).await, Err(Closed));
    let (texts, close) = read(&mut client).await;
    assert_eq!(texts, ["one", "two", "three", "soft", "last"]);
    assert_eq!(close, unauthorized());
    assert_eq!(outbox.closed().await, Some(Outcome::Acknowledged));
    assert_eq!(outbox.send("too late").await, Err(Closed));
    assert!(inbox.recv().await.is_none());
}

#[tokio::test]
async fn whoever_has_an_outbox_closes_while_the_client_sends_and_the_reader_sees_the_end() {
    let (client, outbox, mut inbox) = pair(&Linger::default()).await;
    let (mut sink, mut stream) = client.split();
    let sending =
        tokio::spawn(
            async move { while sink.send(Message::text("x".repeat(4096))).await.is_ok() {} },
        );
    assert!(inbox.recv().await.is_some_and(|message| message.is_ok()));
    let timer = outbox.clone();
    let timer = tokio::spawn(async move { timer.deliver(error("expired")).await });
    // The reader needn't know of it.
    while inbox.recv().await.is_some() {}
    assert_eq!(read(&mut stream).await, (vec!["expired".into()], unauthorized()));
    timer.await.expect("no panic").expect("open");
    assert_eq!(outbox.closed().await, Some(Outcome::Acknowledged));
    sending.abort();
}

#[tokio::test]
async fn a_writer_that_decides_to_fail_closes() {
    let (mut client, outbox, inbox) = pair(&Linger::default()).await;
    let (numbers, mut channel) = mpsc::channel::<u32>(8);
    // A writer of the application's own, behind a channel of its own.
    let writer = tokio::spawn(async move {
        while let Some(number) = channel.recv().await {
            let sent = match number {
                0 => outbox.deliver(error("zero")).await,
                _ => outbox.send(number.to_string()).await,
            };
            if sent.is_err() {
                break;
            }
        }
        outbox.closed().await
    });
    for number in [7, 8, 0, 9] {
        numbers.send(number).await.expect("the writer runs");
    }
    assert_eq!(
        read(&mut client).await,
        (vec!["7".into(), "8".into(), "zero".into()], unauthorized())
    );
    assert_eq!(writer.await.expect("no panic"), Some(Outcome::Acknowledged));
    drop(inbox);
}

#[tokio::test]
async fn a_client_that_is_too_slow_fills_the_queue_and_is_closed_all_the_same() {
    let limits = Limits { stall: Duration::from_millis(300), ..Limits::default() };
    let (client, outbox, inbox) = pair(&Linger::new(limits)).await;
    let large = "y".repeat(1 << 20);
    let full = loop {
        match outbox.try_send(large.as_str()) {
            Ok(()) => tokio::task::yield_now().await,
            Err(full) => break full,
        }
    };
    assert!(matches!(full, NotQueued::Full(Message::Text(text)) if text.len() == 1 << 20));
    // This finds no room, and needs none.
    outbox.deliver(error("too slow")).await.expect("open");
    assert_eq!(outbox.closed().await, Some(Outcome::Refused(Unanswered::Stalled)));
    drop((client, inbox));
}

#[tokio::test]
async fn a_handler_that_ends_leaves_what_it_sent_and_a_close_without_a_status() {
    let (mut client, outbox, inbox) = pair(&Linger::default()).await;
    outbox.send("bye").await.expect("open");
    drop((outbox, inbox));
    assert_eq!(read(&mut client).await, (vec!["bye".into()], None));
}

#[tokio::test]
async fn a_client_that_closes_ends_both_and_there_was_no_last_word() {
    let (mut client, outbox, mut inbox) = pair(&Linger::default()).await;
    client.close(None).await.expect("closes");
    assert!(inbox.recv().await.is_some_and(|message| message.is_ok_and(|it| it.is_close())));
    assert!(inbox.recv().await.is_none());
    assert_eq!(outbox.closed().await, None);
    while client.next().await.is_some() {}
}

/// Vanishes without a close, as a process does that is killed.
fn vanish(client: Socket, reset: bool) {
    if reset {
        client.get_ref().set_zero_linger().expect("set");
    }
    drop(client);
}

/// What came of it; it has to end by itself.
async fn end(outbox: &Outbox<Message>) -> Option<Outcome> {
    tokio::time::timeout(PATIENCE, outbox.closed()).await.expect("an end")
}

#[tokio::test]
async fn a_client_that_vanishes_ends_it_although_somebody_still_has_an_outbox() {
    for reset in [false, true] {
        // No limit has anything to do with it.
        let patient = Limits { stall: 2 * PATIENCE, deadline: 2 * PATIENCE, ..Limits::default() };
        let linger = Linger::new(patient);
        // A reader that gives up after an error.
        let (client, outbox, mut inbox) = pair(&linger).await;
        vanish(client, reset);
        assert!(inbox.recv().await.is_some_and(|read| read.is_err()));
        assert!(inbox.recv().await.is_none());
        drop(inbox);
        assert_eq!(end(&outbox).await, None);
        assert_eq!(outbox.send("anybody there?").await, Err(Closed));

        // Nobody reads at all.
        let (client, outbox, inbox) = pair(&linger).await;
        drop(inbox);
        vanish(client, reset);
        assert_eq!(end(&outbox).await, None);

        // A reader that forgets to drop its inbox.
        let stall = Duration::from_millis(300);
        let linger = Linger::new(Limits { stall, ..Limits::default() });
        let (client, outbox, inbox) = pair(&linger).await;
        vanish(client, reset);
        assert_eq!(end(&outbox).await, None);
        drop(inbox);
        assert_eq!(linger.shutdown(PATIENCE).await, 0);
    }
}

#[tokio::test]
async fn a_message_that_is_no_text_has_a_last_word_or_closes_without_a_status() {
    for has in [true, false] {
        let (mut client, outbox, mut inbox) = pair(&Linger::default()).await;
        let frame = WireFrame::message(&b"\xff"[..], OpCode::Data(Data::Text), true);
        client.send(Message::Frame(frame)).await.expect("written");
        assert!(inbox.recv().await.is_some_and(|read| read.is_err()));
        if has {
            outbox.deliver(error("not UTF-8")).await.expect("open");
        }
        drop(inbox);
        let (texts, close) = read(&mut client).await;
        let expected = has.then(unauthorized).flatten();
        assert_eq!((texts.len(), close), (usize::from(has), expected));
        drop(client);
        assert_eq!(outbox.closed().await, has.then_some(Outcome::Acknowledged));
    }
}

#[tokio::test]
async fn who_has_closed_before_the_server_stops_is_heard() {
    let linger = Linger::default();
    let (mut client, outbox, inbox) = pair(&linger).await;
    outbox.deliver(error("mine")).await.expect("open");
    linger.stop();
    assert_eq!(read(&mut client).await, (vec!["mine".into()], unauthorized()));
    drop(inbox);
}

#[tokio::test]
async fn a_reader_that_is_busy_holds_up_no_writer() {
    let (mut client, outbox, mut inbox) = pair(&Linger::default()).await;
    // Many more than wait for a reader.
    for number in 0..200 {
        client.send(Message::text(number.to_string())).await.expect("written");
    }
    outbox.send("still here").await.expect("open");
    assert_eq!(client.next().await.expect("a message").expect("text"), "still here".into());
    for number in 0..200 {
        let message = inbox.recv().await.expect("a message").expect("text");
        assert_eq!(message, Message::text(number.to_string()));
    }
}

#[tokio::test]
async fn when_the_server_stops_everybody_is_told_and_waited_for() {
    let linger = Linger::default();
    let (mut client, outbox, mut inbox) = pair(&linger).await;
    // A handler that knows nothing of it.
    let handler = tokio::spawn(async move { while inbox.recv().await.is_some() {} });
    let stopping = tokio::spawn({
        let linger = linger.clone();
        async move { linger.shutdown(Duration::from_secs(30)).await }
    });
    let expected = going_away();
    let (texts, close) = read(&mut client).await;
    assert_eq!(texts, [expected.text().expect("a text")]);
    assert_eq!(close, Some((1001, "the server restarts".to_owned())));
    assert_eq!(stopping.await.expect("no panic"), 0);
    handler.await.expect("no panic");
    assert_eq!(outbox.closed().await, Some(Outcome::Acknowledged));
}

/// A server on axum whose handler sends and returns, and learns who is there.
async fn whoami(linger: Linger) -> std::net::SocketAddr {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.expect("a free port");
    let address = listener.local_addr().expect("an address");
    let handler = async |upgrade: WebSocketUpgrade,
                         ConnectInfo(peer): ConnectInfo<std::net::SocketAddr>| {
        upgrade.on_upgrade(async move |mut socket| {
            let _ = socket.recv().await;
            let _ = socket.send(peer.to_string().into()).await;
        })
    };
    let router = Router::new().route("/", any(handler));
    let listener = LingeringListener::new(listener, linger).tap_io(|_| {});
    let service = router.into_make_service_with_connect_info::<std::net::SocketAddr>();
    tokio::spawn(async move { axum::serve(listener, service).await });
    address
}

#[tokio::test]
async fn the_address_of_a_peer_is_known_through_a_lingering_listener() {
    let linger = Linger::default();
    let address = whoami(linger.clone()).await;
    let (mut client, _) = connect_async(format!("ws://{address}/")).await.expect("connects");
    let MaybeTlsStream::Plain(stream) = client.get_ref() else { panic!("no TLS") };
    let own = stream.local_addr().expect("an address").to_string();
    client.send(Message::text("who am I?")).await.expect("written");
    client.send(Message::text("in flight")).await.expect("written");
    assert_eq!(client.next().await.expect("a message").expect("a text"), own.into());
    drop(client);
    linger.idle().await;
}
