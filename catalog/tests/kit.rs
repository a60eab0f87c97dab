//! The playground keeps to the five catalogs, by the word of the command `test`.
#![cfg(feature = "playground")]

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

use catalog::occurrences;
use serde_json::{Value, json};
use ws_errors::catalog::{Catalog, Delivery, Entry};

/// `catalog serve` on a free port, until it is dropped.
struct Playground(Child, String);

impl Playground {
    fn start() -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_catalog"))
            .arg("serve")
            .stdout(Stdio::piped())
            .spawn()
            .expect("it starts");
        let mut line = String::new();
        let out = child.stdout.take().expect("piped");
        BufReader::new(out).read_line(&mut line).expect("a line");
        let url = line.split_whitespace().find_map(|word| word.strip_prefix("http://"));
        Self(child, url.expect("an address").trim_end_matches('/').to_owned())
    }
}

impl Drop for Playground {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// A folder of its own, removed at its end.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("ws-errors-{name}-{}", std::process::id()));
        fs::create_dir_all(&path).expect("a folder");
        Self(path)
    }

    fn file(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// A scenario for each entry that a server sends.
fn scenarios(catalog: &'static Catalog) -> Value {
    let is_sent = |entry: &&Entry| !matches!(entry.delivery, Delivery::Observed { .. });
    let of = |entry: &Entry| {
        json!({
            "name": format!("raise {}", entry.name),
            "path": format!("/errors/{}?entry={}", catalog.name, entry.name),
            "expect": entry.name,
        })
    };
    let all: Vec<Value> = catalog.entries.iter().filter(is_sent).map(of).collect();
    // What instant says is in the language of the reader.
    json!({ "scenarios": all, "other_texts": catalog.name == "instant" })
}

fn test(catalog: &str, url: &str, scenarios: &Path, more: &[String]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_catalog"))
        .args(["test", catalog, "--url", url, "--scenarios"])
        .arg(scenarios)
        .args(more)
        .output()
        .expect("it runs")
}

#[test]
fn the_playground_raises_each_entry_of_each_catalog_as_the_catalog_says() {
    let (server, folder) = (Playground::start(), Folder::new("kit"));
    for catalog in occurrences::catalogs() {
        let file = folder.file("scenarios.json");
        fs::write(&file, scenarios(catalog).to_string()).expect("written");
        let (json, junit) = (folder.file("report.json"), folder.file("report.xml"));
        let report = format!("json={},junit={}", json.display(), junit.display());
        let url = format!("ws://{}/errors/{}", server.1, catalog.name);
        let tested = test(catalog.name, &url, &file, &["--report".to_owned(), report]);
        let said = String::from_utf8_lossy(&tested.stdout);
        assert!(tested.status.success(), "{said}{}", String::from_utf8_lossy(&tested.stderr));
        let json: Value =
            serde_json::from_str(&fs::read_to_string(json).expect("there")).expect("JSON");
        assert_eq!(json["coverage"]["percent"], 100, "{said}");
        assert!(fs::read_to_string(junit).expect("there").contains(r#"failures="0""#));
    }
}

#[test]
fn a_fault_ends_the_command_with_1_and_a_wrong_file_says_its_line() {
    let (server, folder) = (Playground::start(), Folder::new("fault"));
    let url = format!("ws://{}/errors/metered", server.1);
    let wait = ["--wait".to_owned(), "1s".to_owned()];
    let file = folder.file("wrong.json");
    let expects = json!({ "scenarios": [{ "name": "nothing is sent", "expect": "missing_data" }] });
    fs::write(&file, expects.to_string()).expect("written");
    let tested = test("metered", &url, &file, &wait);
    let said = String::from_utf8_lossy(&tested.stdout);
    assert_eq!(tested.status.code(), Some(1), "{said}");
    assert!(said.contains("not provoked: missing_data\n      nothing of it came"), "{said}");

    fs::write(&file, "{\n  \"scenario\": []\n}").expect("written");
    let tested = test("metered", &url, &file, &wait);
    let said = String::from_utf8_lossy(&tested.stderr);
    assert_eq!(tested.status.code(), Some(1));
    assert!(said.contains("unknown field `scenario`") && said.contains("line 2"), "{said}");
}
