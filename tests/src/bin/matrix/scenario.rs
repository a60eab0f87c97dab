//! What clients do while the server says its last word.

use tests::protocol::{self, MAX_MESSAGE};

use crate::worker::Job;

/// What a client does while the server says its last word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Scenario {
    Idle,
    Sending,
    SendingSlow,
    Oversized,
    OversizedEightTimes,
    Backlog,
}

impl Scenario {
    pub(crate) const ALL: [Self; 6] = [
        Self::Idle,
        Self::Sending,
        Self::SendingSlow,
        Self::Oversized,
        Self::OversizedEightTimes,
        Self::Backlog,
    ];

    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Idle => "idle",
            Self::Sending => "sending",
            Self::SendingSlow => "sending, slow to read",
            Self::Oversized => "oversized message (1009)",
            Self::OversizedEightTimes => "eight of 1 MiB (1009)",
            Self::Backlog => "256 KiB backlog",
        }
    }

    /// What a client has to do, and to see.
    pub(crate) fn job(self, url: String, connections: usize) -> Job {
        let (request, output) = match self {
            Self::Idle | Self::Sending | Self::SendingSlow => protocol::unauthorized(),
            Self::Oversized | Self::OversizedEightTimes => (String::new(), protocol::too_large()),
            Self::Backlog => (r#"{"type":"backlog"}"#.to_owned(), protocol::backlog()),
        };
        let close = output.close.clone().unwrap_or_default();
        Job {
            url,
            connections,
            parallel: 16,
            request,
            oversized: match self {
                Self::Oversized => vec![4 * MAX_MESSAGE],
                Self::OversizedEightTimes => vec![1 << 20; 8],
                _ => Vec::new(),
            },
            sending: !matches!(self, Self::Idle | Self::OversizedEightTimes),
            slow: self == Self::SendingSlow,
            text: output.text().map(str::to_owned),
            code: close.code().map_or(1005, |code| code.get()),
            reason: close.reason().to_owned(),
        }
    }
}

/// So many connections, shared out.
pub(crate) fn shares(connections: usize, workers: usize) -> impl Iterator<Item = usize> {
    let workers = workers.max(1);
    (0..workers)
        .map(move |index| connections / workers + usize::from(index < connections % workers))
}
