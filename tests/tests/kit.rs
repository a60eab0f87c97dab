//! The test kit finds what is planted in a server, and passes the servers of the catalogs.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use tests::occurrences;
use tests::planted::{Fault, Planted, PlantedError, SCENARIOS};
use tokio::io::AsyncReadExt;
use tokio::net::TcpListener;
use tokio::task::JoinSet;
use ws_errors::WsError;
use ws_errors::catalog::{Catalog, Delivery};
use ws_errors::testing::{Outcome, Report, Scenario, Scenarios, Test};

async fn report(fault: Fault) -> Report {
    let server = Planted::start(fault).await.expect("a server");
    let scenarios = Scenarios::parse(SCENARIOS, PlantedError::catalog()).expect("right");
    let test = Test::of::<PlantedError>(server.url()).scenarios(scenarios);
    test.wait(wait(fault)).run().await.expect("a report")
}

/// Where something is awaited in vain, no longer than that.
fn wait(fault: Fault) -> Duration {
    match fault {
        Fault::NoClose | Fault::Code | Fault::Shape | Fault::Silent => Duration::from_secs(10),
        _ => Test::WAIT,
    }
}

/// The outcome, and the entry that it is of.
fn found_for(fault: Fault) -> (Outcome, Option<&'static str>) {
    match fault {
        Fault::None => (Outcome::Provoked, None),
        Fault::Order => (Outcome::WrongFrame, Some("binary")),
        Fault::Text => (Outcome::WrongFrame, Some("malformed")),
        Fault::Type | Fault::Context => (Outcome::WrongFrame, Some("room_full")),
        Fault::CloseCode | Fault::CloseReason => (Outcome::WrongClose, Some("rate_limited")),
        Fault::NoClose => (Outcome::WrongClose, Some("token_expired")),
        Fault::Closes => (Outcome::WrongClose, Some("room_full")),
        Fault::NoMessage | Fault::Drops => (Outcome::Lost, Some("token_expired")),
        Fault::Code | Fault::Shape | Fault::UndeclaredClose => (Outcome::Undeclared, None),
        Fault::Status => (Outcome::WrongFrame, Some("no_such_path")),
        Fault::Silent => (Outcome::NotProvoked, Some("room_full")),
        Fault::Endless => (Outcome::Undeclared, None),
        Fault::Stops => (Outcome::Lost, None),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_keeps_to_its_catalog_passes_and_all_of_it_is_covered() {
    let report = report(Fault::None).await;
    assert!(report.passed(), "{report}");
    assert_eq!(report.coverage().percent(), 100, "{report}");
    let times = |name: &str| {
        let mut found = report.findings().filter(|(_, finding)| finding.entry == Some(name));
        found.next().map(|(_, finding)| finding.times)
    };
    for closing in ["too_large", "rate_limited", "token_expired"] {
        assert_eq!(times(closing), Some(50), "{closing}\n{report}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn each_fault_that_is_planted_is_found_and_named() {
    let mut reports = JoinSet::new();
    for fault in Fault::ALL {
        reports.spawn(async move { (fault, report(fault).await) });
    }
    while let Some(done) = reports.join_next().await {
        let (fault, report) = done.expect("no panic");
        let wanted = found_for(fault);
        let mut faults = report.faults().map(|(_, finding)| (finding.outcome, finding.entry));
        assert!(faults.any(|found| found == wanted), "{fault:?}: {wanted:?}\n{report}");
    }
}

/// The server of `tests/src/bin/raise.rs`, until it is dropped.
struct Raise(Child, String);

impl Raise {
    fn start() -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_raise"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("it starts");
        let mut url = String::new();
        let out = child.stdout.take().expect("piped");
        BufReader::new(out).read_line(&mut url).expect("a URL");
        Self(child, url.trim().to_owned())
    }
}

impl Drop for Raise {
    fn drop(&mut self) {
        // It ends when its input does.
        drop(self.0.stdin.take());
        let _ = self.0.wait();
    }
}

/// A scenario for each entry that a server sends, which is raised at a path of its own.
fn raised(catalog: &Catalog) -> Scenarios {
    let is_sent = |delivery: &Delivery| !matches!(delivery, Delivery::Observed { .. });
    let entries = catalog.entries.iter().filter(|entry| is_sent(&entry.delivery));
    entries.fold(Scenarios::default(), |scenarios, entry| {
        let path = format!("/{}/{}", catalog.name, entry.name);
        scenarios.with(Scenario::new(format!("raise {}", entry.name)).path(path).expect(entry.name))
    })
}

#[tokio::test(flavor = "multi_thread")]
async fn the_servers_of_the_five_catalogs_pass() {
    let server = Raise::start();
    for catalog in occurrences::catalogs() {
        let test = Test::new(catalog, server.1.as_str()).scenarios(raised(catalog));
        let report = test.run().await.expect("a report");
        assert!(report.passed(), "{report}");
        assert_eq!(report.coverage().percent(), 100, "{report}");
    }
}

#[tokio::test]
async fn nothing_hangs_whatever_the_server_does() {
    let wait = Duration::from_millis(300);
    let expected = Scenarios::default().with(Scenario::new("x").text("x").expect("binary"));
    // It accepts, and never says anything.
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let url = format!("ws://{}", listener.local_addr().expect("an address"));
    let silent = tokio::spawn(async move {
        let mut sockets = Vec::new();
        while let Ok((socket, _)) = listener.accept().await {
            sockets.push(socket);
        }
    });
    let test = Test::of::<PlantedError>(&url).scenarios(expected).wait(wait);
    let started = Instant::now();
    let error = test.run().await.expect_err("no handshake").to_string();
    assert_eq!(
        error,
        format!(
            "can't connect to {url}: the handshake was not answered within 300ms; is the server running?"
        )
    );
    assert!(started.elapsed() < Duration::from_secs(30));
    silent.abort();

    // It closes at once.
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let url = format!("ws://{}", listener.local_addr().expect("an address"));
    let closes = tokio::spawn(async move {
        while let Ok((mut socket, _)) = listener.accept().await {
            let _ = socket.read(&mut [0; 1 << 10]).await;
        }
    });
    let error = Test::of::<PlantedError>(&url).wait(wait).run().await.expect_err("no handshake");
    assert!(error.to_string().starts_with(&format!("can't connect to {url}: ")), "{error}");
    closes.abort();
}

#[tokio::test]
async fn what_can_not_be_tried_is_said_before_anything_is() {
    let run = async |url: &str, scenarios| {
        let test = Test::of::<PlantedError>(url).scenarios(scenarios);
        test.run().await.expect_err("refused").to_string()
    };
    let scenario = Scenario::new("x").expect("rom_full");
    assert!(
        run("ws://127.0.0.1:1", Scenarios::default().with(scenario)).await.contains("`room_full`")
    );
    assert!(
        run("http//x", Scenarios::default())
            .await
            .contains("write a URL such as `ws://127.0.0.1:3000/ws`")
    );
    let wrong = Scenarios::default().header("a b", "c");
    assert_eq!(run("ws://127.0.0.1:1", wrong).await, "no header can be `a b: c`");
}
