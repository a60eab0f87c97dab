//! Headless browsers: a page that fetches its jobs, and posts their results.

use std::collections::HashMap;
use std::io;
use std::process::Stdio;
use std::sync::Arc;

use axum::Router;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Html;
use axum::routing::{get, post};
use tokio::net::TcpListener;
use tokio::process::{Child, ChildStdin, Command};
use tokio::sync::{Mutex, mpsc};
use tokio::task::JoinSet;

use crate::worker::folder;

/// The browsers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Browser {
    Chromium,
    Firefox,
}

/// A browser with the page in it, which ends when this is dropped.
pub(crate) struct Page {
    jobs: mpsc::Sender<String>,
    results: mpsc::Receiver<String>,
    _browser: Process,
    _server: Arc<JoinSet<()>>,
}

impl Page {
    /// Has the page do a job; `None` when it went away.
    pub(crate) async fn run(&mut self, job: String) -> Option<String> {
        self.jobs.send(job).await.ok()?;
        self.results.recv().await
    }
}

/// Ends when this is dropped, and also when this process is killed: then its input ends.
struct Process {
    child: Child,
    input: Option<ChildStdin>,
}

impl Drop for Process {
    fn drop(&mut self) {
        drop(self.input.take());
        while let Ok(None) = self.child.try_wait() {
            std::thread::yield_now();
        }
    }
}

/// Runs the browser until the input ends, and removes its profile.
const UNTIL_THE_INPUT_ENDS: &str = r#"
    profile=$1
    shift
    "$@" &
    cat
    kill -9 $!
    wait
    rm -rf "$profile"
"#;

struct Ends {
    jobs: Mutex<mpsc::Receiver<String>>,
    results: mpsc::Sender<String>,
}

type Pages = Arc<HashMap<usize, Ends>>;

/// Starts browsers, each with the page in it. They trust a certificate that has this PEM.
pub(crate) async fn start(
    browser: Browser,
    number: usize,
    certificate: &str,
) -> io::Result<Vec<Page>> {
    let program = browser.program();
    if Command::new(program).arg("--version").output().await.is_err() {
        let missing = format!("there is no {program}; run tests/sockets/setup");
        return Err(io::Error::other(missing));
    }
    let html = std::fs::read_to_string(folder().join("client.html"))?;
    let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
    let address = listener.local_addr()?;
    let mut ends = HashMap::new();
    let mut channels = Vec::new();
    for worker in 0..number {
        let (jobs, taken) = mpsc::channel(1);
        let (given, results) = mpsc::channel(1);
        ends.insert(worker, Ends { jobs: Mutex::new(taken), results: given });
        channels.push((worker, jobs, results));
    }
    let router = Router::new()
        .route("/", get(async move || Html(html.clone())))
        .route("/job/{worker}", get(job))
        .route("/result/{worker}", post(result))
        .with_state(Arc::new(ends));
    let mut server = JoinSet::new();
    server.spawn(async move {
        // It never ends by itself, and so not with an error either.
        let _ = axum::serve(listener, router).await;
    });
    let server = Arc::new(server);
    let mut pages = Vec::new();
    for (worker, jobs, results) in channels {
        let url = format!("http://{address}/?{worker}");
        let process = browser.open(worker, &url, certificate).await?;
        pages.push(Page { jobs, results, _browser: process, _server: Arc::clone(&server) });
    }
    Ok(pages)
}

async fn job(Path(worker): Path<usize>, State(pages): State<Pages>) -> Result<String, StatusCode> {
    let ends = pages.get(&worker).ok_or(StatusCode::NOT_FOUND)?;
    ends.jobs.lock().await.recv().await.ok_or(StatusCode::GONE)
}

async fn result(
    Path(worker): Path<usize>,
    State(pages): State<Pages>,
    body: String,
) -> Result<(), StatusCode> {
    let ends = pages.get(&worker).ok_or(StatusCode::NOT_FOUND)?;
    ends.results.send(body).await.map_err(|_| StatusCode::GONE)
}

impl Browser {
    const fn program(self) -> &'static str {
        match self {
            Self::Chromium => "chromium",
            Self::Firefox => "firefox-esr",
        }
    }

    async fn open(self, worker: usize, url: &str, certificate: &str) -> io::Result<Process> {
        let program = self.program();
        let name = format!("ws-errors-{program}-{}-{worker}", std::process::id());
        let profile = std::env::temp_dir().join(name);
        std::fs::create_dir_all(&profile)?;
        let mut command = Command::new("sh");
        command.args(["-c", UNTIL_THE_INPUT_ENDS, "sh"]).arg(&profile).arg(program);
        match self {
            Self::Chromium => command
                .arg(format!("--user-data-dir={}", profile.display()))
                .args(CHROMIUM)
                .arg(url),
            Self::Firefox => {
                trust(&profile, certificate).await?;
                std::fs::write(profile.join("user.js"), FIREFOX)?;
                // It writes into a folder at home otherwise, too.
                command.env("HOME", &profile);
                command.args(["--headless", "--no-remote", "--profile"]).arg(&profile).arg(url)
            }
        };
        let mut child =
            command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null()).spawn()?;
        let input = child.stdin.take();
        Ok(Process { child, input })
    }
}

const CHROMIUM: [&str; 9] = [
    "--headless=new",
    // Its sandbox needs more rights than a container gives; the page is our own.
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-background-timer-throttling",
    "--no-first-run",
    // The certificate is our own, too.
    "--ignore-certificate-errors",
];

/// What Firefox would do beside showing the page.
const FIREFOX: &str = r#"
user_pref("browser.shell.checkDefaultBrowser", false);
user_pref("browser.startup.homepage_override.mstone", "ignore");
user_pref("datareporting.policy.dataSubmissionEnabled", false);
user_pref("toolkit.telemetry.enabled", false);
user_pref("app.update.enabled", false);
user_pref("app.normandy.enabled", false);
user_pref("browser.safebrowsing.malware.enabled", false);
user_pref("browser.safebrowsing.phishing.enabled", false);
user_pref("browser.safebrowsing.downloads.enabled", false);
user_pref("extensions.update.enabled", false);
user_pref("extensions.systemAddon.update.enabled", false);
user_pref("network.captive-portal-service.enabled", false);
user_pref("network.connectivity-service.enabled", false);
user_pref("services.settings.server", "data:,");
user_pref("network.websocket.max-connections", 1000);
user_pref("network.websocket.delay-failed-reconnects", false);
user_pref("network.websocket.allowInsecureFromHTTPS", true);
user_pref("dom.min_background_timeout_value", 4);
"#;

/// Makes the authority known to a profile of Firefox.
async fn trust(profile: &std::path::Path, certificate: &str) -> io::Result<()> {
    let file = profile.join("authority.pem");
    std::fs::write(&file, certificate)?;
    let database = format!("sql:{}", profile.display());
    let file = file.display().to_string();
    for arguments in [
        &["-N", "-d", &database, "--empty-password"][..],
        &["-A", "-d", &database, "-n", "tests", "-t", "C,,", "-i", &file],
    ] {
        let output = Command::new("certutil").args(arguments).output().await?;
        if !output.status.success() {
            let said = String::from_utf8_lossy(&output.stderr);
            return Err(io::Error::other(format!("certutil {arguments:?}: {said}")));
        }
    }
    Ok(())
}
