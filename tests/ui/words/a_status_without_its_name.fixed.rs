use ws_errors::WsError;

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(envelope = { "code": code }, http(status = 500))]
pub enum Failure {
    #[error("gone")]
    #[ws_error(user(title = "Gone", message = "It is gone."))]
    Gone,
}
