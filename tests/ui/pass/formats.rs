//! Every format of Rust's in a text, and types that have no more than the trait that it takes.

use std::fmt;

use ws_errors::{Envelope, WsError};

#[derive(Debug)]
struct OnlyDebug;

struct OnlyHex;

impl fmt::LowerHex for OnlyHex {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::LowerHex::fmt(&255, f)
    }
}

impl fmt::Debug for OnlyHex {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("hex")
    }
}

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(envelope = "{message}")]
enum Failure {
    #[error("all")]
    #[ws_error(message = "{0}|{0:>4}|{0:04}|{0:x}|{0:#X}|{0:o}|{0:#b}|{0:e}|{0:?}|{1:?}|{2:#06x}")]
    All(u8, OnlyDebug, OnlyHex),
    #[error("floats")]
    #[ws_error(message = "{value:.2} {value:+} {value:*^9.1}")]
    Floats { value: f64 },
}

pub(crate) fn main() {
    assert_eq!(
        Failure::All(10, OnlyDebug, OnlyHex).encode(&()).text(),
        Some("10|  10|0010|a|0xA|12|0b1010|1e1|10|OnlyDebug|0x00ff")
    );
    assert_eq!(Failure::Floats { value: 1.5 }.encode(&()).text(), Some("1.50 +1.5 ***1.5***"));
}
