use ws_errors::WsError;

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(http(status = 400, envelope = { "code": code, "detail": message }))]
pub enum Failure {
    #[error("gone")]
    #[ws_error(close(4001), http = none)]
    Gone,
}
