//! What the compiler says of a mistake in an enum.
//!
//! A mistake is a file `<topic>/<mistake>.rs`, and what it is answered with lies beside it. To
//! write those answers anew, and read them:
//!
//! ```sh
//! TRYBUILD=overwrite cargo +1.95.0 test --workspace --test mistakes
//! ```
//!
//! Mistakes that the macro sees are modules of one crate, so that rustc runs once. Where types decide,
//! rustc speaks of other types of the crate, too: each of those is a crate, which trybuild makes.

mod one_crate;

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The words of rustc change from release to release; those that are compared are of this one.
const TOOLCHAIN: &str = "1.95.0";

/// Topics whose mistakes depend on types, which rustc alone knows: it frames our words in its own.
const OF_TYPES: [&str; 2] = ["composition", "types"];

/// Whether the compiler is the one whose words lie beside the mistakes. Says so where it isn't, past
/// the test harness, which hides what passing tests print. `WS_ERRORS_UI=required` makes that an
/// error.
fn is_pinned() -> bool {
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let output = Command::new(rustc).arg("--version").output().expect("rustc runs");
    let version = String::from_utf8_lossy(&output.stdout).into_owned();
    if version.split_whitespace().nth(1) == Some(TOOLCHAIN) {
        return true;
    }
    let why = format!(
        "SKIPPED: the UI tests compare the words of rustc {TOOLCHAIN}, and this is {}; run them with `cargo +{TOOLCHAIN} test -p ui --test mistakes`\n",
        version.trim()
    );
    assert!(std::env::var_os("WS_ERRORS_UI").is_none_or(|value| value != "required"), "{why}");
    std::io::stderr().write_all(why.as_bytes()).expect("stderr is open");
    false
}

/// The folders of mistakes, by topic.
fn topics() -> Vec<String> {
    let mut topics: Vec<String> = fs::read_dir(env!("CARGO_MANIFEST_DIR"))
        .expect("the cases are there")
        .map(|entry| entry.expect("a folder can be read").file_name().into_string().expect("UTF-8"))
        // Those of `words` are checked all at once, by `words.rs`.
        .filter(|name| !["Cargo.toml", "crates", "pass", "tests", "words"].contains(&name.as_str()))
        .collect();
    topics.sort_unstable();
    topics
}

/// The files of a topic with this extension.
fn files(topic: &str, extension: &str) -> Vec<PathBuf> {
    fs::read_dir(one_crate::folder().join(topic))
        .expect("the topic is there")
        .map(|entry| entry.expect("a file can be read").path())
        .filter(|path| path.extension().is_some_and(|other| other == extension))
        .collect()
}

/// The mistakes that the macro sees.
fn of_the_macro() -> Vec<PathBuf> {
    let is_its_own = |topic: &String| !OF_TYPES.contains(&topic.as_str());
    let mut files: Vec<PathBuf> =
        topics().into_iter().filter(is_its_own).flat_map(|topic| files(&topic, "rs")).collect();
    files.sort_unstable();
    files
}

#[test]
fn each_mistake_that_the_macro_sees_is_reported() {
    if !is_pinned() {
        return;
    }
    let overwrite = std::env::var_os("TRYBUILD").is_some_and(|value| value == "overwrite");
    let mistakes = of_the_macro();
    let diagnostics = one_crate::check("seen", &mistakes);
    let mut differ = String::new();
    for path in mistakes {
        let rendered = diagnostics.get(&path).into_iter().flatten();
        let rendered: Vec<&str> = rendered.map(|one| one.rendered.trim_end()).collect();
        assert!(!rendered.is_empty(), "{} compiles", path.display());
        let reported = rendered.join("\n\n") + "\n";
        let answer = path.with_extension("stderr");
        let expected = fs::read_to_string(&answer).unwrap_or_default();
        if overwrite && reported != expected {
            fs::write(answer, reported).expect("it is written");
        } else if reported != expected {
            differ += &format!("{}\nexpected:\n{expected}reported:\n{reported}\n", path.display());
        }
    }
    assert!(differ.is_empty(), "{differ}");
}

