//! Entries that only a constant of their own tells apart come back as what was sent. The generated
//! TypeScript is asked the same (`tests/typescript`).

use tests::told_apart::{Sent, all};
use ws_errors::Decoder;

#[test]
fn an_entry_that_a_constant_of_its_own_tells_comes_back_as_what_was_sent() {
    for Sent { catalog, entry, output } in all() {
        let text = output.text().expect("a message");
        let decoded = Decoder::new(catalog).decode(text);
        assert_eq!(
            decoded.entry().map(|entry| entry.name),
            Some(entry.name),
            "{text}: {decoded:?}"
        );
    }
}
