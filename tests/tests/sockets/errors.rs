//! What a real client sees of every error, over a real socket.

use std::collections::HashMap;
use std::time::Duration;

use futures_util::{SinkExt, StreamExt};
use tests::occurrences::{self, Occurrence};
use tests::protocol::{MAX_MESSAGE, PING, PONG, raise};
use tests::servers::{LastWord, Library, Server};
use tokio::io::AsyncWriteExt as _;
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::{Error, Message};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};
use ws_errors::catalog::Delivery;
use ws_errors::transport::{Limits, Linger, Outcome, Unanswered};

/// Nothing in these tests takes longer.
const PATIENCE: Duration = Duration::from_secs(30);

const TOO_LARGE: (u16, &str) = (1009, "message too large");

type Client = WebSocketStream<MaybeTlsStream<TcpStream>>;

async fn connect(server: &Server) -> Client {
    connect_async(server.url()).await.expect("the handshake").0
}

/// The next thing that the client sees.
async fn next(client: &mut Client) -> Option<Result<Message, Error>> {
    tokio::time::timeout(PATIENCE, client.next()).await.expect("something in time")
}

async fn ask(client: &mut Client, request: &str) {
    client.send(Message::text(request)).await.expect("the request is written");
}

async fn expect_text(client: &mut Client, text: &str, why: &str) {
    match next(client).await {
        Some(Ok(Message::Text(seen))) => assert_eq!(seen.as_str(), text, "{why}"),
        other => panic!("{why}: {other:?} instead of {text}"),
    }
}

async fn expect_close(client: &mut Client, status: Option<(u16, &str)>, why: &str) {
    match next(client).await {
        Some(Ok(Message::Close(frame))) => {
            let seen = frame.as_ref().map(|frame| (frame.code.into(), frame.reason.as_str()));
            assert_eq!(seen, status, "{why}");
        }
        other => panic!("{why}: {other:?} instead of {status:?}"),
    }
}

/// Asks a question and gets its answer, so nothing else was on its way.
async fn expect_nothing_more(client: &mut Client, why: &str) {
    ask(client, PING).await;
    expect_text(client, PONG, why).await;
}

async fn start(library: Library) -> Server {
    Server::start(library).await.expect("a server on loopback")
}

async fn every_occurrence(library: Library, wanted: impl Fn(&Occurrence) -> bool) -> usize {
    let server = start(library).await;
    let mut count = 0;
    for (index, occurrence) in occurrences::all().into_iter().enumerate() {
        if !wanted(&occurrence) {
            continue;
        }
        count += 1;
        let why = format!("{}.{}", occurrence.catalog.name, occurrence.entry.name);
        let mut client = connect(&server).await;
        ask(&mut client, &raise(index)).await;
        if let Some(text) = occurrence.output.text() {
            expect_text(&mut client, text, &why).await;
        }
        match &occurrence.output.close {
            Some(close) => {
                let status = close.code().map(|code| (code.get(), close.reason()));
                expect_close(&mut client, status, &why).await;
                // actix keeps the stream open for a second, for clients that go on sending.
                if library != Library::Actix {
                    assert!(next(&mut client).await.is_none(), "{why}: the close is the end");
                }
            }
            None => expect_nothing_more(&mut client, &why).await,
        }
    }
    count
}

async fn a_soft_error_is_its_exact_text_and_the_connection_stays(library: Library) {
    let count = every_occurrence(library, |occurrence| {
        let soft = matches!(occurrence.entry.delivery, Delivery::Soft);
        assert!(!soft || occurrence.output.text().is_some() && occurrence.output.close.is_none());
        soft
    })
    .await;
    assert!(count > 50, "{count}");
}

async fn a_closing_error_is_its_exact_text_code_and_reason(library: Library) {
    let mut with_text = 0;
    let count = every_occurrence(library, |occurrence| {
        let closes = occurrence.output.close.is_some();
        assert_eq!(
            closes,
            matches!(occurrence.entry.delivery, Delivery::Close(_) | Delivery::SoftThenClose(_))
        );
        closes
    })
    .await;
    for occurrence in occurrences::all() {
        with_text += usize::from(
            matches!(occurrence.entry.delivery, Delivery::SoftThenClose(_))
                && occurrence.output.text().is_some(),
        );
    }
    assert!(count > 10 && with_text > 0, "{count}, {with_text}");
}

async fn an_observed_or_rejected_error_sends_nothing(library: Library) {
    let count = every_occurrence(library, |occurrence| {
        let silent = matches!(
            occurrence.entry.delivery,
            Delivery::Observed { .. } | Delivery::Rejected { .. }
        );
        assert_eq!(silent, occurrence.output.is_empty());
        silent
    })
    .await;
    assert!(count > 3, "{count}");
}

