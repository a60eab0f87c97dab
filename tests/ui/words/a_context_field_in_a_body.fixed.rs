use ws_errors::WsError;

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(
    envelope = { "code": code },
    http(status = 400, envelope = { "code": code, "id"?: cx.request_id, "text"?: set.path }),
)]
pub enum Failure {
    #[error("gone")]
    #[ws_error(set(path = "/gone"))]
    Gone,
    #[error("full")]
    #[ws_error(set(path = "/full"))]
    Full,
}
