//! The fuzz target `derive`: `fuzz/README.md` says how it is run.

use crate::derive_ws_error;

libfuzzer_sys::fuzz_target!(|text: &str| {
    // The seeds have something before the item.
    let item = text.find("#[derive").and_then(|at| text.get(at..)).unwrap_or(text);
    // A compiler goes no deeper either.
    if item.matches(['(', '[', '{']).count() > 128 {
        return;
    }
    if let Ok(tokens) = item.parse::<proc_macro2::TokenStream>() {
        let text = derive_ws_error(tokens).to_string();
        assert!(text.parse::<proc_macro2::TokenStream>().is_ok(), "{text}");
    }
});
