//! Peers that stall or flood, and how many may linger.

use super::*;

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
