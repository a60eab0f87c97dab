//! Peers that vanish, or close first.

use super::*;

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
