//! What rustc says of the mistakes of `words`: our words, once, and nothing behind them. And it
//! compiles what we say is right.
//!
//! The answers are written by `ws-errors-derive`'s own tests of the same files. All mistakes are
//! modules of one crate, and all corrections of another, so that rustc runs twice.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("words")
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

/// Has rustc check a crate whose modules are these files.
fn check(name: &str, ending: &str) -> Output {
    let root =
        Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).expect("the workspace is above");
    let of_crate = Path::new(env!("CARGO_TARGET_TMPDIR")).join("words").join(name);
    fs::create_dir_all(of_crate.join("src")).expect("a folder is made");
    let runtime = root.join("ws-errors");
    let manifest = format!(
        "[package]\nname = \"{name}\"\nedition = \"2024\"\n[dependencies]\nserde = {{ version = \"1\", features = [\"derive\"] }}\nthiserror = \"2\"\nws-errors = {{ path = {runtime:?} }}\n[workspace]\n"
    );
    fs::write(of_crate.join("Cargo.toml"), manifest).expect("it is written");
    // The versions that everything else is built with, so that nothing is fetched.
    fs::copy(root.join("Cargo.lock"), of_crate.join("Cargo.lock")).expect("it is copied");
    let mut modules = String::from("#![allow(dead_code)]\n");
    for name in names(ending) {
        let path = folder().join(format!("{name}{ending}"));
        writeln!(modules, "#[path = {path:?}]\npub mod {name};").expect("a string takes it");
    }
    fs::write(of_crate.join("src/lib.rs"), modules).expect("it is written");
    Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
        .args(["check", "--offline", "--quiet", "--message-format=short"])
        .env("CARGO_TARGET_DIR", Path::new(env!("CARGO_TARGET_TMPDIR")).join("crates.target"))
        .env("CARGO_TERM_COLOR", "never")
        .env_remove("RUSTFLAGS")
        .current_dir(&of_crate)
        .output()
        .expect("cargo runs")
}

#[test]
fn rustc_says_of_a_mistake_what_we_say_and_nothing_else() {
    let names = names(".rs");
    assert!(names.len() >= 120, "{} mistakes", names.len());
    let output = check("mistakes", ".rs");
    let said = String::from_utf8_lossy(&output.stderr);
    let mut expected = 0;
    for name in names {
        let path = folder().join(format!("{name}.stderr"));
        let answers = fs::read_to_string(&path).unwrap_or_else(|why| panic!("{name}: {why}"));
        for line in answers.lines() {
            // What is no place is the next line of a message.
            let place = line.split_once(": ").filter(|(place, _)| {
                place.bytes().all(|byte| byte.is_ascii_digit() || byte == b':')
            });
            let wanted = match place {
                Some((place, message)) => format!("{name}.rs:{place}: error: {message}"),
                None => line.to_owned(),
            };
            expected += usize::from(place.is_some());
            assert!(said.contains(&wanted), "{name}: rustc does not say {wanted:?}");
        }
    }
    let others: Vec<&str> = said.lines().filter(|line| line.contains("error[")).collect();
    assert!(others.is_empty(), "rustc's own words:\n{}", others.join("\n"));
    assert_eq!(said.matches(": error: ").count(), expected, "{said}");
}

#[test]
fn what_we_say_to_write_instead_compiles() {
    assert_eq!(names(".rs"), names(".fixed.rs"), "each mistake has its correction beside it");
    let output = check("corrections", ".fixed.rs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}
