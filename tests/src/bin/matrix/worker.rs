//! Client processes: each takes jobs, and reports what came of them.

use std::io;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use serde::{Deserialize, Serialize};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader, Lines};
use tokio::process::{Child, ChildStdin, ChildStdout, Command};

use crate::browser::{self, Browser, Page};

/// What a client process has to do, and what each of its connections has to see.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Job {
    pub(crate) url: String,
    pub(crate) connections: usize,
    /// How many of them at once.
    pub(crate) parallel: usize,
    /// What makes the server say its last word.
    pub(crate) request: String,
    /// The sizes of the binary messages that are sent instead.
    pub(crate) oversized: Vec<usize>,
    /// Whether it goes on sending after that.
    pub(crate) sending: bool,
    /// Whether it takes its time to read.
    pub(crate) slow: bool,
    /// The text that it has to see, where there is one.
    pub(crate) text: Option<String>,
    pub(crate) code: u16,
    pub(crate) reason: String,
}

/// What came of a job.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct JobResult {
    /// The connections that did not see exactly what they had to.
    pub(crate) lost: usize,
    /// What one of them saw instead.
    pub(crate) sample: String,
}

/// The clients.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Kind {
    Tungstenite,
    Node,
    Python,
    Chromium,
    Firefox,
}

impl Kind {
    pub(crate) const ALL: [Self; 5] =
        [Self::Tungstenite, Self::Node, Self::Python, Self::Chromium, Self::Firefox];

    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Tungstenite => "tokio-tungstenite",
            Self::Node => "node",
            Self::Python => "python",
            Self::Chromium => "chromium",
            Self::Firefox => "firefox",
        }
    }

    pub(crate) fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

/// The folder with the clients that are not written in Rust.
pub(crate) fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("sockets")
}

/// A client process.
pub(crate) enum Worker {
    Process { _child: Child, input: ChildStdin, output: Lines<BufReader<ChildStdout>> },
    Browser(Page),
}

/// Starts client processes of one kind; they end when they are dropped.
///
/// They trust a certificate that has this PEM.
pub(crate) async fn start(kind: Kind, number: usize, certificate: &str) -> io::Result<Vec<Worker>> {
    let process = || match kind {
        Kind::Node => {
            let mut command = Command::new("node");
            command.arg(folder().join("client.mjs"));
            Ok(command)
        }
        Kind::Python => {
            let mut command = Command::new(folder().join(".venv/bin/python"));
            command.arg(folder().join("client.py"));
            Ok(command)
        }
        Kind::Tungstenite | Kind::Chromium | Kind::Firefox => {
            let mut command = Command::new(std::env::current_exe()?);
            command.arg("client");
            io::Result::Ok(command)
        }
    };
    let browser = match kind {
        Kind::Chromium => Some(Browser::Chromium),
        Kind::Firefox => Some(Browser::Firefox),
        _ => None,
    };
    if let Some(browser) = browser {
        let pages = browser::start(browser, number, certificate).await?;
        return Ok(pages.into_iter().map(Worker::Browser).collect());
    }
    (0..number)
        .map(|_| {
            let mut child = process()?
                .env("WS_ERRORS_CERTIFICATE", certificate)
                .stdin(Stdio::piped())
                .stdout(Stdio::piped())
                .kill_on_drop(true)
                .spawn()
                .map_err(|error| {
                    io::Error::other(format!(
                        "can't start the {} client: {error}; run tests/sockets/setup",
                        kind.name()
                    ))
                })?;
            let (Some(input), Some(output)) = (child.stdin.take(), child.stdout.take()) else {
                return Err(io::ErrorKind::BrokenPipe.into());
            };
            let output = BufReader::new(output).lines();
            Ok(Worker::Process { _child: child, input, output })
        })
        .collect()
}

impl Worker {
    /// Has it do a job.
    pub(crate) async fn run(&mut self, job: &Job) -> io::Result<JobResult> {
        let mut line = serde_json::to_string(job)?;
        let result = match self {
            Self::Process { input, output, .. } => {
                line.push('\n');
                input.write_all(line.as_bytes()).await?;
                input.flush().await?;
                output.next_line().await?
            }
            Self::Browser(page) => page.run(line).await,
        };
        let result = result.ok_or_else(|| io::Error::other("a client process ended by itself"))?;
        Ok(serde_json::from_str(&result)?)
    }
}
