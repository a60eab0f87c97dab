//! Who loses the last word: servers × what clients do × clients, as a table.
//!
//! `matrix --help` says how it is run. The clients are processes of their own, several of each,
//! because one busy client hides the loss.

mod browser;
mod client;
mod path;
mod row;
mod scenario;
mod table;
mod worker;

use std::error::Error;
use std::time::{Duration, Instant};

use lexopt::prelude::*;
use path::Path;
use row::Row;
use scenario::Scenario;
use table::{Cell, Table};
use tests::process::{Usage, count_panics, panics};
use tests::servers::tls::Identity;
use tests::servers::{LastWord, Library, Server};
use tokio::net::TcpStream;
use tokio_tungstenite::client_async;
use worker::{Job, Kind, Worker};
use ws_errors::transport::{Limits, Linger, Outcome, Unanswered};

const HELP: &str = "\
Usage: matrix [--connections N] [--naive N] [--processes N]
              [--clients NAME,…] [--paths NAME,…] [--servers NAME,…] [--scenarios NAME,…]

Measures how many clients lose text, code or reason of an error that closes, and prints a table.
It fails when tokio-tungstenite or axum lose anything with this project's delivery, or when the
naive servers lose nothing, because then the test could not have failed.

  --connections N     connections a cell (500)
  --naive N           connections a cell of a naive server (as many)
  --processes N       processes of each kind of client (4)
  --clients NAME,…    tokio-tungstenite, node, python, chromium, firefox (all)
  --paths NAME,…      direct, tls, nginx, nginx+tls, haproxy, haproxy+tls, caddy, caddy+tls (all)
  --servers NAME,…    rows of the table, or how their names begin (all)
  --scenarios NAME,…  what clients do, or how that begins (all)
";

struct Options {
    connections: usize,
    naive: Option<usize>,
    processes: usize,
    clients: Vec<Kind>,
    paths: Vec<Path>,
    rows: Vec<Row>,
    scenarios: Vec<Scenario>,
}

fn options() -> Result<Option<Options>, lexopt::Error> {
    let mut options = Options {
        connections: 500,
        naive: None,
        processes: 4,
        clients: Kind::ALL.to_vec(),
        paths: Path::ALL.to_vec(),
        rows: Row::ALL.to_vec(),
        scenarios: Scenario::ALL.to_vec(),
    };
    let mut parser = lexopt::Parser::from_env();
    while let Some(argument) = parser.next()? {
        match argument {
            Long("connections") => options.connections = parser.value()?.parse()?,
            Long("processes") => options.processes = parser.value()?.parse()?,
            Long("clients") => options.clients = named(&mut parser, Kind::named)?,
            Long("naive") => options.naive = Some(parser.value()?.parse()?),
            Long("paths") => options.paths = named(&mut parser, Path::named)?,
            Long("servers") => {
                options.rows = named(&mut parser, Row::named)?.into_iter().flatten().collect();
            }
            Long("scenarios") => {
                let scenario =
                    |name: &str| Scenario::ALL.into_iter().find(|it| it.name().starts_with(name));
                options.scenarios = named(&mut parser, scenario)?;
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

async fn run(options: &Options) -> Result<(), Box<dyn Error>> {
    count_panics();
    let started = Instant::now();
    let identity = Identity::new()?;
    let mut table = Table::new(&options.clients);
    let mut clients = Vec::new();
    for kind in &options.clients {
        let workers = worker::start(*kind, options.processes, &identity.authority()).await?;
        clients.push((*kind, workers));
    }
    for &path in &options.paths {
        for &row in options.rows.iter().filter(|row| row.takes(path)) {
            measure(&mut clients, path, row, options, &identity, &mut table).await?;
        }
    }
    print!("{table}");

    println!("\nClients that never read, given up when they had stalled:\n");
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
const SLACK: usize = 32;

fn verdict(table: &Table, given_up: bool) -> Result<(), Box<dyn Error>> {
    if panics() > 0 {
        return Err(format!("{} tasks panicked", panics()).into());
    }
    let naive = |row: Row| !row.is_ours();
    let lost = (table.lost(Row::is_promised), table.lost(naive), given_up);
    match lost {
        // A run without naive servers, on request.
        (0, 0, true) if table.connections(naive) == 0 => Ok(()),
        (0, 1.., true) => Ok(()),
        (0, 0, _) => Err("the naive servers lost nothing, so this run proves nothing".into()),
        (0, _, _) => Err("a client that never reads was not given up at the deadline".into()),
        (lost, _, _) => Err(format!("{lost} clients lost the last word").into()),
    }
}

async fn measure(
    clients: &mut [(Kind, Vec<Worker>)],
    path: Path,
    row: Row,
    options: &Options,
    identity: &Identity,
    table: &mut Table,
) -> Result<(), Box<dyn Error>> {
    let before = Usage::now()?;
    let tls = path.server_speaks_tls().then(|| identity.acceptor()).transpose()?;
    let server = Server::start_with(row.library, row.last_word(), tls).await?;
    let way = path.open(server.address, identity).await?;
    for (kind, workers) in clients {
        for &scenario in &options.scenarios {
            let connections = match options.naive {
                Some(naive) if !row.is_ours() => naive,
                _ => options.connections,
            };
            let cell = run_cell(workers, scenario, &way.url, connections).await?;
            eprintln!(
                "{} | {} | {} | {} | {cell} {} {:?}",
                path.name(),
                row.name(),
                scenario.name(),
                kind.name(),
                cell.sample,
                server.outcomes.take(),
            );
            table.set((path, row, scenario), *kind, cell);
        }
    }
    // Nobody lingers for ever, whatever the clients did.
    tokio::time::timeout(Duration::from_secs(60), server.linger.idle()).await?;
    drop((way, server));
    let after = Usage::settled(before.descriptors + SLACK).await?;
    if after.descriptors > before.descriptors + SLACK && row.is_promised() {
        let name = row.name();
        return Err(format!("{name} keeps descriptors: {before:?}, {after:?}").into());
    }
    Ok(())
}

async fn run_cell(
    workers: &mut [Worker],
    scenario: Scenario,
    url: &str,
    connections: usize,
) -> Result<Cell, Box<dyn Error>> {
    let shares = scenario::shares(connections, workers.len());
    let jobs = workers.iter_mut().zip(shares).map(|(worker, connections)| {
        let job = scenario.job(url.to_owned(), connections);
        async move { worker.run(&job).await }
    });
    let mut cell = Cell { connections, ..Cell::default() };
    for result in futures_util::future::join_all(jobs).await {
        let result = result?;
        cell.lost += result.lost;
        if !result.sample.is_empty() {
            cell.sample = result.sample;
        }
    }
    Ok(cell)
}

/// Connects clients that never read, and returns how many are given up at the deadline.
async fn stalled(library: Library, clients: usize) -> Result<usize, Box<dyn Error>> {
    let stall = Duration::from_secs(1);
    let linger = Linger::new(Limits { stall, ..Limits::default() });
    let server = Server::start_with(library, LastWord::Ours(linger), None).await?;
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
    assert!(started.elapsed() >= stall, "given up too early");
    let given_up = outcomes.iter().filter(|(outcome, _)| {
        matches!(
            outcome,
            Outcome::HandedOver(Unanswered::Stalled) | Outcome::Refused(Unanswered::Stalled)
        )
    });
    Ok(given_up.map(|(_, number)| number).sum())
}
