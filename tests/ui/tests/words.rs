//! What rustc says of the mistakes of `words`: our words, once, and nothing behind them. And it
//! compiles what we say is right.
//!
//! The answers are written by `ws-errors-derive`'s own tests of the same files. All mistakes are
//! modules of one crate, and all corrections of another, so that rustc runs twice.

mod one_crate;

use std::collections::HashSet;
use std::fs;
use std::path::PathBuf;

use one_crate::{Diagnostics, check};

fn folder() -> PathBuf {
    one_crate::folder().join("words")
}

/// The names of the files, without what stands behind the first dot.
fn names(ending: &str) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder())
        .expect("the cases are there")
        .map(|entry| entry.expect("a file can be read").file_name().into_string().expect("UTF-8"))
        .filter_map(|name| name.strip_suffix(ending).map(str::to_owned))
        .filter(|name| !name.contains('.'))
        .collect();
    names.sort_unstable();
    names
}

/// The files of these names.
fn files(ending: &str) -> Vec<PathBuf> {
    names(ending).iter().map(|name| folder().join(format!("{name}{ending}"))).collect()
}

#[test]
fn rustc_says_of_a_mistake_what_we_say_and_nothing_else() {
    let mistakes = files(".rs");
    assert!(mistakes.len() >= 120, "{} mistakes", mistakes.len());
    let diagnostics = check("mistakes", &mistakes);
    for path in mistakes {
        let answers = path.with_extension("stderr");
        let expected =
            fs::read_to_string(&answers).unwrap_or_else(|why| panic!("{}: {why}", path.display()));
        let reported = diagnostics.get(&path).into_iter().flatten();
        let reported: Vec<&str> = reported.map(|one| one.short.as_str()).collect();
        // rustc reports once what is the same at the same place: what several mistakes have in common.
        let mut seen = HashSet::new();
        let is_place = |line: &str| line.starts_with(|first: char| first.is_ascii_digit());
        let is_first = |line: &&str| !is_place(line) || seen.insert(line.to_string());
        let expected: Vec<&str> = expected.trim_end().lines().filter(is_first).collect();
        assert_eq!(reported.join("\n"), expected.join("\n"), "{}", path.display());
    }
}

#[test]
fn what_we_say_to_write_instead_compiles() {
    assert_eq!(names(".rs"), names(".fixed.rs"), "each mistake has its correction beside it");
    assert_eq!(check("corrections", &files(".fixed.rs")), Diagnostics::new());
}

/// The keys that an attribute takes, as the answer to one that it doesn't take lists them.
fn keys(answer: &str) -> Vec<&str> {
    let line = answer.lines().find(|line| line.contains(" takes `")).expect("a list of keys");
    let (_, list) = line.split_once(" takes ").expect("a list of keys");
    list.split('`').skip(1).step_by(2).collect()
}

#[test]
fn each_key_that_an_attribute_takes_is_in_the_docs_of_the_derive_and_on_a_page() {
    let derive = include_str!("../../../ws-errors/src/derive.md");
    for (answer, page) in [
        (
            include_str!("../attributes/an_unknown_key_of_an_enum.stderr"),
            include_str!("../../../docs/attributes/enum.md"),
        ),
        (
            include_str!("../attributes/a_misspelt_key.stderr"),
            include_str!("../../../docs/attributes/variant.md"),
        ),
        (
            include_str!("../attributes/an_unknown_key_of_a_field.stderr"),
            include_str!("../../../docs/attributes/field.md"),
        ),
    ] {
        let keys = keys(answer);
        assert!(keys.len() >= 7, "{keys:?}");
        for key in keys {
            let key = format!("`{key}");
            assert!(derive.contains(&key), "{key} is not in the documentation of the derive");
            assert!(page.contains(&key), "{key} is not on the page of its place");
        }
    }
}
