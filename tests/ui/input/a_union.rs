//! A union has no variants.

use ws_errors::WsError;

#[derive(WsError)]
union Failure {
    code: u32,
    number: f32,
}

fn main() {
    let _ = Failure { code: 1 };
}
