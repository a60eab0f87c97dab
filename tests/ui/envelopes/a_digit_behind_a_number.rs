use ws_errors::WsError;

// A digit may be in a number.
#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(envelope = "{self.room}0{message}")]
enum Digits {
    #[error("denied")]
    #[ws_error(message = "denied")]
    Denied { room: u32 },
}

fn main() {}
