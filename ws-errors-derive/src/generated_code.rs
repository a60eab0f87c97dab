//! The page of the docs that shows what is generated.
//!
//! To write it anew:
//!
//! ```sh
//! WS_ERRORS_DOCS=write cargo test -p ws-errors-derive generated_code
//! ```

use std::fs;
use std::path::Path;

use crate::derive_ws_error;

const FENCE: &str = "```rust\n";
const END: &str = "```\n";

/// The inside of a block of code, from a place on: its first and its last byte.
fn block(page: &str, from: usize) -> (usize, usize) {
    let start = page[from..].find(FENCE).expect("a block of Rust") + from + FENCE.len();
    let end = page[start..].find(END).expect("the block ends") + start;
    (start, end)
}

#[test]
fn the_page_shows_what_is_generated() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the workspace is above");
    let path = root.join("docs/generated-code.md");
    let page = fs::read_to_string(&path).expect("the page is there");
    let (start, end) = block(&page, 0);
    let output = derive_ws_error(page[start..end].parse().expect("the enum is Rust"));
    let file = syn::parse2(output).expect("what is generated is Rust");
    let generated = prettyplease::unparse(&file);
    let (start, end) = block(&page, end);
    if std::env::var_os("WS_ERRORS_DOCS").is_some_and(|value| value == "write") {
        fs::write(&path, format!("{}{generated}{}", &page[..start], &page[end..]))
            .expect("the page is written");
        return;
    }
    assert!(
        page[start..end] == generated,
        "docs/generated-code.md shows what was generated once; write it anew with `WS_ERRORS_DOCS=write cargo test -p ws-errors-derive generated_code`"
    );
}
