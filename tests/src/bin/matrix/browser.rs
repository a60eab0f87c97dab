//! Headless Chromium: a page that fetches its jobs, and posts their results.

use std::collections::HashMap;
use std::io;
use std::path::PathBuf;
use std::process::Stdio;
use std::sync::Arc;

use axum::Router;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Html;
use axum::routing::{get, post};
use tokio::net::TcpListener;
use tokio::process::{Child, Command};
use tokio::sync::{Mutex, mpsc};
use tokio::task::JoinSet;

use crate::worker::folder;

/// A browser with the page in it, which ends when this is dropped.
pub(crate) struct Page {
    jobs: mpsc::Sender<String>,
    results: mpsc::Receiver<String>,
    _browser: Browser,
    _server: Arc<JoinSet<()>>,
}

impl Page {
    /// Has the page do a job; `None` when it went away.
    pub(crate) async fn run(&mut self, job: String) -> Option<String> {
        self.jobs.send(job).await.ok()?;
        self.results.recv().await
    }
}

struct Browser {
    child: Child,
    profile: PathBuf,
}

impl Drop for Browser {
    fn drop(&mut self) {
        // It writes to its profile as long as it lives.
        let _ = self.child.start_kill();
        while let Ok(None) = self.child.try_wait() {
            std::thread::yield_now();
        }
        // Its children may outlive it for a moment, and have a file open still.
        for _ in 0..100 {
            if std::fs::remove_dir_all(&self.profile).is_ok() {
                break;
            }
            std::thread::yield_now();
        }
    }
}

struct Ends {
    jobs: Mutex<mpsc::Receiver<String>>,
    results: mpsc::Sender<String>,
}

type Pages = Arc<HashMap<usize, Ends>>;

/// Starts browsers, each with the page in it.
pub(crate) async fn start(number: usize) -> io::Result<Vec<Page>> {
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
    channels
        .into_iter()
        .map(|(worker, jobs, results)| {
            let browser = browse(worker, &format!("http://{address}/?{worker}"))?;
            Ok(Page { jobs, results, _browser: browser, _server: Arc::clone(&server) })
        })
        .collect()
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

fn browse(worker: usize, url: &str) -> io::Result<Browser> {
    let profile = std::env::temp_dir().join(format!("ws-errors-{}-{worker}", std::process::id()));
    let child = Command::new("chromium")
        .args([
            "--headless=new",
            // Its sandbox needs more rights than a container gives; the page is our own.
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-background-timer-throttling",
            "--no-first-run",
        ])
        .arg(format!("--user-data-dir={}", profile.display()))
        .arg(url)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .kill_on_drop(true)
        .spawn()
        .map_err(|error| {
            io::Error::other(format!("can't start chromium: {error}; run tests/sockets/setup"))
        })?;
    Ok(Browser { child, profile })
}
