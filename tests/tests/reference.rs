//! What is generated for readers and for tools, of the five catalogs.

use std::collections::BTreeSet;

use catalog::{ChatError, InstantError, MateriError, MeteredError, RoomsError};
use serde_json::Value;
use ws_errors::catalog::{Catalog, Code};
use ws_errors::compat::diff;
use ws_errors::export::{Format, JSON_SCHEMA, artefacts, json, json_schema};
use ws_errors::{WsError, export};

fn catalogs() -> [&'static Catalog; 5] {
    [
        ChatError::catalog(),
        RoomsError::catalog(),
        MateriError::catalog(),
        MeteredError::catalog(),
        InstantError::catalog(),
    ]
}

/// Errors whose every text tries to break what it stands in.
///
/// | a | `b`
/// ``` <script>alert({x})</script> {y} */ ${z} </script> \u{2028}\u{202e}
/// # not a heading
///
/// <div>
///
/// import things
#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(
    catalog = "hostile",
    envelope = { "type": "error", "c|o`d{e}": code, "text"?: message, "args"?: details },
    retired("*/ | `x` {y} <!--" = "why */ ${z} <b>"),
)]
#[expect(dead_code, reason = "only what is constant of them is looked at")]
enum Hostile {
    /// When `|` and {braces} and <b>tags</b> and ${these} and */ and -->
    /// and ``` come together.
    ///
    /// ```
    /// never closed {x}
    #[error("hostile")]
    #[ws_error(
        code = "a|b`c`{d}<e>*/${f}\u{2028}\u{202e}\"\n-->",
        name = "hostile",
        section = "A | <b> {c} `d` */",
        message = "a */ ${{b}} </script> {field}\u{2028}",
        advice = "Do {this} <or> `that | ${x} */.",
        user(title = "</script>", message = "*/ ${{x}} {{y}}", action = "`|`")
    )]
    Hostile {
        /// A | in a cell, {x}, <y>, `z
        #[ws_error(rename = "f|i`e{l}d", example = "*/ | ``` {{x}} ${{y}} </script>")]
        field: String,
    },
    /// A close whose reason is hostile.
    #[error("closed")]
    #[ws_error(close(4001, "\"] --> x; %% `a` <br> #quot;"), retry = when(refresh_token))]
    Closed,
}

fn all() -> Vec<&'static Catalog> {
    catalogs().into_iter().chain([Hostile::catalog()]).collect()
}

fn parsed(text: &str) -> Value {
    serde_json::from_str(text).expect("JSON")
}

#[test]
fn each_catalog_is_as_its_published_schema_says() {
    let schema = jsonschema::validator_for(&parsed(JSON_SCHEMA)).expect("a schema");
    for catalog in all() {
        let value = parsed(&json(catalog).expect("a catalog"));
        let errors: Vec<String> = schema.iter_errors(&value).map(|e| e.to_string()).collect();
        assert!(errors.is_empty(), "{}: {errors:?}", catalog.name);
    }
}

#[test]
fn each_example_is_valid_and_with_a_code_of_nobody_it_is_not() {
    for catalog in catalogs() {
        let schema = parsed(&json_schema(catalog).expect("a schema"));
        let schema = jsonschema::validator_for(&schema).expect("a schema");
        let exported = parsed(&json(catalog).expect("a catalog"));
        let mut seen = 0;
        for entry in exported["entries"].as_array().expect("entries") {
            for example in entry["examples"].as_array().expect("examples") {
                let text = example["frame"].as_str().expect("a frame");
                assert!(schema.is_valid(&parsed(text)), "{}: {text}", catalog.name);
                seen += 1;
                // What a client branches on is a constant of the schema.
                let Some(code) = entry["code"].as_str() else { continue };
                let changed = text.replacen(code, "NOBODYS", 1);
                assert!(!schema.is_valid(&parsed(&changed)), "{}: {changed}", catalog.name);
            }
        }
        assert!(seen > 0, "{} has no example", catalog.name);
    }
}

#[test]
fn each_code_is_a_constant_and_nothing_is_a_bare_discriminator() {
    for catalog in catalogs() {
        let schema = json_schema(catalog).expect("a schema");
        assert!(!schema.contains("discriminator"));
        for entry in catalog.entries.iter().filter(|entry| !entry.encodings.is_empty()) {
            let constant = match entry.code {
                Code::Number(number) => format!("\"const\": {number}"),
                Code::Text(text) if catalog.name == "instant" => format!("#{text}\""),
                Code::Text(text) => format!("\"const\": \"{text}\""),
                Code::None | Code::Field(_) => continue,
            };
            assert!(schema.contains(&constant), "{}: {constant}", catalog.name);
        }
    }
}

#[test]
fn every_artefact_is_the_same_on_another_thread_and_in_another_order() {
    let made = |formats: Vec<Format>| {
        let made = artefacts(&all(), &formats).expect("artefacts");
        made.into_iter().map(|artefact| (artefact.file, artefact.text)).collect::<BTreeSet<_>>()
    };
    let forwards = made(Format::ALL.to_vec());
    let backwards = std::thread::spawn(move || made(Format::ALL.iter().rev().copied().collect()))
        .join()
        .expect("a thread");
    // And the client, which the TypeScript modules share.
    assert_eq!(forwards.len(), 6 * Format::ALL.len() + 1);
    assert_eq!(forwards, backwards);
}

/// `tests/reference/check` reads them.
#[test]
fn the_artefacts_of_all_catalogs_are_written_for_the_checks_in_node() {
    let directory = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("reference");
    std::fs::create_dir_all(&directory).expect("a directory");
    for artefact in artefacts(&all(), Format::ALL).expect("artefacts") {
        artefact.write(&directory).expect("written");
    }
    let text = export::asyncapi("All errors", &all()).expect("a document");
    let together = export::Artefact { file: "together.asyncapi.json".to_owned(), text };
    together.write(&directory).expect("written");
}

#[test]
fn the_committed_catalogs_break_nobody() {
    for catalog in catalogs() {
        let path =
            format!("{}/../catalog/generated/{}.json", env!("CARGO_MANIFEST_DIR"), catalog.name);
        let committed = std::fs::read_to_string(&path).expect("a committed catalog");
        let report = diff(&committed, &json(catalog).expect("a catalog")).expect("two catalogs");
        assert!(!report.is_breaking(), "{report}");
    }
}
