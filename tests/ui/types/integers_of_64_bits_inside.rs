//! Wherever they stand, as far as the type shows it.

use std::collections::HashMap;
use std::time::Duration;

use ws_errors::{Envelope, WsError};

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(envelope = { "code": code, "details"?: details })]
enum Failure {
    #[error("in containers")]
    Inside {
        list: Vec<u64>,
        array: [u64; 2],
        map: HashMap<String, Option<i64>>,
        wait: Duration,
    },
    #[error("behind pointers")]
    Behind { counter: Box<u64> },
    #[error("and what is promised to be short")]
    Promised {
        #[ws_error(as = "number")]
        list: Vec<u64>,
        #[ws_error(as = "string")]
        id: u64,
    },
}

fn main() {
    let error: &dyn Envelope = &Failure::Promised { list: Vec::new(), id: 1 };
    let _ = (error.encode(&()), error.entry(), error.close());
}
