//! The documented facts of the five catalogs, each by its row.

#[path = "rows/chat.rs"]
mod chat;
#[path = "rows/instant.rs"]
mod instant;
#[path = "rows/materi.rs"]
mod materi;
#[path = "rows/metered.rs"]
mod metered;
#[path = "rows/rooms.rs"]
mod rooms;

use std::time::Duration;

use catalog::chat::Detail;
use catalog::instant::{Call, Resource};
use catalog::materi::Moment;
use catalog::metered::Correlation;
use catalog::rooms::Meta;
use catalog::{ChatError, InstantError, MateriError, MeteredError, RoomsError};
use serde_json::{Value, json};
use tests::occurrences;
use ws_errors::catalog::{
    Code, Delivery, Entry, Jitter, Retry, RetryKind, TimeUnit, UserMessage, Wait,
};
use ws_errors::wire::{Closed, Decoded};
use ws_errors::{CloseCode, Decoder, Envelope, Output, WsError};

fn text(output: &Output) -> &str {
    output.text().expect("a text frame")
}

fn value(output: &Output) -> Value {
    serde_json::from_str(text(output)).expect("JSON")
}

fn close(output: &Output) -> Option<(u16, &str)> {
    let close = output.close.as_ref()?;
    Some((close.code()?.get(), close.reason()))
}

fn entry<E: WsError>(name: &str) -> &'static Entry {
    E::catalog().entry(name).unwrap_or_else(|| panic!("the entry {name}"))
}

fn retry<E: WsError>(name: &str) -> &'static Retry {
    E::catalog().retry(entry::<E>(name))
}

/// materi's back-off (M6).
const BACKOFF: Retry = Retry {
    kind: RetryKind::Backoff { base: Duration::from_secs(1), max: Duration::from_secs(30) },
    attempts: Some(10),
    jitter: Jitter::Add(Duration::from_secs(1)),
    spread: None,
};

fn when(action: &'static str) -> RetryKind {
    RetryKind::When { action, otherwise: None }
}
