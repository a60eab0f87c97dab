use ws_errors::WsError;

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(envelope = transparent)]
pub enum OnTheEnum {
    #[error("full")]
    #[ws_error(close(4000))]
    Full,
}

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(envelope = { "code": code })]
pub enum OnTheVariant {
    #[error("full")]
    #[ws_error(envelope = transparent)]
    Full,
}

fn main() {}
