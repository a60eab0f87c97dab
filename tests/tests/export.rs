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

#[test]
fn a_module_in_python_has_a_class_for_each_error_the_same_each_time() {
    let catalog = catalog::MeteredError::catalog();
    let module = ws_errors::export::python(catalog).expect("a module");
    assert_eq!(ws_errors::export::python(catalog).expect("a module"), module);
    for part in [
        "\nclass BackendError:\n",
        "    kind: _t.Literal[\"backend_error\"] = \"backend_error\"\n",
        "\nclass MeteredUnknown:\n",
        "\nMeteredError: _t.TypeAlias = (\n    MalformedMessage\n",
        "    | MeteredUnknown\n)\n",
        "    context: MeteredContext\n",
        "    \"\"\"The token was refused while connecting.\n\n    Get a new token, then connect again.\n    \"\"\"\n",
    ] {
        assert!(module.contains(part), "{part}\n{module}");
    }
}

#[test]
fn a_name_in_python_is_one_that_python_and_the_module_have_no_other_meaning_for() {
    let catalog = tests::odd_names::sent()[0].catalog;
    let module = ws_errors::export::python(catalog).expect("a module");
    let class = module.split("\nclass OddNamesContextEntry:\n").nth(1).expect("the class");
    for name in ["class_", "str_", "gr__e", "_0", "_own", "Detail_"] {
        let attribute = format!("\n    {name}: int\n");
        assert!(class.contains(&attribute), "{name}\n{class}");
    }
    for class in ["OddNamesContext", "RETRYEntry", "Data", "Map"] {
        assert_eq!(module.matches(&format!("\nclass {class}:\n")).count(), 1, "{class}\n{module}");
    }
}

/// Its texts end a docstring of Python early, or hide the end.
#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(catalog = "quotes", envelope = { "code": code })]
#[expect(dead_code, reason = "only its catalog is looked at")]
enum Quote {
    #[error("one")]
    #[ws_error(docs = "ends with \"")]
    One,
    #[error("two")]
    #[ws_error(docs = "a \\n and \"\"\"")]
    Two,
}

#[test]
fn nothing_in_a_docstring_ends_it() {
    let module = ws_errors::export::python(Quote::catalog()).expect("a module");
    for docs in [r#""""ends with " """"#, r#""""a \\n and \"\"\" """"#] {
        assert!(module.contains(docs), "{docs}\n{module}");
    }
}

/// A context of which two fields have one name in Python.
#[derive(Debug)]
struct Reserved {
    class: u8,
    class_: u8,
}

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(
    catalog = "same",
    envelope(Reserved) = { "code": code, "a": cx.class, "b": cx.class_ },
)]
#[expect(dead_code, reason = "only its catalog is looked at")]
enum SameInContext {
    #[error("gone")]
    Gone,
}

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(catalog = "same", envelope = { "code": code, "details"?: details })]
#[expect(dead_code, reason = "only its catalog is looked at")]
enum SameInPython {
    #[error("moved")]
    Moved {
        #[ws_error(rename = "a-b")]
        from: u8,
        a_b: u8,
    },
}

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(catalog = "same", envelope = { "status": code, "details"?: details })]
#[expect(dead_code, reason = "only its catalog is looked at")]
enum SameInBoth {
    #[error("moved")]
    Moved { code: u8, code_: u8 },
}

#[test]
fn two_fields_with_one_name_in_a_language_are_refused_with_what_to_write() {
    let python =
        |catalog| ws_errors::export::python(catalog).expect_err("it is refused").to_string();
    let remedy = "give one of them another name, with `#[ws_error(rename = \"…\")]`";
    assert_eq!(
        python(SameInPython::catalog()),
        format!(
            "catalog `same`, entry `Moved`: the fields `a-b` and `a_b` are both `a_b` in Python; {remedy}"
        )
    );
    assert_eq!(
        python(SameInContext::catalog()),
        "catalog `same`, entry `Gone`: the fields `class` and `class_` of the context are both `class_` in Python; give one of them another name, in its struct"
    );
    assert!(ws_errors::export::typescript(SameInPython::catalog()).is_ok());
    assert!(ws_errors::export::typescript(SameInContext::catalog()).is_ok());
    let both = |language| {
        format!(
            "catalog `same`, entry `Moved`: the fields `code` and `code_` are both `code_` in {language}; {remedy}"
        )
    };
    assert_eq!(python(SameInBoth::catalog()), both("Python"));
    let error = ws_errors::export::typescript(SameInBoth::catalog()).expect_err("it is refused");
    assert_eq!(error.to_string(), both("TypeScript"));
}

/// A page may be compiled with `noUnusedLocals`.
#[test]
fn a_module_keeps_nothing_that_it_does_not_read() {
    for catalog in tests::odd_shapes::catalogs() {
        let module = ws_errors::export::typescript(catalog).expect("a module");
        for function in module.split("\nfunction ") {
            let kept = function.lines().filter_map(|line| line.trim().strip_prefix("let "));
            for variable in kept.filter_map(|rest| rest.strip_suffix(": unknown;")) {
                let is_of_name = |c: char| c.is_ascii_alphanumeric();
                let reads = function.match_indices(variable).filter(|(at, _)| {
                    let rest = &function[at + variable.len()..];
                    let is_it =
                        !rest.starts_with(is_of_name) && !function[..*at].ends_with(is_of_name);
                    is_it && !rest.starts_with(" = ") && !rest.starts_with(": unknown;")
                });
                assert!(reads.count() > 0, "{}: {variable} in {function}", catalog.name);
            }
        }
    }
}
