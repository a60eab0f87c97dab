//! A wait is a number of milliseconds.

use ws_errors::WsError;

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(envelope = { "code": code, ..details })]
pub enum Failure {
    #[error("slow down")]
    #[ws_error(retry = after(self.retry_after_ms))]
    SlowDown { retry_after_ms: u32 },
}
