//! Who loses the last word: servers × what clients do × clients, as a table.
//!
//! `matrix --help` tells how it is run. The clients are processes of their own, several of each,
//! because one busy client hides the loss.

mod browser;
mod client;
mod scenario;
mod table;
mod worker;

use std::error::Error;
use std::time::{Duration, Instant};

use lexopt::prelude::*;
use scenario::Scenario;
use table::{Cell, Table};
use tests::process::{Usage, count_panics, panics};
use tests::servers::{Baseline, LastWord, Library, Server};
use tokio::net::TcpStream;
use tokio_tungstenite::client_async;
use worker::{Job, Kind, Worker};
use ws_errors::transport::{Limits, Linger, Outcome};

const HELP: &str = "\
Usage: matrix [--connections N] [--processes N] [--clients NAME,…] [--servers NAME,…]

Measures how many clients lose text, code or reason of an error that closes, and prints a table.
It fails when tokio-tungstenite or axum lose anything with this project's delivery, or when the
naive servers lose nothing, because then the test could not have failed.

  --connections N   connections a cell (500)
  --processes N     processes of each kind of client (4)
  --clients NAME,…  tokio-tungstenite, node, python, chromium (all)
  --servers NAME,…  tokio-tungstenite, axum, fastwebsockets, actix-ws (all)
";

struct Options {
    connections: usize,
    processes: usize,
    clients: Vec<Kind>,
    servers: Vec<Library>,
}

fn options() -> Result<Option<Options>, lexopt::Error> {
    let mut options = Options {
        connections: 500,
        processes: 4,
        clients: Kind::ALL.to_vec(),
        servers: Library::ALL.to_vec(),
    };
    let mut parser = lexopt::Parser::from_env();
    while let Some(argument) = parser.next()? {
        match argument {
            Long("connections") => options.connections = parser.value()?.parse()?,
            Long("processes") => options.processes = parser.value()?.parse()?,
            Long("clients") => options.clients = named(&mut parser, Kind::named)?,
            Long("servers") => {
                let library = |name: &str| Library::ALL.into_iter().find(|it| it.name() == name);
                options.servers = named(&mut parser, library)?;
            }
            Long("help") => return Ok(None),
            // What it starts itself with, to have clients in processes of their own.
            Value(value) if value == "client" => {
                options.processes = 0;
                return Ok(Some(options));
            }
            other => return Err(other.unexpected()),
        }
    }
    Ok(Some(options))
}

/// A list of names, with commas between them.
fn named<T>(
    parser: &mut lexopt::Parser,
    find: impl Fn(&str) -> Option<T>,
) -> Result<Vec<T>, lexopt::Error> {
    let names = parser.value()?.string()?;
    let found = names.split(',').map(|name| {
        find(name).ok_or_else(|| format!("there is no {name}; see matrix --help").into())
    });
    found.collect()
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    match options()? {
        None => print!("{HELP}"),
        Some(options) if options.processes == 0 => client::run().await?,
        Some(options) => run(&options).await?,
    }
    Ok(())
}

/// The servers, each with its last word as this project says it, or as people do.
const SERVERS: [(Library, Option<Baseline>); 9] = [
    (Library::Tungstenite, None),
    (Library::Axum, None),
    (Library::Tungstenite, Some(Baseline::SendSendDrop)),
    (Library::Tungstenite, Some(Baseline::FlushDrop)),
    (Library::Axum, Some(Baseline::SendSendDrop)),
    (Library::Fastwebsockets, None),
    (Library::Fastwebsockets, Some(Baseline::SendSendDrop)),
    (Library::Actix, None),
    (Library::Actix, Some(Baseline::SendSendDrop)),
];

/// Whether this project promises that nothing is lost.
fn is_promised(library: Library, baseline: Option<Baseline>) -> bool {
    baseline.is_none() && matches!(library, Library::Tungstenite | Library::Axum)
}

