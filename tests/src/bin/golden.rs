//! Writes the TypeScript modules of the five catalogs and of the sixteen of `tests::world`, and what
//! each should make of every frame and close of its catalog, into a folder: `golden DIR`.

use std::path::PathBuf;
use std::process::ExitCode;

use serde_json::{Value, json};
use tests::occurrences::{self, Occurrence};
use tests::world::{self, System as World};
use ws_errors::catalog::{Catalog, Code, Entry, Message};
use ws_errors::export::typescript;
use ws_errors::wire::{Received, Values};
use ws_errors::{Decoder, Output};

fn main() -> ExitCode {
    let Some(directory) = std::env::args_os().nth(1).map(PathBuf::from) else {
        eprintln!("usage: golden DIR");
        return ExitCode::from(2);
    };
    match write(&directory) {
        Ok(rows) => {
            println!("{rows} golden frames and closes in {}", directory.display());
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("{}: {error}", directory.display());
            ExitCode::FAILURE
        }
    }
}

fn write(directory: &PathBuf) -> Result<usize, Box<dyn std::error::Error>> {
    std::fs::create_dir_all(directory)?;
    let systems = world::systems();
    let catalogs: Vec<&'static Catalog> =
        occurrences::catalogs().into_iter().chain(systems.iter().map(|one| one.catalog)).collect();
    for catalog in &catalogs {
        std::fs::write(directory.join(format!("{}.ts", catalog.name)), typescript(catalog)?)?;
    }
    let mut rows: Vec<Value> = Vec::new();
    for Occurrence { catalog, entry, output, .. } in occurrences::all() {
        rows.extend(sent(catalog, entry, &output));
    }
    for World { catalog, examples, .. } in &systems {
        for example in examples {
            rows.extend(sent(catalog, example.entry, &example.output));
        }
    }
    for catalog in catalogs {
        for frame in [r#"{"type":"message","data":{"type":"error"}}"#, "[1,2,3]", "null", "{"] {
            rows.push(json!({ "catalog": catalog.name, "frame": frame, "kind": null }));
        }
        rows.push(json!({ "catalog": catalog.name, "close": [4777, "new"], "kind": "$unknown" }));
    }
    std::fs::write(directory.join("golden.json"), serde_json::to_string_pretty(&rows)?)?;
    Ok(rows.len())
}

/// What an occurrence sends, and what a client should make of it.
fn sent(catalog: &'static Catalog, entry: &'static Entry, output: &Output) -> Vec<Value> {
    let mut rows = Vec::new();
    if let Some(frame) = output.text() {
        let decoded = Decoder::new(catalog).decode(frame);
        let named = |values: &Values| -> Value {
            values.iter().map(|(name, value)| (name.to_owned(), value.clone())).collect()
        };
        if let Some(received) = decoded.received() {
            rows.push(json!({
                "catalog": catalog.name,
                "frame": frame,
                "kind": entry.name,
                "context": named(received.context_values()),
                "fields": fields(entry, received),
            }));
        }
    }
    if let Some(close) = &output.close
        && let Some(code) = close.code()
    {
        rows.push(json!({
            "catalog": catalog.name,
            "close": [code.get(), close.reason()],
            "kind": entry.name,
        }));
    }
    rows
}

/// The fields, the message, and a code that comes from a field. A field that is the message or the
/// code has no member of its own in TypeScript.
fn fields(entry: &Entry, received: &Received) -> Value {
    let is_message = |name: &str| {
        let field = entry.field(name).map(|field| field.ident);
        matches!(entry.message, Message::Field(ident) if field == Some(ident))
    };
    let is_code = |name: &str| {
        let field = entry.field(name).map(|field| field.ident);
        matches!(entry.code, Code::Field(ident) if field == Some(ident))
    };
    let mut fields: serde_json::Map<String, Value> = received
        .fields()
        .iter()
        .filter(|(name, _)| !is_message(name) && !is_code(name))
        .map(|(name, value)| (name.to_owned(), value.clone()))
        .collect();
    if let Some(message) = received.message() {
        fields.insert("message".to_owned(), message.clone());
    }
    if let (Code::Field(_), Some(code)) = (entry.code, received.code()) {
        fields.insert("code".to_owned(), code.clone());
    }
    Value::Object(fields)
}
