//! Whatever two files hold, `diff` answers, and never panics; and a file is like itself.
#![no_main]

use libfuzzer_sys::fuzz_target;
use ws_errors::compat::diff;

const RELEASED: &str = include_str!("../../catalog/released/metered.json");

fuzz_target!(|text: &str| {
    let (old, new) = text.split_once('\0').unwrap_or((text, RELEASED));
    let _ = (diff(old, new), diff(new, old));
    if let Ok(report) = diff(old, old) {
        assert!(report.changes.is_empty(), "{:?}", report.changes);
    }
});