async fn run(options: &Options) -> Result<(), Box<dyn Error>> {
    count_panics();
    let started = Instant::now();
    let mut table = Table::new(&options.clients);
    for kind in &options.clients {
        let mut workers = worker::start(*kind, options.processes).await?;
        let servers = SERVERS.iter().filter(|(library, _)| options.servers.contains(library));
        for &(library, baseline) in servers {
            for scenario in Scenario::ALL {
                let cell = measure(&mut workers, library, baseline, scenario, options).await?;
                eprintln!(
                    "{} | {} | {} | {cell} {}",
                    kind.name(),
                    server_name(library, baseline),
                    scenario.name(),
                    cell.sample
                );
                table.set(server_name(library, baseline), scenario, *kind, cell);
            }
        }
    }
    print!("{table}");

    println!("\nClients that never read, given up at the deadline:\n");
    let mut given_up = true;
    for library in [Library::Tungstenite, Library::Axum] {
        let number = stalled(library, STALLED).await?;
        given_up &= number == STALLED;
        println!("- {}: {number} of {STALLED}", library.name());
    }
    eprintln!("{} s", started.elapsed().as_secs());
    verdict(&table, given_up)
}

/// How many clients stall.
const STALLED: usize = 100;

/// How many more descriptors than before may be open after a cell: a browser keeps a few connections
/// to the page that gives it its jobs. What leaks, leaks with each connection.
const SLACK: usize = 8;

fn verdict(table: &Table, given_up: bool) -> Result<(), Box<dyn Error>> {
    if panics() > 0 {
        return Err(format!("{} tasks panicked", panics()).into());
    }
    let lost_of =
        |promised: bool| -> usize {
            SERVERS
                .iter()
                .filter(|(library, baseline)| {
                    if promised { is_promised(*library, *baseline) } else { baseline.is_some() }
                })
                .map(|(library, baseline)| table.lost(&server_name(*library, *baseline)))
                .sum()
        };
    match (lost_of(true), lost_of(false), given_up) {
        (0, 1.., true) => Ok(()),
        (0, 0, _) => Err("the naive servers lost nothing, so this run proves nothing".into()),
        (0, _, _) => Err("a client that never reads was not given up at the deadline".into()),
        (lost, _, _) => Err(format!("{lost} clients lost the last word").into()),
    }
}

fn server_name(library: Library, baseline: Option<Baseline>) -> String {
    let how = match baseline {
        None => "ws-errors",
        Some(Baseline::SendSendDrop) => "send, send, drop",
        Some(Baseline::FlushDrop) => "one flush, drop",
    };
    format!("{}: {how}", library.name())
}

async fn measure(
    workers: &mut [Worker],
    library: Library,
    baseline: Option<Baseline>,
    scenario: Scenario,
    options: &Options,
) -> Result<Cell, Box<dyn Error>> {
    let before = Usage::now()?;
    let last_word = baseline.map_or_else(|| LastWord::Ours(Linger::default()), LastWord::Naive);
    let server = Server::start_with(library, last_word).await?;
    let shares = scenario::shares(options.connections, workers.len());
    let jobs = workers.iter_mut().zip(shares).map(|(worker, connections)| {
        let job = scenario.job(server.url(), connections);
        async move { worker.run(&job).await }
    });
    let mut cell = Cell::default();
    for result in futures_util::future::join_all(jobs).await {
        let result = result?;
        cell.lost += result.lost;
        if !result.sample.is_empty() {
            cell.sample = result.sample;
        }
    }
    cell.connections = options.connections;
    // Nobody lingers for ever, whatever the clients did.
    tokio::time::timeout(Duration::from_secs(60), server.linger.idle()).await?;
    drop(server);
    let after = Usage::settled(before.descriptors + SLACK).await?;
    if after.descriptors > before.descriptors + SLACK && is_promised(library, baseline) {
        let name = server_name(library, baseline);
        return Err(format!("{name} keeps descriptors: {before:?}, {after:?}").into());
    }
    Ok(cell)
}

/// Connects clients that never read, and returns how many are given up at the deadline.
async fn stalled(library: Library, clients: usize) -> Result<usize, Box<dyn Error>> {
    let deadline = Duration::from_secs(1);
    let linger = Linger::new(Limits { deadline, ..Limits::default() });
    let server = Server::start_with(library, LastWord::Ours(linger)).await?;
    let Job { request, .. } = Scenario::Backlog.job(server.url(), 1);
    let started = Instant::now();
    let mut sockets = Vec::new();
    for _ in 0..clients {
        let stream = TcpStream::connect(server.address).await?;
        let (mut socket, _) = client_async(server.url(), stream).await?;
        futures_util::SinkExt::send(&mut socket, request.clone().into()).await?;
        sockets.push(socket);
    }
    let outcomes =
        tokio::time::timeout(Duration::from_secs(60), server.outcomes.wait_for(clients)).await?;
    assert!(started.elapsed() >= deadline, "given up too early");
    Ok(outcomes.get(&Outcome::TimedOut).copied().unwrap_or(0))
}
