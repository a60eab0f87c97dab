//! Another delivery in a context.

#![allow(missing_docs)]

use ws_errors::WsError;

pub struct Legacy;

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(envelope(Legacy, soft_then_close) = { "code": code })]
pub enum Inner {
    #[error("gone")]
    #[ws_error(close(4000))]
    Gone,
}

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(envelope(Legacy) = transparent)]
pub enum Unsaid {
    #[error(transparent)]
    #[ws_error(transparent)]
    Inner(#[from] Inner),
}

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(envelope(Legacy, soft_then_close) = transparent)]
pub enum Said {
    #[error(transparent)]
    #[ws_error(transparent)]
    Inner(#[from] Inner),
}
