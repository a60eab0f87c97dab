//! A test of a running server against its catalog, over real sockets.
//!
//! It knows nothing of how the server works: it connects as clients do, tries [scenarios](Scenarios), and
//! compares what comes with what the catalog says. Everything that it waits for has a bound.
//!
//! ```no_run
//! use std::time::Duration;
//!
//! use serde_json::json;
//! use ws_errors::testing::{Scenario, Scenarios, Test};
//! # use ws_errors::WsError;
//! # #[derive(Debug, thiserror::Error, WsError)]
//! # #[ws_error(rename_all = "snake_case", envelope = { "code": code })]
//! # enum ChatError {
//! #     #[error("full")]
//! #     RoomFull,
//! # }
//!
//! # async fn test() -> Result<(), ws_errors::testing::TestError> {
//! let scenarios = Scenarios::default()
//!     .header("authorization", "Bearer {token}")
//!     .token("good")
//!     .expired_token("old")
//!     .with(
//!         Scenario::new("a room that is full")
//!             .json(&json!({ "type": "join", "room": "full" }))
//!             .expect("room_full"),
//!     );
//! let report = Test::of::<ChatError>("ws://127.0.0.1:3000/ws")
//!     .scenarios(scenarios)
//!     .wait(Duration::from_secs(5))
//!     .run()
//!     .await?;
//! assert!(report.passed(), "{report}");
//! # Ok(())
//! # }
//! ```
//!
//! An entry that closes is provoked 50 times, by a client that keeps sending: that is what loses [last
//! words](crate::transport). What is found of an entry is an [`Outcome`].

mod connection;
mod file;
mod frame;
mod judgement;
mod output;
mod report;
mod run;
mod scenario;
mod seen;
#[cfg(test)]
mod tests;

use std::fmt;
use std::time::Duration;

pub use file::InvalidScenarios;
pub use frame::Difference;
pub use judgement::Closes;
pub use report::{Coverage, Finding, Outcome, Report, Tried};
pub use scenario::{Scenario, Scenarios};

use crate::WsError;
use crate::catalog::Catalog;

/// A test of a server.
#[derive(Debug, Clone)]
pub struct Test {
    catalog: &'static Catalog,
    url: String,
    scenarios: Scenarios,
    wait: Duration,
}

impl Test {
    /// The time that a test waits for what is due, unless [`wait`](Self::wait) sets another.
    pub const WAIT: Duration = Duration::from_secs(30);

    /// A test of the server at this URL (`ws://…`) against a catalog, with the scenarios that are built
    /// in.
    pub fn new(catalog: &'static Catalog, url: impl Into<String>) -> Self {
        Self { catalog, url: url.into(), scenarios: Scenarios::default(), wait: Self::WAIT }
    }

    /// The same against the catalog of an enum.
    pub fn of<E: WsError>(url: impl Into<String>) -> Self {
        Self::new(E::catalog(), url)
    }

    /// Tries these scenarios.
    #[must_use]
    pub fn scenarios(mut self, scenarios: Scenarios) -> Self {
        self.scenarios = scenarios;
        self
    }

    /// Sets how long each connection waits for what is due; 30 s by default.
    #[must_use]
    pub fn wait(mut self, wait: Duration) -> Self {
        self.wait = wait;
        self
    }
}

/// The reason why a server could not be tested.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TestError(String);

impl fmt::Display for TestError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for TestError {}