#[test]
fn every_entry_of_every_catalog_occurs() {
    let all = occurrences::all();
    for catalog in occurrences::catalogs() {
        for entry in catalog.entries {
            let occurs = all.iter().any(|occurrence| {
                occurrence.catalog.name == catalog.name && occurrence.entry.name == entry.name
            });
            assert!(occurs, "{}.{}", catalog.name, entry.name);
        }
    }
}

async fn bad_input_is_answered_with_an_error_and_the_connection_goes_on(library: Library) {
    let server = start(library).await;
    let mut client = connect(&server).await;
    let malformed = [
        ("", "EOF while parsing a value at line 1 column 0"),
        ("{", "EOF while parsing an object at line 1 column 1"),
        ("[1]", "invalid type: integer `1`, expected a string at line 1 column 2"),
        (r#"{"data":1}"#, "missing field `type` at line 1 column 10"),
        ("hello", "expected value at line 1 column 1"),
    ];
    for (request, reason) in malformed {
        ask(&mut client, request).await;
        let text = format!(
            r#"{{"type":"error","code":"malformed_message","message":"malformed message: {reason}"}}"#
        );
        expect_text(&mut client, &text, request).await;
    }

    let deep = "[".repeat(20_000);
    ask(&mut client, &deep).await;
    let Some(Ok(Message::Text(text))) = next(&mut client).await else { panic!("an answer") };
    assert!(text.starts_with(r#"{"type":"error","code":"malformed_message""#), "{text}");

    client.send(Message::binary(vec![0, 159, 146, 150])).await.expect("written");
    let text = r#"{"type":"error","code":"malformed_message","message":"malformed message: a binary message was not expected"}"#;
    expect_text(&mut client, text, "a binary message").await;

    ask(&mut client, r#"{"type":"pubish","requestId":"pub-2"}"#).await;
    let text = r#"{"type":"error","requestId":"pub-2","code":"unknown_type","message":"unknown type: pubish"}"#;
    expect_text(&mut client, text, "an unknown type").await;

    ask(&mut client, r#"{"type":"publish","requestId":"pub-3","channel":"room-1"}"#).await;
    let text = r#"{"type":"error","requestId":"pub-3","code":"missing_data","message":"missing field: data"}"#;
    expect_text(&mut client, text, "a missing field").await;

    expect_nothing_more(&mut client, "the connection is as good as new").await;
}

async fn a_message_too_large_is_closed_with_1009_and_the_next_connection_works(library: Library) {
    let server = start(library).await;
    // Large enough that most of it is still on its way when the server closes.
    for size in [MAX_MESSAGE + 1, 8 << 20] {
        let (mut sink, mut stream) = connect(&server).await.split();
        let sending = tokio::spawn(async move {
            // The server ends the connection before it has read all of it.
            let _ = sink.send(Message::binary(vec![0; size])).await;
        });
        match tokio::time::timeout(PATIENCE, stream.next()).await.expect("something in time") {
            Some(Ok(Message::Close(Some(frame)))) => {
                assert_eq!((u16::from(frame.code), frame.reason.as_str()), TOO_LARGE, "{size}");
            }
            other => panic!("{size}: {other:?}"),
        }
        // This answers the close, and waits for the server's end.
        while let Some(Ok(_)) = stream.next().await {}
        sending.await.expect("no panic");
    }
    // Of a message that can't be read nobody knows where it ends, but the answer to the close is found
    // behind it.
    let outcomes = HashMap::from([(Outcome::Acknowledged, 2)]);
    assert_eq!(server.outcomes.wait_for(2).await, outcomes);
    server.linger.idle().await;

    let mut client = connect(&server).await;
    expect_nothing_more(&mut client, "the server lives on").await;
}

/// When a client ends its connection without a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Vanishes {
    /// Nobody is there any more when the error is sent.
    BeforeTheError,
    /// After the text, while the close is on its way.
    BetweenTextAndClose,
    /// It has seen the close, and doesn't answer it.
    AfterTheClose,
}

async fn a_client_that_vanishes_costs_nobody_else_anything(library: Library) {
    // One that has both a text and a close.
    let (index, occurrence) = occurrences::all()
        .into_iter()
        .enumerate()
        .find(|(_, occurrence)| {
            occurrence.output.text().is_some() && occurrence.output.close.is_some()
        })
        .expect("an error that says something and closes");
    let text = occurrence.output.text().expect("a text");
    let server = start(library).await;
    let vanishings =
        [Vanishes::BeforeTheError, Vanishes::BetweenTextAndClose, Vanishes::AfterTheClose];
    for (when, reset) in vanishings.into_iter().flat_map(|when| [(when, false), (when, true)]) {
        let mut client = connect(&server).await;
        ask(&mut client, &raise(index)).await;
        let why = format!("{when:?}, reset: {reset}");
        if when != Vanishes::BeforeTheError {
            expect_text(&mut client, text, &why).await;
        }
        if when == Vanishes::AfterTheClose {
            let Some(Ok(Message::Close(_))) = next(&mut client).await else { panic!("{why}") };
        }
        if reset {
            let MaybeTlsStream::Plain(stream) = client.get_ref() else { panic!("no TLS") };
            stream.set_zero_linger().expect("set");
        }
        drop(client);
    }
    // What came of each is a race that the client may win, and of a reset that overtakes the request
    // the server needn't know anything. Nobody is waited for in the end.
    server.outcomes.wait_for(vanishings.len() * 2 - 1).await;
    server.linger.idle().await;

    let mut client = connect(&server).await;
    expect_nothing_more(&mut client, "the server lives on").await;
}

/// Each frame of a message counts with what it holds, also where the message never ends.
async fn a_peer_that_sends_one_endless_message_is_given_up_at_the_limit(library: Library) {
    let limits = Limits { bytes: 8 << 10, ..Limits::default() };
    let last_word = LastWord::Ours(Linger::new(limits));
    let server = Server::start_with(library, last_word, None).await.expect("a server");
    let closes = |one: &Occurrence| one.output.close.is_some();
    let index = occurrences::all().iter().position(closes).expect("an error that closes");
    let mut client = connect(&server).await;
    // The request, and behind it a binary message in frames of 1 KiB, under masks of zeros. All of it is
    // sent before the answer, because actix reads little of what comes later.
    let request = raise(index);
    let mut bytes = vec![0x81, 0x80 | request.len() as u8, 0, 0, 0, 0];
    assert!(request.len() < 126);
    bytes.extend(request.into_bytes());
    for first in [0x02].into_iter().chain([0x00; 31]) {
        bytes.extend([first, 0x80 | 126, 4, 0, 0, 0, 0, 0]);
        bytes.extend([b'x'; 1 << 10]);
    }
    client.get_mut().write_all(&bytes).await.expect("a socket takes so much");
    let outcomes = server.outcomes.wait_for(1).await;
    let flooded = Outcome::HandedOver(Unanswered::Flooded);
    assert_eq!(outcomes.into_keys().collect::<Vec<_>>(), [flooded]);
}

/// The same tests for each library.
macro_rules! tests {
    ($($module:ident: $library:ident, [$($test:ident),* $(,)?];)*) => {
        $(mod $module {
            use super::Library;

            $(#[tokio::test]
            async fn $test() {
                super::$test(Library::$library).await;
            })*
        })*
    };
}

tests! {
    tungstenite: Tungstenite, [
        a_soft_error_is_its_exact_text_and_the_connection_stays,
        a_closing_error_is_its_exact_text_code_and_reason,
        an_observed_or_rejected_error_sends_nothing,
        bad_input_is_answered_with_an_error_and_the_connection_goes_on,
        a_message_too_large_is_closed_with_1009_and_the_next_connection_works,
        a_client_that_vanishes_costs_nobody_else_anything,
    ];
    axum: Axum, [
        a_soft_error_is_its_exact_text_and_the_connection_stays,
        a_closing_error_is_its_exact_text_code_and_reason,
        an_observed_or_rejected_error_sends_nothing,
        bad_input_is_answered_with_an_error_and_the_connection_goes_on,
        a_message_too_large_is_closed_with_1009_and_the_next_connection_works,
        a_client_that_vanishes_costs_nobody_else_anything,
    ];
    fastwebsockets: Fastwebsockets, [
        a_soft_error_is_its_exact_text_and_the_connection_stays,
        a_closing_error_is_its_exact_text_code_and_reason,
        an_observed_or_rejected_error_sends_nothing,
        bad_input_is_answered_with_an_error_and_the_connection_goes_on,
        a_message_too_large_is_closed_with_1009_and_the_next_connection_works,
        a_client_that_vanishes_costs_nobody_else_anything,
        a_peer_that_sends_one_endless_message_is_given_up_at_the_limit,
    ];
    actix: Actix, [
        a_soft_error_is_its_exact_text_and_the_connection_stays,
        a_closing_error_is_its_exact_text_code_and_reason,
        an_observed_or_rejected_error_sends_nothing,
        bad_input_is_answered_with_an_error_and_the_connection_goes_on,
        a_peer_that_sends_one_endless_message_is_given_up_at_the_limit,
    ];
}
