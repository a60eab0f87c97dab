//! What the command line makes of the five catalogs, and whether what is committed is fresh.

use std::fs;
use std::path::{Path, PathBuf};

use tests::occurrences;
use ws_errors::WsError;
use ws_errors::catalog::Catalog;
use ws_errors::cli::{Exit, Program, Terminal, run};

/// A folder of its own under the target folder, empty.
fn folder(name: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&path);
    path
}

fn export(catalogs: &[&'static Catalog], arguments: &[&str]) -> (Exit, String) {
    let program = Program::new("catalog", catalogs.to_vec());
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let arguments = std::iter::once("export").chain(arguments.iter().copied());
    let exit = run(&program, arguments, Terminal::default(), &mut out, &mut err).expect("memory");
    out.extend(err);
    (exit, String::from_utf8(out).expect("UTF-8"))
}

fn files(folder: &Path) -> Vec<String> {
    let mut files: Vec<String> = fs::read_dir(folder)
        .expect("a folder")
        .map(|file| file.expect("a file").file_name().to_string_lossy().into_owned())
        .collect();
    files.sort();
    files
}

#[test]
fn what_is_committed_is_what_the_enums_say() {
    let committed = Path::new(env!("CARGO_MANIFEST_DIR")).join("../catalog/generated");
    let committed = committed.to_str().expect("UTF-8");
    let (exit, said) = export(&occurrences::catalogs(), &["--check", "--out", committed]);
    assert_eq!(exit, Exit::Success, "{said}");
}

#[test]
fn every_catalog_is_exported_in_three_formats_with_an_index_and_the_client_and_the_same_each_time()
{
    let (first, second) = (folder("export-1"), folder("export-2"));
    for folder in [&first, &second] {
        let (exit, said) =
            export(&occurrences::catalogs(), &["--out", folder.to_str().expect("UTF-8")]);
        assert_eq!(exit, Exit::Success, "{said}");
    }
    let mut expected: Vec<String> = ["chat", "rooms", "materi", "metered", "instant"]
        .iter()
        .flat_map(|name| ["md", "ts", "json"].map(|extension| format!("{name}.{extension}")))
        .chain(["index.md".to_owned(), "ws-errors.ts".to_owned()])
        .collect();
    expected.sort();
    assert_eq!(files(&first), expected);
    for name in expected {
        assert_eq!(fs::read(first.join(&name)).ok(), fs::read(second.join(&name)).ok(), "{name}");
    }
}

#[test]
fn the_json_has_its_entries_in_order() {
    for catalog in occurrences::catalogs() {
        let text = ws_errors::export::json(catalog).expect("JSON");
        let json: serde_json::Value = serde_json::from_str(&text).expect("JSON");
        let names: Vec<&str> = json["entries"]
            .as_array()
            .expect("a list")
            .iter()
            .filter_map(|entry| entry["name"].as_str())
            .collect();
        let declared: Vec<&str> = catalog.entries.iter().map(|entry| entry.name).collect();
        assert_eq!(names, declared);
    }
}

#[test]
fn a_check_fails_when_a_variant_is_added_and_names_each_file() {
    mod before {
        #[derive(Debug, thiserror::Error, ws_errors::WsError)]
        #[ws_error(catalog = "shop", envelope = { "code": code })]
        #[allow(dead_code, reason = "only its catalog is looked at")]
        pub(crate) enum Shop {
            #[error("sold out")]
            SoldOut,
        }
    }
    mod after {
        #[derive(Debug, thiserror::Error, ws_errors::WsError)]
        #[ws_error(catalog = "shop", envelope = { "code": code })]
        #[allow(dead_code, reason = "only its catalog is looked at")]
        pub(crate) enum Shop {
            #[error("sold out")]
            SoldOut,
            #[error("closed")]
            Closed,
        }
    }
    let folder = folder("export-check");
    let out = folder.to_str().expect("UTF-8");
    let before = [before::Shop::catalog()];
    assert_eq!(export(&before, &["--out", out]).0, Exit::Success);
    assert_eq!(export(&before, &["--check", "--out", out]).0, Exit::Success);

    let (exit, said) = export(&[after::Shop::catalog()], &["--check", "--out", out]);
    assert_eq!(exit, Exit::Failure);
    for file in ["shop.md", "shop.ts", "shop.json"] {
        assert!(said.contains(file), "{file} is stale: {said}");
    }

    fs::remove_file(folder.join("shop.ts")).expect("a file");
    let (exit, said) = export(&before, &["--check", "--out", out]);
    assert_eq!(exit, Exit::Failure);
    assert!(said.contains("shop.ts") && !said.contains("shop.md"), "one is missing: {said}");
    assert!(!folder.join("shop.ts").exists(), "a check writes nothing");
}

#[test]
fn c3_the_type_of_detail_in_typescript_is_a_string_a_list_or_an_object_that_nests() {
    let module = ws_errors::export::typescript(catalog::ChatError::catalog()).expect("a module");
    assert!(
        module.contains("export type Detail =\n  string | readonly Detail[] | { readonly [key: string]: Detail };"),
        "{module}"
    );
}

/// The server answers a message of its own.
#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(
    catalog = "alive",
    envelope = { "code": code },
    client(liveness(idle = 20s, ping = "{\"op\":\"ping\"}", pong = "{\"op\":\"pong\"}", leave(4008, "silent"))),
)]
enum Alive {
    #[error("gone")]
    #[expect(dead_code, reason = "only its catalog is looked at")]
    Gone,
}

#[test]
fn a_ping_that_the_enum_declares_is_in_the_module_the_reference_and_the_json() {
    let catalog = Alive::catalog();
    let module = ws_errors::export::typescript(catalog).expect("no fields");
    assert!(module.contains("  liveness: {\n    idle: 20000,\n    ping: '{\"op\":\"ping\"}',\n    pong: '{\"op\":\"pong\"}',\n    within: 10000,\n    code: 4008,\n    reason: \"silent\",\n  },\n"), "{module}");
    assert!(module.contains("  guards: AliveGuards,\n"), "{module}");
    let reference = ws_errors::export::markdown(catalog).expect("no fields");
    let row = "- **Liveness:** after 20 s without a message the client sends `{\"op\":\"ping\"}`. Where nothing comes within 10 s, it closes the connection with ";
    assert!(reference.contains(row), "{reference}");
    let json = ws_errors::export::json(catalog).expect("no fields");
    let guards = r#""idle_ms": 20000"#;
    assert!(json.contains(guards), "{json}");
}
