//! Small servers on loopback and a free port, one for each library, that raise errors on demand.

use std::collections::HashMap;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;

use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio_rustls::TlsAcceptor;
use ws_errors::transport::{Linger, Outcome};
use ws_errors::{Close, CloseCode, Frame, Output, Reason};

pub mod actix;
pub mod axum;
pub mod fastwebsockets;
pub mod page;
pub mod tls;
pub mod tungstenite;

/// A server that answers as [`answer`](crate::protocol::answer) says, until it is dropped.
#[derive(Debug)]
pub struct Server {
    /// Where it listens.
    pub address: SocketAddr,
    scheme: &'static str,
    /// Where its closed sockets linger.
    pub linger: Linger,
    /// What came of its last words.
    pub outcomes: Outcomes,
    _running: Running,
}

/// What ends a server when it is dropped.
#[derive(Debug)]
enum Running {
    Tasks { _tasks: JoinSet<()> },
    Actix { _system: actix::System },
}

/// The libraries that servers are there for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Library {
    /// tokio-tungstenite.
    Tungstenite,
    /// axum.
    Axum,
    /// actix-ws.
    Actix,
    /// fastwebsockets.
    Fastwebsockets,
}

impl Library {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Tungstenite, Self::Axum, Self::Actix, Self::Fastwebsockets];

    /// Its name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Tungstenite => "tokio-tungstenite",
            Self::Axum => "axum",
            Self::Actix => "actix-ws",
            Self::Fastwebsockets => "fastwebsockets",
        }
    }
}

/// How a server says its last word.
#[derive(Debug, Clone)]
pub enum LastWord {
    /// With `deliver`.
    Ours(Linger),
    /// Through a socket that was split, with a task that writes.
    Split(Linger),
    /// With the task that writes of the page on sockets; for axum.
    Page(Linger),
    /// The socket is just dropped, over a stream that lingers.
    Careless(Linger),
    /// As people do it.
    Naive(Baseline),
}

impl LastWord {
    /// Where closed sockets linger; for a naive server nowhere.
    pub const fn linger(&self) -> Option<&Linger> {
        match self {
            Self::Ours(linger)
            | Self::Split(linger)
            | Self::Page(linger)
            | Self::Careless(linger) => Some(linger),
            Self::Naive(_) => None,
        }
    }

    /// Waits until the server stops; for a naive server for ever.
    pub async fn stopping(&self) {
        match self.linger() {
            Some(linger) => linger.stopping().await,
            None => std::future::pending().await,
        }
    }
}

/// What is said to those who are connected when the server stops.
pub fn going_away() -> Output {
    let close = CloseCode::new(1001).ok();
    Output {
        frame: Some(Frame::Text(r#"{"type":"error","code":"going_away"}"#.into())),
        close: close.map(|code| Close::new(code, Reason::new("the server restarts"))),
        ..Output::default()
    }
}

impl Server {
    /// Starts one that says its last word as this project does.
    ///
    /// # Errors
    /// Returns why it can't listen.
    pub async fn start(library: Library) -> io::Result<Self> {
        Self::start_with(library, LastWord::Ours(Linger::default()), None).await
    }

    /// Starts one that says its last word in a given way, perhaps over TLS.
    ///
    /// # Errors
    /// Returns why it can't listen.
    pub async fn start_with(
        library: Library,
        last_word: LastWord,
        tls: Option<TlsAcceptor>,
    ) -> io::Result<Self> {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
        let address = listener.local_addr()?;
        let linger = last_word.linger().cloned().unwrap_or_default();
        let outcomes = Outcomes::default();
        let say = Say { last_word, outcomes: outcomes.clone() };
        let scheme = if tls.is_some() { "wss" } else { "ws" };
        let mut tasks = JoinSet::new();
        match library {
            Library::Tungstenite => drop(tasks.spawn(tungstenite::serve(listener, tls, say))),
            Library::Axum => drop(tasks.spawn(axum::serve(listener, tls, say))),
            Library::Fastwebsockets => drop(tasks.spawn(fastwebsockets::serve(listener, say))),
            Library::Actix => {
                let _system = actix::System::start(listener, say)?;
                let _running = Running::Actix { _system };
                return Ok(Self { address, scheme, linger, outcomes, _running });
            }
        }
        let _running = Running::Tasks { _tasks: tasks };
        Ok(Self { address, scheme, linger, outcomes, _running })
    }

    /// Its URL.
    pub fn url(&self) -> String {
        format!("{}://{}/", self.scheme, self.address)
    }
}

/// How the connections of a server say their last word, and where they report what came of it.
#[derive(Debug, Clone)]
pub struct Say {
    /// How.
    pub last_word: LastWord,
    /// What came of it.
    pub outcomes: Outcomes,
}

/// How people say the last word, for comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Baseline {
    /// The text is sent, the close is sent, and the socket is dropped.
    SendSendDrop,
    /// Both in one flush, then the socket is dropped.
    FlushDrop,
}

/// What came of the last words of a server.
#[derive(Debug, Clone)]
pub struct Outcomes(Arc<watch::Sender<HashMap<Outcome, usize>>>);

impl Default for Outcomes {
    fn default() -> Self {
        Self(Arc::new(watch::Sender::new(HashMap::new())))
    }
}

impl Outcomes {
    /// Counts one.
    pub fn add(&self, outcome: Outcome) {
        self.0.send_modify(|counts| *counts.entry(outcome).or_default() += 1);
    }

    /// How many there were of one kind.
    pub fn count(&self, outcome: Outcome) -> usize {
        self.0.borrow().get(&outcome).copied().unwrap_or(0)
    }

    /// What there was until now, and begins anew.
    pub fn take(&self) -> HashMap<Outcome, usize> {
        self.0.send_replace(HashMap::new())
    }

    /// Waits until there are so many in all, and returns them.
    pub async fn wait_for(&self, number: usize) -> HashMap<Outcome, usize> {
        let mut receiver = self.0.subscribe();
        match receiver.wait_for(|counts| counts.values().sum::<usize>() >= number).await {
            Ok(counts) => counts.clone(),
            Err(_) => HashMap::new(),
        }
    }
}
