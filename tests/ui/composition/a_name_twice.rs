use ws_errors::WsError;

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(rename_all = "snake_case", envelope = { "code": code })]
pub enum RoomError {
    #[error("full")]
    Full,
    #[error("gone")]
    Gone,
}

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(rename_all = "snake_case", envelope = { "code": code })]
pub enum DiskError {
    #[error("full")]
    #[ws_error(code = "disk_full")]
    Full,
}

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(rename_all = "snake_case", envelope = { "code": code, "app": true })]
pub enum AppError {
    #[error(transparent)]
    #[ws_error(transparent)]
    Room(#[from] RoomError),
    #[error(transparent)]
    #[ws_error(transparent)]
    Disk(#[from] DiskError),
    #[error("gone")]
    #[ws_error(code = "app_gone")]
    Gone,
}

fn main() {}
