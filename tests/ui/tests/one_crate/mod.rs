//! Has rustc check many files at once, as the modules of one crate.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

/// What rustc reports at one place.
#[derive(Debug, PartialEq)]
pub(crate) struct Diagnostic {
    /// `line:column: message`. The message of an error with a number, or of a warning, begins with
    /// that: it is rustc's own.
    pub(crate) short: String,
    /// As a person sees it, with paths from the folder of this package.
    pub(crate) rendered: String,
}

/// The diagnostics of each file that has any, in the order in which rustc reports them.
pub(crate) type Diagnostics = BTreeMap<PathBuf, Vec<Diagnostic>>;

/// The folder of this package.
pub(crate) fn folder() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The target folder of the workspace, in which much of what these crates depend on is checked already.
pub(crate) fn target() -> &'static Path {
    Path::new(env!("CARGO_TARGET_TMPDIR")).parent().expect("the target folder")
}

/// Checks a crate of this name whose modules are these files.
///
/// # Panics
/// Where rustc does not run, or reports something that is in no file.
pub(crate) fn check(name: &str, files: &[PathBuf]) -> Diagnostics {
    let root = folder().ancestors().nth(2).expect("the workspace is above");
    let of_crate = Path::new(env!("CARGO_TARGET_TMPDIR")).join("one_crate").join(name);
    fs::create_dir_all(of_crate.join("src")).expect("a folder is made");
    let runtime = root.join("ws-errors");
    let manifest = format!(
        "[package]\nname = \"{name}\"\nedition = \"2024\"\n[dependencies]\nserde = {{ version = \"1\", features = [\"derive\"] }}\nthiserror = \"2\"\nws-errors = {{ path = {runtime:?}, features = [\"http\"] }}\n[workspace]\n"
    );
    fs::write(of_crate.join("Cargo.toml"), manifest).expect("it is written");
    // The versions that everything else is built with, so that nothing is fetched.
    fs::copy(root.join("Cargo.lock"), of_crate.join("Cargo.lock")).expect("it is copied");
    let mut modules = String::from("#![allow(dead_code)]\n");
    for (number, path) in files.iter().enumerate() {
        writeln!(modules, "#[path = {path:?}]\npub mod case_{number};").expect("a string takes it");
    }
    fs::write(of_crate.join("src/lib.rs"), modules).expect("it is written");
    let output = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
        .args(["rustc", "--profile", "check", "--offline", "--quiet", "--message-format=json"])
        // As trybuild has it, which compares those of other mistakes.
        .args(["--", "--diagnostic-width=140"])
        .env("CARGO_TARGET_DIR", target())
        .env_remove("RUSTFLAGS")
        .current_dir(&of_crate)
        .output()
        .expect("cargo runs");
    let errors = String::from_utf8_lossy(&output.stderr);
    let mut diagnostics = Diagnostics::new();
    let mut is_checked = output.status.success();
    for line in String::from_utf8_lossy(&output.stdout).lines() {
        let line: Value = serde_json::from_str(line).expect("cargo writes JSON");
        if line["reason"] != "compiler-message" {
            continue;
        }
        assert_eq!(line["target"]["name"], name, "another crate has a diagnostic: {line}");
        is_checked = true;
        let message = &line["message"];
        let spans = message["spans"].as_array().expect("a list of places");
        match spans.iter().find(|span| span["is_primary"] == true) {
            Some(span) => {
                let file = PathBuf::from(span["file_name"].as_str().expect("a path"));
                assert!(files.contains(&file), "a diagnostic of another file: {line}");
                diagnostics.entry(file).or_default().push(Diagnostic::new(message, span));
            }
            // How many errors there were, and where to read about them.
            None => assert!(message["level"] == "failure-note" || is_count(message), "{line}"),
        }
    }
    assert!(is_checked, "rustc did not run: {errors}");
    diagnostics
}

fn is_count(message: &Value) -> bool {
    message["message"].as_str().is_some_and(|text| text.starts_with("aborting due to "))
}

impl Diagnostic {
    fn new(message: &Value, span: &Value) -> Self {
        let text = |value: &Value| value.as_str().expect("a text").to_owned();
        let whose = match (&message["code"]["code"], &message["level"]) {
            (Value::String(code), level) => format!("{}[{code}]: ", text(level)),
            (_, level) if level == "error" => String::new(),
            (_, level) => text(level) + ": ",
        };
        let (line, column) = (&span["line_start"], &span["column_start"]);
        let here = format!("{}/", folder().display());
        Self {
            short: format!("{line}:{column}: {whose}{}", text(&message["message"])),
            rendered: text(&message["rendered"]).replace(&here, ""),
        }
    }
}
