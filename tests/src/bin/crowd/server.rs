//! A server in a process of its own, which stops as the page on sockets says.

use std::io;
use std::time::Duration;

use tests::servers::{LastWord, Library, Server};
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::signal::unix::{SignalKind, signal};
use ws_errors::transport::Linger;

/// How long the last words may take.
const GRACE: Duration = Duration::from_secs(30);

/// Says where it listens, serves until SIGTERM, and says how many it had to cut off.
pub(crate) async fn run(library: &str, design: &str) -> io::Result<()> {
    let linger = Linger::default();
    let last_word = match design {
        "split" => LastWord::Split(linger.clone()),
        _ => LastWord::Ours(linger.clone()),
    };
    let library = Library::ALL
        .into_iter()
        .find(|one| one.name() == library)
        .ok_or_else(|| io::Error::other("no such library"))?;
    let mut terminate = signal(SignalKind::terminate())?;
    let server = Server::start_with(library, last_word, None).await?;
    println!("{}", server.url());
    let mut lines = BufReader::new(tokio::io::stdin()).lines();
    let lingering = linger.clone();
    tokio::spawn(async move {
        // Says when so many linger.
        while let Ok(Some(line)) = lines.next_line().await {
            while lingering.count() < line.parse().unwrap_or(0) {
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
            println!("{line} linger");
        }
    });
    terminate.recv().await;
    println!("{}", linger.shutdown(GRACE).await);
    // Whoever reads standard input can't be asked to end.
    std::process::exit(0);
}
