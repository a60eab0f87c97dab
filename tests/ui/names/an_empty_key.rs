//! `rename = ""`: a member without a name.

use ws_errors::WsError;

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(envelope = { "code": code, ..self })]
enum E {
    #[error("full")]
    Full {
        #[ws_error(rename = "")]
        room: u32,
    },
}

fn main() {}
