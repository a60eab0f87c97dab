//! A wait is a number of milliseconds, unless the enum says otherwise.

use ws_errors::WsError;

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(waits = seconds, envelope = { "code": code, ..details })]
pub enum Failure {
    #[error("slow down")]
    #[ws_error(retry = after(self.seconds))]
    SlowDown { seconds: u32 },
}
