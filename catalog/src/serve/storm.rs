//! A server that restarts while a fleet is connected to it.
//!
//! The fleet shares the one socket of `/storm`, because a browser throttles handshakes itself: a message
//! `{"open":ID}` is a handshake, `{"restart":N}` restarts the server, which from then on does the work of
//! `N` connections a second. The answers are `{"opened":ID}` and `{"closed":ID,"code":CODE}`.

use std::collections::BTreeSet;
use std::time::Instant;

use axum::Router;
use axum::extract::ws::{Message, WebSocket, WebSocketUpgrade};
use axum::routing::get;
use serde::{Deserialize, Serialize};

/// The largest message, in bytes.
const LARGEST: usize = 1 << 10;

/// The most clients of a fleet.
const MOST: usize = 1000;

/// How many seconds of work may wait before the next connection is refused.
const BACKLOG: f64 = 0.5;

/// What refusing a connection costs, as a part of what accepting one does.
const REFUSAL: f64 = 0.25;

/// What the page says.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Said {
    Open(u32),
    Restart(u32),
}

/// What a client of the fleet sees.
#[derive(Debug, PartialEq, Serialize)]
#[serde(untagged)]
enum Seen {
    Opened { opened: u32 },
    Closed { closed: u32, code: u16 },
}

/// The route of the fleets.
pub(super) fn router() -> Router {
    let storm =
        async |upgrade: WebSocketUpgrade| upgrade.max_message_size(LARGEST).on_upgrade(serve);
    Router::new().route("/storm", get(storm))
}

async fn serve(mut socket: WebSocket) {
    let mut server = Server::default();
    while let Some(Ok(message)) = socket.recv().await {
        let Message::Text(text) = message else { continue };
        let Ok(said) = serde_json::from_str(&text) else { continue };
        for seen in server.hears(said, Instant::now()) {
            let text = serde_json::to_string(&seen).unwrap_or_default();
            if socket.send(Message::text(text)).await.is_err() {
                return;
            }
        }
    }
}

#[derive(Debug, Default)]
struct Server {
    open: BTreeSet<u32>,
    /// What it has to do since it was restarted; before that it takes whatever comes.
    load: Option<Load>,
}

/// Work, in accepted connections.
#[derive(Debug)]
struct Load {
    a_second: f64,
    waiting: f64,
    at: Instant,
}

impl Server {
    fn hears(&mut self, said: Said, now: Instant) -> Vec<Seen> {
        match said {
            Said::Open(id) => {
                let has_room = self.open.len() < MOST || self.open.contains(&id);
                let accepts = self.load.as_mut().is_none_or(|load| load.accepts(now));
                if !(has_room && accepts) {
                    // Try again later: the registry of RFC 6455, section 11.7.
                    return vec![Seen::Closed { closed: id, code: 1013 }];
                }
                self.open.insert(id);
                vec![Seen::Opened { opened: id }]
            }
            Said::Restart(a_second) => {
                let a_second = f64::from(a_second.max(1));
                self.load = Some(Load { a_second, waiting: 0.0, at: now });
                let open = std::mem::take(&mut self.open);
                // Service restart.
                open.into_iter().map(|id| Seen::Closed { closed: id, code: 1012 }).collect()
            }
        }
    }
}

impl Load {
    /// Whether another connection is accepted at this moment.
    fn accepts(&mut self, now: Instant) -> bool {
        let done = now.duration_since(self.at).as_secs_f64() * self.a_second;
        self.waiting = (self.waiting - done).max(0.0);
        self.at = now;
        let backlog = BACKLOG * self.a_second;
        let accepts = self.waiting + 1.0 <= backlog.max(1.0);
        let cost = if accepts { 1.0 } else { REFUSAL };
        // What waits beyond that, the host drops at no cost.
        self.waiting = (self.waiting + cost).min(2.0 * backlog.max(1.0));
        accepts
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    /// How many of so many attempts a second are accepted within ten seconds.
    fn accepted(attempts: u64) -> usize {
        let start = Instant::now();
        let mut server = Server::default();
        server.hears(Said::Restart(40), start);
        let moment = |attempt: u64| start + Duration::from_micros(attempt * 1_000_000 / attempts);
        (0..10 * attempts)
            .flat_map(|attempt| server.hears(Said::Open(attempt as u32 % 900), moment(attempt)))
            .filter(|seen| matches!(seen, Seen::Opened { .. }))
            .count()
    }

    #[test]
    fn a_server_takes_what_it_can_and_little_of_a_storm() {
        assert_eq!(accepted(30), 300);
        assert!((200..420).contains(&accepted(80)), "{}", accepted(80));
        assert!(accepted(1000) < 60, "{}", accepted(1000));
    }

    #[test]
    fn a_restart_closes_all() {
        let now = Instant::now();
        let mut server = Server::default();
        assert_eq!(server.hears(Said::Open(7), now), [Seen::Opened { opened: 7 }]);
        assert_eq!(server.hears(Said::Restart(1), now), [Seen::Closed { closed: 7, code: 1012 }]);
        assert_eq!(server.hears(Said::Restart(1), now), []);
    }
}
