//! Writes the TypeScript modules of the five catalogs, of the sixteen of `tests::world` and of those
//! of `tests::told_apart`, and what each should make of every frame and close of its catalog, into a folder: `golden DIR`.
//! The modules of the five, with the catalog's name before each export, stand in `DIR/prefixed`; those
//! in Python, and the client that they are made for, in `DIR/python`.
//! `golden --random N DIR` writes the Python modules of so many catalogs that are made up.
//! `golden --codes N DIR` writes the module of a catalog with so many codes, `grown.ts`.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::ExitCode;

use serde_json::{Value, json};
use tests::occurrences::{self, Occurrence};
use tests::readings::{self, Read, ReadClose};
use tests::told_apart::{self, Sent};
use tests::world::{self, System as World};
use tests::{field_types, odd_names, odd_shapes};
use ws_errors::catalog::{Catalog, Code, Entry, Message};
use ws_errors::export::{Artefact, Format, TypeScript, artefacts, python, typescript};
use ws_errors::wire::{Received, Values};
use ws_errors::{Decoder, Output, WsError as _};

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let said = match arguments.as_slice() {
        [directory] => write(&PathBuf::from(directory))
            .map(|rows| format!("{rows} golden frames and closes in {directory}")),
        [flag, codes, directory] if flag == "--codes" => {
            grown(codes, directory).map(|()| format!("{codes} codes in {directory}"))
        }
        [flag, catalogs, directory] if flag == "--random" => {
            random(catalogs, directory).map(|()| format!("{catalogs} catalogs in {directory}"))
        }
        _ => {
            eprintln!("usage: golden DIR, golden --codes N DIR, or golden --random N DIR");
            return ExitCode::from(2);
        }
    };
    match said {
        Ok(said) => {
            println!("{said}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

/// The Python modules of catalogs that are made up.
fn random(catalogs: &str, directory: &str) -> Result<(), Box<dyn std::error::Error>> {
    std::fs::create_dir_all(directory)?;
    for (number, catalog) in tests::random::catalogs().take(catalogs.parse()?).enumerate() {
        let file = PathBuf::from(directory).join(format!("random_{number}.py"));
        std::fs::write(file, python(catalog)?)?;
    }
    Ok(())
}

/// The module of a catalog that is materi's, over and over.
fn grown(codes: &str, directory: &str) -> Result<(), Box<dyn std::error::Error>> {
    let materi = catalog::MateriError::catalog();
    let messages = materi.entries.iter().filter(|entry| !entry.envelopes.is_empty());
    let entries: Vec<Entry> = messages
        .cycle()
        .take(codes.parse()?)
        .enumerate()
        .map(|(index, entry)| {
            let name: &'static str = String::leak(format!("{}_{index}", entry.name));
            let variant = String::leak(format!("{}{index}", entry.variant));
            Entry { name, variant, code: Code::Text(name), ..*entry }
        })
        .collect();
    let grown = Catalog { name: "grown", entries: Vec::leak(entries), ..*materi };
    let module = typescript(Box::leak(Box::new(grown)))?;
    std::fs::write(PathBuf::from(directory).join("grown.ts"), module)?;
    Ok(())
}

fn write(directory: &PathBuf) -> Result<usize, Box<dyn std::error::Error>> {
    std::fs::create_dir_all(directory)?;
    let systems = world::systems();
    let mut told_apart = told_apart::all();
    told_apart.extend(readings::sent());
    told_apart.extend(odd_names::sent());
    told_apart.extend(odd_shapes::sent());
    told_apart.extend(field_types::all());
    let (frames, closes) = (readings::frames(), readings::closes());
    let mut catalogs: Vec<&'static Catalog> =
        occurrences::catalogs().into_iter().chain(systems.iter().map(|one| one.catalog)).collect();
    catalogs.extend(told_apart.iter().map(|one| one.catalog));
    catalogs.extend(frames.iter().map(|one| one.catalog));
    catalogs.extend(closes.iter().map(|one| one.catalog));
    catalogs.sort_by_key(|catalog| catalog.name);
    catalogs.dedup_by_key(|catalog| catalog.name);
    for catalog in &catalogs {
        std::fs::write(directory.join(format!("{}.ts", catalog.name)), typescript(catalog)?)?;
    }
    let in_python = directory.join("python");
    std::fs::create_dir_all(&in_python)?;
    for Artefact { file, text } in artefacts(&catalogs, &[Format::Python]).map_err(|all| {
        all.into_iter().map(|error| error.to_string()).collect::<Vec<_>>().join("\n")
    })? {
        std::fs::write(in_python.join(file), text)?;
    }
    let prefixed = directory.join("prefixed");
    std::fs::create_dir_all(&prefixed)?;
    for catalog in occurrences::catalogs() {
        let module = TypeScript::new().prefixed().module(catalog)?;
        std::fs::write(prefixed.join(format!("{}.ts", catalog.name)), module)?;
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
    for Sent { catalog, entry, output } in &told_apart {
        rows.extend(sent(catalog, entry, output));
    }
    for Read { catalog, frame, kind, fields } in frames {
        let fields: BTreeMap<_, _> = fields.iter().copied().collect();
        let row =
            json!({ "catalog": catalog.name, "frame": frame, "kind": kind, "fields": fields });
        rows.push(row);
    }
    for ReadClose { catalog, close, kind } in closes {
        rows.push(json!({ "catalog": catalog.name, "close": close, "kind": kind }));
    }
    rows.extend(serde_json::from_str::<Vec<Value>>(include_str!("../changed.json"))?);
    rows.extend(mutations(&rows, &catalogs));
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
        let decoded = Decoder::new(catalog).checking_types().decode(frame);
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

/// How many frames are made of each golden one.
const MUTATIONS: usize = 60;

/// Frames in which something is another than it should be, and what the decoder makes of each.
fn mutations(rows: &[Value], catalogs: &[&'static Catalog]) -> Vec<Value> {
    let decoders: Vec<Decoder> =
        catalogs.iter().map(|catalog| Decoder::new(catalog).checking_types()).collect();
    let mut random = 20_250_801_u64;
    let mut pick = move |below: usize| {
        random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        usize::try_from(random >> 33).unwrap_or(0) % below.max(1)
    };
    let mut out = Vec::new();
    for row in rows.iter().filter(|row| row["kind"].is_string()) {
        let Some(frame) = row["frame"].as_str() else { continue };
        let decoder = decoders.iter().find(|one| row["catalog"] == one.catalog().name);
        let (Some(decoder), Ok(json)) = (decoder, serde_json::from_str::<Value>(frame)) else {
            continue;
        };
        for _ in 0..MUTATIONS {
            let mut json = json.clone();
            for _ in 0..=pick(2) {
                mutate(&mut json, &mut pick);
            }
            let frame = json.to_string();
            let decoded = decoder.decode(&frame);
            let kind = match (decoded.entry(), decoded.received()) {
                (Some(entry), _) => entry.name.into(),
                (None, None) => Value::Null,
                (None, Some(received)) if received.code().is_some() => "$unknown".into(),
                // Without a code only the text shows that there is another entry, and a client has
                // less to identify it by.
                (None, Some(_)) => continue,
            };
            out.push(json!({ "catalog": row["catalog"], "mutated": frame, "kind": kind }));
        }
    }
    out
}

/// Puts another value in the place of one, takes one away, or adds one.
fn mutate(json: &mut Value, pick: &mut impl FnMut(usize) -> usize) {
    let inside = pick(4) > 0;
    match json {
        Value::Object(members) if inside && !members.is_empty() => {
            let at = pick(members.len());
            match (pick(6), members.keys().nth(at).cloned()) {
                (0, Some(key)) => {
                    members.remove(&key);
                }
                (1, _) => {
                    members.insert("new".to_owned(), strange(pick));
                }
                (_, Some(key)) => {
                    if let Some(value) = members.get_mut(&key) {
                        mutate(value, pick);
                    }
                }
                _ => {}
            }
        }
        Value::Array(elements) if inside && !elements.is_empty() => match pick(8) {
            0 => {
                elements.pop();
            }
            1 => elements.push(strange(pick)),
            at => {
                let at = at % elements.len();
                if let Some(value) = elements.get_mut(at) {
                    mutate(value, pick);
                }
            }
        },
        value => *value = strange(pick),
    }
}

fn strange(pick: &mut impl FnMut(usize) -> usize) -> Value {
    let values = [
        json!(null),
        json!(true),
        json!(0),
        json!(-1.5),
        json!(4003),
        json!(""),
        json!("x"),
        json!([]),
        json!(["x", 1]),
        json!({}),
        json!({ "a": "x" }),
        json!({ "constructor": 1 }),
    ];
    values[pick(values.len())].clone()
}
