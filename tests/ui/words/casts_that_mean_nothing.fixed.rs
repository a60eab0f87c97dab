use ws_errors::WsError;

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(
    envelope = {
        "code": code as string,
        "text": message,
        "name": name,
        "data": json({ ..details }),
        "kind": set.kind,
        "again": recoverable as string,
    },
    set(kind = "5"),
)]
pub enum Failure {
    #[error("gone")]
    #[ws_error(code = 4003, message = "gone")]
    Gone { room: u32 },
}
