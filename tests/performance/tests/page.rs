//! The tables of `docs/performance.md` that count instructions, made of the committed counts.
//!
//! To write them anew:
//!
//! ```sh
//! WS_ERRORS_DOCS=write cargo test -p performance --test page
//! ```

use std::collections::HashMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

/// What is counted, how it is called among the counts, beside what it stands, how that is called, and
/// which ratio is wanted.
type Row = (&'static str, &'static str, &'static str, &'static str, &'static str);

const WRITING: &[Row] = &[
    ("metered's frame, two values", "encode: metered", "by hand", "by hand: metered", "1.5"),
    ("", "encode: metered", "a struct with `Serialize`", "struct: metered", "0.29"),
    ("the same, into a text", "encode: metered, into a text", "by hand", "by hand: metered", ""),
    (
        "an entry without values",
        "encode: without values",
        "`Utf8Bytes::from_static`",
        "by hand: without values",
        "3",
    ),
    (
        "its optional value absent",
        "encode: without the context's value",
        "`Utf8Bytes::from_static`",
        "by hand: without values",
        "3",
    ),
    ("1 KiB of text", "encode: 1 KiB of text", "by hand", "by hand: 1 KiB of text", "1"),
    (
        "1 KiB with one escape",
        "encode: 1 KiB with one escape",
        "by hand",
        "by hand: 1 KiB with one escape",
        "1",
    ),
    (
        "1 KiB with 128 escapes",
        "encode: 1 KiB with many escapes",
        "serde_json",
        "struct: 1 KiB with many escapes",
        "1",
    ),
    ("an object of details", "encode: details", "a struct", "struct: details", "1"),
    ("a shared `Output`, cloned", "clone: an output", "a `Message`", "clone: a message", "1.3"),
];

const READING: &[Row] = &[
    ("an error", "decode: an error", "an enum tagged by `code`", "tagged enum: an error", "1.5"),
    ("traffic", "decode: traffic", "a prepared `memmem`", "search: traffic", "1.5"),
    (
        "traffic, its type last",
        "decode: traffic, its type last",
        "a prepared `memmem`",
        "search: traffic, its type last",
        "1.5",
    ),
];

/// 8602 as 8,602.
fn grouped(count: u64) -> String {
    let digits = count.to_string();
    let mut text = String::new();
    for (index, digit) in digits.char_indices() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

fn table(rows: &[Row], counts: &HashMap<&str, u64>) -> String {
    let mut table =
        String::from("| | instructions | beside | | ratio | wanted |\n|---|---|---|---|---|---|\n");
    for (label, name, beside, other, wanted) in rows {
        let (count, other) = (counts[name], counts[other]);
        let ratio = count as f64 / other as f64;
        let ratio = if ratio < 9.95 { format!("{ratio:.2}") } else { format!("{ratio:.0}") };
        let (count, other) = (grouped(count), grouped(other));
        let _ = writeln!(table, "| {label} | {count} | {beside} | {other} | {ratio} | {wanted} |");
    }
    table
}

#[test]
fn the_counts_on_the_page_are_those_that_are_committed() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let counts = fs::read_to_string(here.join("instructions.txt")).expect("the counts are there");
    let counts: HashMap<&str, u64> = counts
        .lines()
        .filter_map(|line| line.trim_start().split_once("  "))
        .map(|(count, name)| (name, count.parse().expect("a number")))
        .collect();
    let path = here.join("../../docs/performance.md");
    let page = fs::read_to_string(&path).expect("the page is there");
    let mut written = page.clone();
    for (heading, rows) in [("## Writing", WRITING), ("## Reading", READING)] {
        let section = written.find(heading).expect("the section is there");
        let start = section + written[section..].find("\n| | instructions").expect("a table") + 1;
        let end = start + written[start..].find("\n\n").expect("the table ends") + 1;
        written.replace_range(start..end, &table(rows, &counts));
    }
    if std::env::var_os("WS_ERRORS_DOCS").is_some_and(|value| value == "write") {
        fs::write(&path, written).expect("the page is written");
        return;
    }
    assert!(
        page == written,
        "docs/performance.md has other counts than tests/performance/instructions.txt; write them anew with `WS_ERRORS_DOCS=write cargo test -p performance --test page`"
    );
}