#[test]
fn each_mistake_in_types_is_reported() {
    if !is_pinned() {
        return;
    }
    let cases = trybuild::TestCases::new();
    for topic in OF_TYPES {
        cases.compile_fail(format!("{topic}/*.rs"));
    }
}

#[test]
fn a_mistake_that_the_macro_sees_is_reported_in_its_own_words_only() {
    let own = of_the_macro();
    for path in &own {
        let answer = path.with_extension("stderr");
        let text = fs::read_to_string(&answer)
            .unwrap_or_else(|error| panic!("{}: {error}", answer.display()));
        // The errors of rustc have a number; those of a macro have none.
        for line in text.lines() {
            assert!(!line.starts_with("error["), "{}: {line}", answer.display());
            assert!(!line.starts_with("warning"), "{}: {line}", answer.display());
        }
    }
    assert!(own.len() >= 50, "{} mistakes are answered in our own words", own.len());
    let of_types: usize = OF_TYPES.iter().map(|topic| files(topic, "rs").len()).sum();
    assert!(own.len() + of_types >= 60);
}

#[test]
fn a_user_of_any_edition_under_any_name_with_any_lint_compiles() {
    let manifest = one_crate::folder();
    let root = manifest.ancestors().nth(2).expect("the workspace is above");
    let copy = Path::new(env!("CARGO_TARGET_TMPDIR")).join("crates");
    copy_all(&manifest.join("crates"), &copy, &root.join("ws-errors"));
    fs::write(copy.join("thousand/src/failure.rs"), a_thousand_entries()).expect("it is written");
    // The versions that everything else is built with, so that nothing is fetched.
    fs::copy(root.join("Cargo.lock"), copy.join("Cargo.lock")).expect("it is copied");
    let output = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
        .args(["clippy", "--offline", "--workspace", "--quiet"])
        .env("CARGO_TARGET_DIR", one_crate::target())
        .env_remove("RUSTFLAGS")
        .current_dir(&copy)
        .output()
        .expect("cargo runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

/// Copies a folder of crates, whose manifests then name the runtime by its full path.
fn copy_all(from: &Path, to: &Path, runtime: &Path) {
    fs::create_dir_all(to).expect("a folder is made");
    for entry in fs::read_dir(from).expect("the folder is there") {
        let path = entry.expect("it can be read").path();
        let copy = to.join(path.file_name().expect("it has a name"));
        if path.is_dir() {
            copy_all(&path, &copy, runtime);
            continue;
        }
        let mut text = fs::read_to_string(&path).expect("it is text");
        if path.extension().is_some_and(|extension| extension == "toml") {
            let path = runtime.display().to_string();
            text = text.replace("\"../../../../ws-errors\"", &format!("{path:?}"));
            text = text.replace("\"../../../ws-errors\"", &format!("{path:?}"));
        }
        fs::write(copy, text).expect("it is written");
    }
}

/// An enum of a thousand variants: most are messages with fields, some are closes.
fn a_thousand_entries() -> String {
    let mut text = "#[derive(Debug, thiserror::Error, ws_errors::WsError)]\n#[ws_error(envelope = { \"code\": code, \"message\": message, \"details\"?: details })]\npub enum Failure {\n".to_owned();
    for index in 0..1000 {
        text += &match index % 10 {
            0 => format!(
                "    #[error(\"closed\")]\n    #[ws_error(close({}))]\n    Closed{index},\n",
                4000 + index
            ),
            _ => format!(
                "    /// Entry {index}.\n    #[error(\"{{room}} of {index}\")]\n    #[ws_error(message = \"{{room}} is gone\", retry = backoff(1s..30s))]\n    Gone{index} {{ room: String, limit: u32, user: Option<u32> }},\n",
            ),
        };
    }
    text + "}\n"
}
