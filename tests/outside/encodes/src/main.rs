//! An enum with nothing but `ws-errors` and `thiserror` in its manifest.

use ws_errors::{Envelope, WsError};

struct Request<'a> {
    id: Option<&'a str>,
}

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(
    envelope(Request<'_>) = { "id"?: cx.id, "error": { "code": code, "message": message } },
    rename_all = "snake_case"
)]
enum ShopError {
    #[error("{item} is sold out")]
    #[ws_error(message = display)]
    SoldOut { item: String },

    #[error("the till is closed")]
    #[ws_error(close(4000, "closed for today"))]
    Closed,
}

fn main() {
    let request = Request { id: Some("r-1") };
    for error in [ShopError::SoldOut { item: "tea".into() }, ShopError::Closed] {
        let output = error.encode(&request);
        if let Some(text) = output.text() {
            println!("{text}");
        }
        if let Some(close) = output.close {
            println!("{:?} {}", close.code().map(ws_errors::CloseCode::get), close.reason());
        }
    }
}
