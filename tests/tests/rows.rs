//! The documented facts of the five catalogs, each by its row.

use catalog::chat::Detail;
use catalog::instant::Call;
use catalog::materi::Moment;
use catalog::metered::Correlation;
use catalog::rooms::Meta;
use catalog::{ChatError, InstantError, MateriError, MeteredError, RoomsError};
use serde_json::{Value, json};
use ws_errors::{Envelope, Output};

fn text(output: &Output) -> &str {
    output.text().expect("a text frame")
}

fn value(output: &Output) -> Value {
    serde_json::from_str(text(output)).expect("JSON")
}

fn close(output: &Output) -> Option<(u16, &str)> {
    let close = output.close.as_ref()?;
    Some((close.code()?.get(), close.reason()))
}

#[test]
fn c1_codes_are_numbers_in_messages_and_the_connection_stays() {
    let output =
        ChatError::ValidationError { detail: "Human-readable description".into() }.encode(&());
    assert_eq!(text(&output), r#"{"error":{"code":4003,"detail":"Human-readable description"}}"#);
    for error in tests::occurrences::chat().into_iter().skip(1) {
        assert!(error.encode(&()).close.is_none());
    }
}

#[test]
fn smoke() {
    for occurrence in tests::occurrences::all() {
        println!("{} {:?}", occurrence.entry.name, occurrence.output);
    }
}
