//! The page of the docs that shows what is generated.
//!
//! To write it anew:
//!
//! ```sh
//! WS_ERRORS_DOCS=write cargo test -p ws-errors-derive generated_code
//! ```

use std::fs;

use proc_macro2::{TokenStream, TokenTree};

use crate::derive_ws_error;
use crate::words::workspace;

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
    let path = workspace().join("docs/generated-code.md");
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

/// How much is generated for an enum with so many variants of three fields: tokens, and items.
fn size(variants: usize) -> [usize; 2] {
    let variant =
        |index| format!("#[error(\"x\")] V{index} {{ room: u32, text: String, is_open: bool }},");
    let variants: String = (0..variants).map(variant).collect();
    let envelope = "#[ws_error(envelope = { \"code\": code, \"details\"?: details })]";
    let input = format!("{envelope} enum E {{ {variants} }}");
    let mut size = [0, 0];
    add_size(derive_ws_error(input.parse().expect("Rust")), &mut size);
    size
}

fn add_size(tokens: TokenStream, size: &mut [usize; 2]) {
    for token in tokens {
        size[0] += 1;
        match token {
            TokenTree::Group(group) => add_size(group.stream(), size),
            TokenTree::Ident(word) => {
                let is_item = ["static", "const", "fn", "impl"].iter().any(|item| word == item);
                size[1] += usize::from(is_item);
            }
            TokenTree::Punct(_) | TokenTree::Literal(_) => {}
        }
    }
}

/// What a compiler takes for an enum follows from these, and not from how busy the machine is.
#[test]
fn a_variant_adds_no_item_and_few_tokens_to_what_is_generated() {
    let [few, many] = [size(1), size(101)];
    assert_eq!(many[1], few[1], "items of an enum with 101 variants, and with one");
    assert_eq!(few[1], 29, "items of an enum");
    assert_eq!((many[0] - few[0]) / 100, 31, "tokens of a variant");
}
