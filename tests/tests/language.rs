//! The envelope language where the sixteen systems of the world don't reach: each rule by itself.

#![expect(dead_code, reason = "what is only read is never made")]

#[path = "language/batches.rs"]
mod batches;
#[path = "language/catch_alls.rs"]
mod catch_alls;
#[path = "language/contexts.rs"]
mod contexts;
#[path = "language/defaults.rs"]
mod defaults;
#[path = "language/filters.rs"]
mod filters;
#[path = "language/lists.rs"]
mod lists;
#[path = "language/packed.rs"]
mod packed;
#[path = "language/success.rs"]
mod success;

use serde_json::{Value, json};
use ws_errors::catalog::{Catalog, Slots};
use ws_errors::wire::Decoded;
use ws_errors::{Decoder, Envelope, Frame, WsError};

/// The entry's name, the text for the client, and the fields that came back.
fn read(decoded: &Decoded) -> (String, Option<Value>, Value) {
    let received = decoded.received().unwrap_or_else(|| panic!("foreign"));
    let fields = received.fields().iter().map(|(name, value)| (name.to_owned(), value.clone()));
    (
        decoded.entry().map_or("unknown", |entry| entry.name).to_owned(),
        received.message().cloned(),
        Value::Object(fields.collect()),
    )
}

/// `tests/reference/check` reads them, from the folder that `WS_ERRORS_REFERENCE` names.
#[test]
fn the_reference_of_each_is_written_for_the_checks_in_node() {
    let catalogs: [&'static Catalog; 7] = [
        filters::Filtered::catalog(),
        lists::Spliced::catalog(),
        contexts::E::catalog(),
        success::E::catalog(),
        packed::E::catalog(),
        packed::Exact::catalog(),
        batches::E::catalog(),
    ];
    let folder = tests::artefacts::reference(env!("CARGO_TARGET_TMPDIR")).join("language");
    tests::artefacts::write(&folder, &catalogs).unwrap_or_else(|error| panic!("{error}"));
}
