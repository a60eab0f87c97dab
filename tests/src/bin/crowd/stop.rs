//! Servers that are stopped while hundreds of clients are connected.

use std::error::Error;
use std::process::Stdio;
use std::time::{Duration, Instant};

use tests::servers::Library;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::process::Command;
use tokio::time::timeout;

use crate::clients::{Clients, ask_all};

/// Nothing takes longer.
const PATIENCE: Duration = Duration::from_secs(60);

/// Prints a table, and fails where a client has lost its last word.
pub(crate) async fn run(connections: usize, processes: usize) -> Result<(), Box<dyn Error>> {
    println!("| SIGTERM: server | clients | lost | cut off | s |\n|---|---|---|---|---|");
    let mut lost = Vec::new();
    for library in [Library::Tungstenite, Library::Axum] {
        for design in ["deliver", "split"] {
            for clients in ["sending", "lingering"] {
                let name = format!("{}: {design}", library.name());
                let (losses, cut_off, seconds) =
                    measure(library, design, clients, connections, processes).await?;
                let number = losses.iter().map(|(number, _)| number).sum::<usize>();
                println!(
                    "| {name} | {connections} {clients} | {number} | {cut_off} | {seconds:.1} |"
                );
                let seen = losses.into_iter().filter(|(number, _)| *number > 0);
                lost.extend(seen.map(|(_, seen)| format!("{name}, {clients}: {seen}")));
                if cut_off != "0" {
                    lost.push(format!("{name}, {clients}: {cut_off} were cut off"));
                }
            }
        }
    }
    match lost.first() {
        None => Ok(()),
        Some(lost) => Err(lost.clone().into()),
    }
}

type Losses = Vec<(usize, String)>;

async fn measure(
    library: Library,
    design: &str,
    clients: &str,
    connections: usize,
    processes: usize,
) -> Result<(Losses, String, f64), Box<dyn Error>> {
    let mut server = Command::new(std::env::current_exe()?)
        .args(["server", library.name(), design])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .kill_on_drop(true)
        .spawn()?;
    let output = server.stdout.take().ok_or("the server has no output")?;
    let mut said = BufReader::new(output).lines();
    let url = said.next_line().await?.ok_or("the server did not start")?;

    let mut processes = (0..processes).map(|_| Clients::start()).collect::<Result<Vec<_>, _>>()?;
    let share = connections / processes.len();
    ask_all(&mut processes, |_| format!("connect {url} {share}")).await?;
    let (before, expected) = match clients {
        "sending" => ("send", "going_away"),
        _ => ("ask", "unauthorized"),
    };
    ask_all(&mut processes, |_| before.to_owned()).await?;
    if before == "ask" {
        let mut input = server.stdin.take().ok_or("the server has no input")?;
        input.write_all(format!("{}\n", share * processes.len()).as_bytes()).await?;
        timeout(PATIENCE, said.next_line()).await??;
    }
    let id = server.id().ok_or("the server has ended by itself")?.to_string();
    let started = Instant::now();
    if !Command::new("kill").args(["-TERM", &id]).status().await?.success() {
        return Err("the server can't be stopped".into());
    }
    let answers = timeout(PATIENCE, ask_all(&mut processes, |_| format!("expect {expected}")));
    let mut losses = Vec::new();
    for answer in answers.await?? {
        let (number, seen) = answer.split_once(' ').unwrap_or((&answer, ""));
        losses.push((number.parse()?, seen.to_owned()));
    }
    let cut_off = timeout(PATIENCE, said.next_line()).await??.unwrap_or_default();
    timeout(PATIENCE, server.wait()).await??;
    Ok((losses, cut_off, started.elapsed().as_secs_f64()))
}
