//! Ten thousand connections on one server, each raising 100 soft errors, and then one that closes.
//!
//! `crowd --help` says how it is run.

mod attack;
mod client;
mod clients;
mod server;
mod stop;

use std::error::Error;
use std::time::{Duration, Instant};

use clients::{Clients, ask_all};
use lexopt::prelude::*;
use peak_alloc::PeakAlloc;
use tests::process::{Usage, count_panics, panics};
use tests::servers::{LastWord, Library, Server};
use ws_errors::transport::{Limits, Linger, Outcome};

/// Counts what is allocated: an allocator keeps memory that was given back, so the process's size
/// says nothing.
#[global_allocator]
static ALLOCATED: PeakAlloc = PeakAlloc;

/// How much more may be allocated after a round than before the first: the runtime's own queues and
/// tables, which have grown once, and don't shrink. A connection takes several KiB.
const SLACK: usize = 64 << 10;

const HELP: &str = "\
Usage: crowd [--connections N] [--errors N] [--processes N] [--rounds N]
       crowd stop [--connections N] [--processes N]
       crowd attack

Holds N connections open at once, from several client processes. Each connection raises soft errors,
and then one that closes. Fails where one of them is missing, out of order or not exact, where a last
word is not acknowledged, or where tasks, descriptors or memory are not given back.

With `stop`, servers in processes of their own are sent SIGTERM while N clients (500) send, or linger.
With `attack`, peers never read, or never end a message, and others have to lose nothing.

  --connections N   connections at once (10000); the limit of open files must be higher
  --errors N        soft errors of each connection (100)
  --processes N     client processes (4)
  --rounds N        how often it all is repeated, to see whether memory grows (2)
";

struct Options {
    connections: usize,
    errors: usize,
    processes: usize,
    rounds: usize,
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let mut options = Options { connections: 10_000, errors: 100, processes: 4, rounds: 2 };
    let mut stops = false;
    let mut parser = lexopt::Parser::from_env();
    while let Some(argument) = parser.next()? {
        match argument {
            Long("connections") => options.connections = parser.value()?.parse()?,
            Long("errors") => options.errors = parser.value()?.parse()?,
            Long("processes") => options.processes = parser.value()?.parse::<usize>()?.max(1),
            Long("rounds") => options.rounds = parser.value()?.parse()?,
            Long("help") => {
                print!("{HELP}");
                return Ok(());
            }
            Value(value) if value == "stop" => {
                options.connections = 500;
                stops = true;
            }
            Value(value) if value == "attack" => return attack::run().await,
            // What it starts itself with, to have clients and servers in processes of their own.
            Value(value) if value == "client" => return Ok(client::run().await?),
            Value(value) if value == "server" => {
                let library = parser.value()?.string()?;
                return Ok(server::run(&library, &parser.value()?.string()?).await?);
            }
            other => return Err(other.unexpected().into()),
        }
    }
    if stops {
        return stop::run(options.connections, options.processes).await;
    }
    run(&options).await
}

async fn run(options: &Options) -> Result<(), Box<dyn Error>> {
    count_panics();
    let limits = Limits {
        stall: Duration::from_secs(60),
        deadline: Duration::from_secs(60),
        sockets: options.connections,
        sockets_per_peer: options.connections,
        ..Limits::default()
    };
    let server =
        Server::start_with(Library::Tungstenite, LastWord::Ours(Linger::new(limits)), None).await?;
    let mut clients = Vec::new();
    for _ in 0..options.processes {
        clients.push(Clients::start()?);
    }
    // Catalogs are unfolded at their first use, and stay.
    drop(tests::occurrences::all());
    let before = Usage::now()?;
    let allocated = ALLOCATED.current_usage();
    println!(
        "| | connections | errors | s | errors / s | allocated, KiB | resident, MiB | descriptors |"
    );
    println!("|---|---|---|---|---|---|---|---|");
    let row = |what: &str, connections: usize, errors: &str, usage: Usage| {
        println!(
            "| {what} | {connections} | {errors} | {} | {} | {} |",
            ALLOCATED.current_usage() / 1024,
            usage.mebibytes(),
            usage.descriptors
        );
    };
    row("before", 0, "| |", before);

    let share = |index: usize| {
        options.connections / options.processes
            + usize::from(index < options.connections % options.processes)
    };
    let mut lost = Vec::new();
    let mut after = before;
    let mut kept = 0;
    for round in 1..=options.rounds {
        ask_all(&mut clients, |index| format!("connect {} {}", server.url(), share(index))).await?;
        row(&format!("round {round}: all open"), options.connections, "| |", Usage::now()?);
        let started = Instant::now();
        let answers = ask_all(&mut clients, |_| format!("raise {}", options.errors)).await?;
        let seconds = started.elapsed().as_secs_f64();
        lost.extend(answers.into_iter().filter(|answer| answer != "exact"));
        let outcomes = server.outcomes.wait_for(round * options.connections).await;
        server.linger.idle().await;
        after = Usage::settled(before.descriptors).await?;
        let errors = options.connections * (options.errors + 1);
        let figures = format!("{errors} | {seconds:.1} | {:.0}", errors as f64 / seconds);
        row(&format!("round {round}: all closed"), 0, &figures, after);
        kept = kept.max(ALLOCATED.current_usage().saturating_sub(allocated));
        let acknowledged = outcomes.get(&Outcome::Acknowledged).copied().unwrap_or(0);
        if acknowledged != round * options.connections {
            lost.push(format!("{outcomes:?}"));
        }
    }
    if let Some(loss) = lost.first() {
        return Err(format!("not everything arrived: {loss}").into());
    }
    if panics() > 0 {
        return Err(format!("{} tasks panicked", panics()).into());
    }
    if after.descriptors > before.descriptors {
        return Err("descriptors were not given back".into());
    }
    if kept > SLACK {
        return Err(format!("{kept} bytes were not given back").into());
    }
    Ok(())
}
