//! More question marks than mean something.

use ws_errors::WsError;

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(envelope = [name, self.channel ???? []])]
pub enum Failure {
    #[error("gone")]
    #[ws_error(message = "gone")]
    Gone { channel: String },
}
