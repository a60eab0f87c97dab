//! What real systems speak: sixteen public catalogs, each one enum, against their own facts.
//!
//! `docs/world.md` is the table of it, kept fresh here:
//! `WORLD_TABLE=write cargo test -p tests --test world` writes it.

use serde_json::{Map, Value, json};
use tests::world::{Example, System, systems};
use ws_errors::Decoder;
use ws_errors::catalog::{Code, Entry};
use ws_errors::wire::{Closed, Decoded, Values};

/// The facts of an entry as the files have them: name, code, close code, delivery.
fn declared(entry: &Entry) -> Value {
    let code = match entry.code {
        Code::None => Value::Null,
        Code::Number(number) => number.into(),
        Code::Text(text) => text.into(),
        Code::Field(name) => format!("self.{name}").into(),
    };
    json!([entry.name, code, entry.delivery.close_code(), entry.delivery.word()])
}

#[test]
fn each_enum_has_every_entry_code_close_code_and_delivery_of_its_system() {
    for system in systems() {
        let declared: Vec<Value> = system.catalog.entries.iter().map(declared).collect();
        let facts = system.facts();
        for (declared, fact) in declared.iter().zip(facts["entries"].as_array().unwrap()) {
            assert_eq!(declared, fact, "{}", system.name());
        }
        assert_eq!(declared.len(), facts["entries"].as_array().unwrap().len(), "{}", system.name());
    }
}

#[test]
fn each_frame_is_sent_as_the_system_sends_it() {
    for system in systems() {
        let facts = system.facts();
        let facts = facts["examples"].as_array().unwrap();
        assert_eq!(facts.len(), system.examples.len(), "{}", system.name());
        for (fact, example) in facts.iter().zip(&system.examples) {
            let at = format!("{}: {fact}", system.name());
            assert_eq!(fact["entry"], example.entry.name, "{at}");
            if let Some(frame) = fact["frame"].as_str() {
                let sent = example.output.text().unwrap_or_else(|| panic!("no frame: {at}"));
                assert_eq!(without_space(sent), without_space(frame), "{at}");
            }
            let close = example.output.close.as_ref();
            if let Some(code) = fact["close"].as_u64() {
                let sent = close.and_then(|close| close.code()).map(|code| u64::from(code.get()));
                assert_eq!(sent, Some(code), "{at}");
            }
            if let Some(reason) = fact["reason"].as_str() {
                assert_eq!(close.map(|close| close.reason()), Some(reason), "{at}");
            }
        }
    }
}

#[test]
fn each_frame_and_close_comes_back_as_the_entry_context_and_fields_that_were_sent() {
    for System { facts, catalog, examples } in systems() {
        let decoder = Decoder::new(catalog);
        for Example { entry, output, context, fields, context_values } in examples {
            let at = format!("{}: {}: {output:?}", catalog.name, entry.name);
            if let Some(text) = output.text() {
                let Decoded::Known(known, received) = decoder.decode(text) else {
                    panic!("{at}: {:?} ({facts})", decoder.decode(text))
                };
                assert_eq!(known.name, entry.name, "{at}");
                assert_eq!(received.context().unwrap().name, context, "{at}");
                assert_eq!(object(received.fields()), fields, "{at}");
                assert_eq!(object(received.context_values()), context_values, "{at}");
            }
            let Some((code, reason)) = output.close.and_then(|close| close.into_status()) else {
                continue;
            };
            let Closed::Known(known, values) = decoder.closed(code.get(), reason.as_str()) else {
                panic!("{at}")
            };
            assert_eq!(known.name, entry.name, "{at}");
            if output.frame.is_none() {
                assert_eq!(object(&values), fields, "{at}");
            }
        }
    }
}

fn object(values: &Values) -> Value {
    values
        .iter()
        .map(|(name, value)| (name.to_owned(), value.clone()))
        .collect::<Map<_, _>>()
        .into()
}

/// A frame of JSON without insignificant white space; any other as it is.
fn without_space(frame: &str) -> String {
    if serde_json::from_str::<Value>(frame).is_err() {
        return frame.to_owned();
    }
    let (mut out, mut in_string, mut escaped) = (String::new(), false, false);
    for character in frame.chars() {
        if in_string || !character.is_whitespace() {
            out.push(character);
        }
        in_string ^= character == '"' && !escaped;
        escaped = character == '\\' && !escaped;
    }
    out
}

#[test]
fn the_table_in_the_docs_says_what_is_declared() {
    let mut table = String::from(
        "# What real systems speak\n\nSixteen public catalogs, each declared as one enum in `tests/src/world/`, with the frames that\ntheir documentation and tests show. The test `world` of the package `tests` compares each entry and\neach frame, and writes this table.\n\n| system | entries | frames | closes |\n|---|---:|---:|---:|\n",
    );
    let (mut entries, mut frames, mut closes) = (0, 0, 0);
    let systems = systems();
    for system in &systems {
        let with_frame = system.examples.iter().filter(|e| e.output.frame.is_some()).count();
        let with_close = system.examples.iter().filter(|e| e.output.close.is_some()).count();
        let row = [system.catalog.entries.len(), with_frame, with_close];
        table += &format!("| {} | {} | {} | {} |\n", system.name(), row[0], row[1], row[2]);
        entries += row[0];
        frames += row[1];
        closes += row[2];
    }
    table += &format!("| {} of 16 | {entries} | {frames} | {closes} |\n", systems.len());
    println!("{table}");
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/world.md");
    if std::env::var_os("WORLD_TABLE").is_some_and(|how| how == "write") {
        std::fs::write(path, &table).unwrap();
    }
    assert!(
        std::fs::read_to_string(path).is_ok_and(|written| written == table),
        "docs/world.md is stale: WORLD_TABLE=write cargo test -p tests --test world"
    );
}
