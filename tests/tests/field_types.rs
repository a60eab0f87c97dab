//! What is sent is what is promised, for each type of the table in `tests::field_types`.

#[path = "field_types/changes.rs"]
mod changes;

use std::fmt::Write as _;
use std::path::Path;

use serde_json::Value;
use tests::field_types::{FieldTypes, rows};
use tests::told_apart::Sent;
use ws_errors::export::{json_schema, typescript};
use ws_errors::wire::Decoded;
use ws_errors::{Decoder, WsError as _};

fn text(sent: &Sent) -> &str {
    sent.output.text().expect("a message")
}

fn value(sent: &Sent) -> Value {
    let json: Value = serde_json::from_str(text(sent)).expect("JSON");
    json["value"].clone()
}

#[test]
fn the_table_has_150_types_and_attributes() {
    assert!(rows().len() >= 150, "{} rows", rows().len());
}

#[test]
fn what_is_sent_of_a_type_is_decoded_as_its_entry_with_the_value() {
    let decoder = Decoder::new(FieldTypes::catalog()).checking_types();
    let mut wrong = Vec::new();
    for row in rows() {
        for sent in &row.sent {
            assert!(sent.output.unserialized.is_empty(), "{}", row.ty);
            match decoder.decode(text(sent)) {
                Decoded::Known(entry, received)
                    if entry.name == sent.entry.name
                        && received.fields().get("value") == Some(&value(sent)) => {}
                other => wrong.push(format!("{}: {}: {other:?}", row.ty, text(sent))),
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_is_sent_of_a_type_is_valid_by_the_schema() {
    let schema = json_schema(FieldTypes::catalog()).expect("a schema");
    let schema = serde_json::from_str(&schema).expect("JSON");
    let schema = jsonschema::validator_for(&schema).expect("a schema");
    let mut wrong = Vec::new();
    for row in rows() {
        for sent in &row.sent {
            let frame: Value = serde_json::from_str(text(sent)).expect("JSON");
            if let Err(error) = schema.validate(&frame) {
                wrong.push(format!("{}: {frame}: {error}", row.ty));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The type of the member `value` of an entry, as the generated module declares it.
fn in_typescript(module: &str, entry: &str) -> String {
    let start = module.find(&format!("kind: \"{entry}\"")).expect("the entry is declared");
    let rest = &module[start..];
    let end = rest.find("\n}").or_else(|| rest.find("\n  }")).unwrap_or(rest.len());
    let members = &rest[..end];
    let Some((_, ty)) = members.split_once("value: ").or_else(|| members.split_once("value?: "))
    else {
        return "—".to_owned();
    };
    let mut depth = 0;
    let ends = |c: char| {
        depth += i32::from("{[(".contains(c)) - i32::from("}])".contains(c));
        c == ';' && depth == 0
    };
    let ty = ty.split(ends).next().unwrap_or_default();
    ty.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What only the schema shows.
#[derive(Debug, serde::Serialize, schemars::JsonSchema)]
struct Wide {
    parts: Vec<u64>,
}

#[derive(Debug, thiserror::Error, ws_errors::WsError)]
#[ws_error(catalog = "wide", envelope = { "code": code, "usage": self.usage })]
enum HasWide {
    #[error("full")]
    Full { usage: Wide },
}

/// What to write instead is a row of the table, `Usage`.
#[test]
fn an_integer_of_64_bits_that_only_the_schema_shows_is_an_error_of_export_with_its_path() {
    let error = typescript(HasWide::catalog()).expect_err("it loses digits").to_string();
    let said = "catalog `wide`, entry `Full`: `usage.parts[]` is an integer of 64 bits";
    assert!(error.starts_with(said), "{error}");
    let words = "(of a list, `Vec<DisplayFromStr>`), of the crate `serde_with` with its feature";
    assert!(error.contains(words), "{error}");
    let _ = HasWide::Full { usage: Wide { parts: Vec::new() } };
}

#[test]
fn the_page_has_the_table() {
    let module = typescript(FieldTypes::catalog()).expect("a module");
    let mut page = String::from(
        "# Field types, in JSON and in TypeScript\n\nWhat a field of a type becomes. serde's attributes on the *type* of a field are honoured; on the enum\nitself they are an error, which names ours. This table is written by a test, which sends each value,\nand reads it in Rust and in TypeScript.\n\n| type | JSON | TypeScript |\n|---|---|---|\n",
    );
    for row in rows() {
        let mut values: Vec<String> =
            row.sent.iter().map(|sent| format!("`{}`", value(sent))).collect();
        values.dedup();
        let ty = in_typescript(&module, row.sent[0].entry.name);
        let cell = |text: &str| text.replace('|', "\\|");
        writeln!(page, "| `{}` | {} | `{}` |", cell(&row.ty), cell(&values.join(", ")), cell(&ty))
            .expect("a string takes it");
    }
    page.push_str(RULES);
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/field-types.md");
    if std::env::var_os("WS_ERRORS_DOCS").is_some_and(|value| value == "write") {
        std::fs::write(&path, &page).expect("it is written");
    }
    assert_eq!(std::fs::read_to_string(path).unwrap_or_default(), page, "WS_ERRORS_DOCS=write");
}

const RULES: &str = r#"
`Rc` and `Arc` need serde's feature `rc`.

## What JSON can't hold

| value | is sent as | and so |
|---|---|---|
| a float that is NaN or infinite | `null` | a float is `number \| null`, wherever it stands |
| `Some(None)`, `Some(())`, `Some(Value::Null)` | `null` | it is read as `None` |
| a map whose keys are no strings, integers, booleans or variants without fields | `null` | reported |
| a path that is not UTF-8, a poisoned `Mutex`, any `Serialize` that fails | `null` | reported |
| a `Display` or a `Debug` that fails, in a text or a close reason | an empty text | reported |

What could not be serialized is *reported*: `Output::unserialized` (over HTTP `Response::unserialized`) has
the names of the fields, and `log::report` and `http::report` log an event at error level for each and
count it (`ws_errors_unserialized_total`). `Decoder` reads such a message as its entry. A client that
checks types, and doesn't allow `null` there (`Decoder::checking_types`, the generated TypeScript), reads
it as an unknown error with its code.

## Integers of 64 bits

JavaScript's numbers hold integers up to 2⁵³ − 1. A field that is one, or that is seen to hold some
(`Vec<u64>`, `Option<Arc<u64>>`, `HashMap<String, i64>`, `Duration`), is a compile error; one that only
the schema shows, inside a struct of yours, is an error of `export`, with its path. What to write:

* `#[ws_error(as = "string")]` on a field that is one: `"18446744073709551615"`.
* In a struct, the crate [`serde_with`](https://docs.rs/serde_with) with its feature `schemars_1`:

  ```rust,ignore
  #[serde_with::serde_as]
  #[derive(Debug, serde::Serialize, schemars::JsonSchema)]
  struct Usage {
      #[serde_as(as = "serde_with::DisplayFromStr")]
      bytes: u64,
      #[serde_as(as = "Vec<serde_with::DisplayFromStr>")]
      parts: Vec<u64>,
      #[serde_as(as = "Option<serde_with::DisplayFromStr>")]
      limit: Option<u64>,
  }
  ```
* `#[ws_error(as = "number")]` where all of them stay below 2⁵³, which you promise.

A wait of `after(self.retry_after)` is a number of milliseconds *from now*, or of seconds where the enum says
[`waits = seconds`](attributes/enum.md#waits). A time of the epoch is none: send the difference.

## Names

A field of the variant that is called `kind`, `code`, `message`, `context`, `data` or `__proto__` has an
underscore behind its name in TypeScript (`message_`), where the name itself means something of its own
to every error. On the wire it is called what you call it.
"#;
