//! Messages carry waits in one unit.

use ws_errors::WsError;

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(waits = second, envelope = { "code": code, ..details })]
pub enum Failure {
    #[error("slow down")]
    #[ws_error(retry = after(self.wait))]
    SlowDown { wait: u32 },
}
