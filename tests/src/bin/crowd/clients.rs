//! Client processes, as their parent sees them.

use std::io;
use std::process::Stdio;

use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader, Lines};
use tokio::process::{Child, ChildStdin, ChildStdout, Command};

/// A client process: gets its orders line by line, and answering likewise.
pub(crate) struct Clients {
    _child: Child,
    input: ChildStdin,
    output: Lines<BufReader<ChildStdout>>,
}

impl Clients {
    pub(crate) fn start() -> io::Result<Self> {
        let mut child = Command::new(std::env::current_exe()?)
            .arg("client")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()?;
        match (child.stdin.take(), child.stdout.take()) {
            (Some(input), Some(output)) => {
                Ok(Self { _child: child, input, output: BufReader::new(output).lines() })
            }
            _ => Err(io::ErrorKind::BrokenPipe.into()),
        }
    }

    pub(crate) async fn ask(&mut self, line: String) -> io::Result<String> {
        self.input.write_all(line.as_bytes()).await?;
        self.input.write_all(b"\n").await?;
        let answer = self.output.next_line().await?;
        answer.ok_or_else(|| io::Error::other("a client process ended by itself"))
    }
}

/// The same question to every process, at the same time.
pub(crate) async fn ask_all(
    clients: &mut [Clients],
    question: impl Fn(usize) -> String,
) -> io::Result<Vec<String>> {
    let asked = clients.iter_mut().enumerate().map(|(index, clients)| clients.ask(question(index)));
    futures_util::future::try_join_all(asked).await
}
