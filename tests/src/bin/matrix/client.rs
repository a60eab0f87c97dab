//! The Rust client, in a process of its own.

use std::error::Error;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use futures_util::{SinkExt, StreamExt};
use tokio::io::{AsyncBufReadExt, AsyncRead, AsyncWrite, BufReader};
use tokio::net::TcpStream;
use tokio::task::JoinSet;
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, ServerName};
use tokio_rustls::rustls::{ClientConfig, RootCertStore};
use tokio_tungstenite::client_async;
use tokio_tungstenite::tungstenite::Message;

use crate::worker::{Job, JobResult};

/// How long it waits for the server to end the stream after the closing handshake.
const PATIENCE: Duration = Duration::from_secs(10);

/// Does what standard input says, a job a line, and writes the results to standard output.
pub(crate) async fn run() -> std::io::Result<()> {
    let mut lines = BufReader::new(tokio::io::stdin()).lines();
    while let Some(line) = lines.next_line().await? {
        let job: Arc<Job> = Arc::new(serde_json::from_str(&line)?);
        let started = Arc::new(AtomicUsize::new(0));
        let mut lanes = JoinSet::new();
        for _ in 0..job.parallel {
            let (job, started) = (Arc::clone(&job), Arc::clone(&started));
            lanes.spawn(async move {
                let mut losses = Vec::new();
                while started.fetch_add(1, Ordering::Relaxed) < job.connections {
                    losses.extend(connection(&job).await.err());
                }
                losses
            });
        }
        let losses: Vec<String> = lanes.join_all().await.into_iter().flatten().collect();
        let sample = losses.last().cloned().unwrap_or_default();
        println!("{}", serde_json::to_string(&JobResult { lost: losses.len(), sample })?);
    }
    Ok(())
}

async fn connection(job: &Job) -> Result<(), String> {
    let result = match job.url.starts_with("wss:") {
        false => connect(job).await.map(|stream| converse(stream, job)),
        true => return over_tls(job).await.map_err(|error| error.to_string())?,
    };
    result.map_err(|error| error.to_string())?.await
}

async fn connect(job: &Job) -> std::io::Result<TcpStream> {
    let address = job.url.split('/').nth(2).unwrap_or_default();
    TcpStream::connect(address).await
}

async fn over_tls(job: &Job) -> Result<Result<(), String>, Box<dyn Error>> {
    let certificate = std::env::var("WS_ERRORS_CERTIFICATE")?;
    let mut roots = RootCertStore::empty();
    roots.add(CertificateDer::from_pem_slice(certificate.as_bytes())?)?;
    let config = ClientConfig::builder().with_root_certificates(roots).with_no_client_auth();
    let name = ServerName::try_from("localhost")?;
    let stream = TlsConnector::from(Arc::new(config)).connect(name, connect(job).await?).await?;
    Ok(converse(stream, job).await)
}

/// Fails with what it saw, where that is not exactly what it had to see.
async fn converse<S>(stream: S, job: &Job) -> Result<(), String>
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let (socket, _) = client_async(&job.url, stream).await.map_err(|error| error.to_string())?;
    let (mut sink, mut stream) = socket.split();
    let mut first: Vec<Message> =
        job.oversized.iter().map(|size| Message::binary(vec![0; *size])).collect();
    if first.is_empty() {
        first.push(Message::text(job.request.clone()));
    }
    let sending = job.sending;
    let writer = tokio::spawn(async move {
        let load = format!(r#"{{"type":"load","data":"{}"}}"#, "x".repeat(4000));
        let mut sent = Ok(());
        for message in first {
            sent = sent.and(sink.send(message).await);
        }
        while sending && sent.is_ok() {
            sent = sink.send(Message::text(load.clone())).await;
            tokio::task::yield_now().await;
        }
        sink
    });
    let mut texts = Vec::new();
    let mut status = None;
    let mut end = String::new();
    loop {
        if job.slow {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        match stream.next().await {
            Some(Ok(Message::Text(text))) => texts.push(text),
            Some(Ok(Message::Close(frame))) => {
                status = frame.map(|frame| (u16::from(frame.code), frame.reason));
                // This answers it, and ends when the server does; it needn't, to be a close.
                let _ = tokio::time::timeout(PATIENCE, stream.next()).await;
                break;
            }
            Some(Ok(_)) => {}
            Some(Err(error)) => {
                end = error.to_string();
                break;
            }
            None => break,
        }
    }
    drop(stream);
    writer.abort();
    let exact = match &status {
        Some((code, reason)) => *code == job.code && reason.as_str() == job.reason,
        None => false,
    };
    let text = match &job.text {
        Some(expected) => texts.len() == 1 && texts[0].as_str() == expected,
        None => texts.is_empty(),
    };
    if exact && text {
        return Ok(());
    }
    Err(format!("{} texts, {status:?} {end}", texts.len()))
}
