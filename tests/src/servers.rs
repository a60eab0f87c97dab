//! Small servers on loopback and a free port, one for each library, that raise errors on demand.

use std::collections::HashMap;
use std::sync::Arc;

use tokio::sync::watch;
use ws_errors::transport::Outcome;

pub mod tungstenite;

/// How people say the last word, for comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
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

    /// Waits until there are so many in all, and returns them.
    pub async fn wait_for(&self, number: usize) -> HashMap<Outcome, usize> {
        let mut receiver = self.0.subscribe();
        match receiver.wait_for(|counts| counts.values().sum::<usize>() >= number).await {
            Ok(counts) => counts.clone(),
            Err(_) => HashMap::new(),
        }
    }
}
