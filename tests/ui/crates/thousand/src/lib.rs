//! A catalog of a thousand entries, which the test writes.
#![deny(warnings)]

include!(concat!(env!("CARGO_MANIFEST_DIR"), "/src/failure.rs"));
