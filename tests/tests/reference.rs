//! What is generated for readers and for tools, of the five catalogs.

use std::collections::BTreeSet;

use catalog::{ChatError, InstantError, MateriError, MeteredError, RoomsError};
use serde_json::Value;
use ws_errors::WsError;
use ws_errors::catalog::{Catalog, Code};
use ws_errors::export::{Format, JSON_SCHEMA, artefacts, json, json_schema};

fn catalogs() -> [&'static Catalog; 5] {
    [
        ChatError::catalog(),
        RoomsError::catalog(),
        MateriError::catalog(),
        MeteredError::catalog(),
        InstantError::catalog(),
    ]
}

fn parsed(text: &str) -> Value {
    serde_json::from_str(text).expect("JSON")
}

#[test]
fn each_catalog_is_as_its_published_schema_says() {
    let schema = jsonschema::validator_for(&parsed(JSON_SCHEMA)).expect("a schema");
    for catalog in catalogs() {
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
        let made = artefacts(&catalogs(), &formats).expect("artefacts");
        made.into_iter().map(|artefact| (artefact.file, artefact.text)).collect::<BTreeSet<_>>()
    };
    let forwards = made(Format::ALL.to_vec());
    let backwards = std::thread::spawn(move || made(Format::ALL.iter().rev().copied().collect()))
        .join()
        .expect("a thread");
    assert_eq!(forwards.len(), 5 * Format::ALL.len());
    assert_eq!(forwards, backwards);
}
