use ws_errors::WsError;

#[derive(Debug, thiserror::Error, WsError)]
pub enum Outer {
    #[error(transparent)]
    #[ws_error(transparent)]
    Outer(Box<Outer>),
    #[error("late")]
    #[ws_error(close(4000))]
    Late,
}

fn main() {}
