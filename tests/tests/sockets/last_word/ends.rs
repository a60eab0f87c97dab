//! Servers that stop, tasks that are cancelled, and when a stream ends.

use super::*;

/// The quiet moment of these tests.
const QUIET: Duration = Duration::from_millis(300);

fn patient_and_quiet() -> Linger {
    linger(Limits { quiet: QUIET, stall: PATIENCE, deadline: PATIENCE, ..Limits::default() })
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
