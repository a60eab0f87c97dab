//! Policies that differ.

#![allow(missing_docs)]

use ws_errors::WsError;

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(closes(4000..=4099 = never, unknown = backoff(1s..30s)))]
pub enum Room {
    #[error("full")]
    #[ws_error(close(4001))]
    Full,
}

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(closes(4000..=4099 = never, 4100..=4199 = now, unknown = never))]
pub enum Disk {
    #[error("broken")]
    #[ws_error(close(4002))]
    Broken,
}

#[derive(Debug, thiserror::Error, WsError)]
pub enum Unsaid {
    #[error(transparent)]
    #[ws_error(transparent)]
    Room(#[from] Room),
    #[error(transparent)]
    #[ws_error(transparent)]
    Disk(#[from] Disk),
}

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(closes(4050..=4150 = never, unknown = never))]
pub enum Overlapping {
    #[error(transparent)]
    #[ws_error(transparent)]
    Disk(#[from] Disk),
}
