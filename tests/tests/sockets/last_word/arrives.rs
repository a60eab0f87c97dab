//! What arrives, whatever the peer does.

use super::*;

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
