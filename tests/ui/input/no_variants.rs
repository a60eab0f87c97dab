//! A catalog without errors.

use ws_errors::WsError;

#[derive(Debug, thiserror::Error, WsError)]
enum Failure {}

fn main() {
    let _: Option<Failure> = None;
}
