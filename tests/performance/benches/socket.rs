//! What errors cost through a real socket: a thousand of them over loopback, written and read on one
//! core, beside the same bytes made beforehand.

use catalog::metered::Correlation;
use divan::{Bencher, black_box};
use futures_util::{SinkExt as _, StreamExt as _};
use performance::errors::{self, REQUEST_ID};
use tokio::net::{TcpListener, TcpStream};
use tokio::runtime::{Builder, Runtime};
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::protocol::Role;
use ws_errors::Envelope as _;

fn main() {
    divan::main();
}

const ERRORS: usize = 1000;

type Socket = WebSocketStream<TcpStream>;

/// Both ends of a connection.
async fn pair() -> std::io::Result<(Socket, Socket)> {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
    let client = TcpStream::connect(listener.local_addr()?).await?;
    let (server, _) = listener.accept().await?;
    Ok((
        WebSocketStream::from_raw_socket(server, Role::Server, None).await,
        WebSocketStream::from_raw_socket(client, Role::Client, None).await,
    ))
}

/// Sends as many messages as make a thousand, and reads them at the other end.
fn through(bencher: Bencher<'_, '_>, message: impl Fn() -> Message) {
    let runtime: Runtime = Builder::new_current_thread().enable_io().build().expect("a runtime");
    let (mut server, mut client) = runtime.block_on(pair()).expect("a connection");
    bencher.bench_local(|| {
        runtime.block_on(async {
            let write = async {
                for _ in 0..ERRORS {
                    server.send(message()).await.expect("it is sent");
                }
            };
            let read = async {
                for _ in 0..ERRORS {
                    black_box(client.next().await.expect("a message").expect("a message"));
                }
            };
            futures_util::future::join(write, read).await;
        });
    });
}

#[divan::bench(sample_count = 100, sample_size = 1)]
fn encoded(bencher: Bencher<'_, '_>) {
    let error = errors::metered();
    let cx = Correlation { request_id: Some(REQUEST_ID) };
    through(bencher, || {
        let output = black_box(&error).encode(black_box(&cx));
        output.frame.map(Message::from).expect("a frame")
    });
}

#[divan::bench(sample_count = 100, sample_size = 1)]
fn precomputed(bencher: Bencher<'_, '_>) {
    let cx = Correlation { request_id: Some(REQUEST_ID) };
    let message = Message::from(errors::metered().encode(&cx).frame.expect("a frame"));
    through(bencher, || black_box(&message).clone());
}
