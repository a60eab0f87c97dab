//! What `diff` says of a field that gets another type, for each two types of the table: an older client
//! reads what it calls compatible. It is the same for a value by itself, for one in `json(…)`, and for
//! one in JSON behind other characters.

use serde_json::{Map, Value, json};
use tests::field_types::{FieldTypes, Row, rows};
use ws_errors::catalog::{Catalog, Element, Envelope, Format, Member, Node, Part, Slot};
use ws_errors::compat::{Effect, diff};
use ws_errors::{Decoder, WsError as _};

use super::value;

/// How the value of the field stands in a message.
#[derive(Clone, Copy)]
struct Form {
    /// The table with such messages.
    catalog: &'static Catalog,
    /// The frame with a code and a value.
    frame: fn(&str, Value) -> String,
}

/// By itself, as the table has it.
fn plain() -> Form {
    Form {
        catalog: FieldTypes::catalog(),
        frame: |code, value| json!({ "code": code, "value": value }).to_string(),
    }
}

/// `{ "code": code, "value": json({ "value": self.value }) }`
const ENCODED: Node = Node::Object(&[
    Member::Pair {
        key: "code",
        optional: false,
        value: Node::Slot { slot: Slot::Code, cast: None },
    },
    Member::Pair {
        key: "value",
        optional: false,
        value: Node::Encoded(&Node::Object(&[Member::Pair {
            key: "value",
            optional: false,
            value: Node::Slot { slot: Slot::Field("value"), cast: None },
        }])),
    },
]);

/// In JSON that a string holds.
fn encoded() -> Form {
    Form {
        catalog: with(ENCODED),
        frame: |code, value| {
            let value = json!({ "value": value }).to_string();
            json!({ "code": code, "value": value }).to_string()
        },
    }
}

/// Behind other characters, as Socket.IO's frames have it: `"44" + { … }`.
fn chained() -> Form {
    let text = Element { optional: false, value: Node::Composed(&[Part::Literal("44")]) };
    let json = Element { optional: false, value: FieldTypes::catalog().envelopes[0].template };
    Form {
        catalog: with(Node::Chain(vec![text, json].leak())),
        frame: |code, value| format!("44{}", json!({ "code": code, "value": value })),
    }
}

/// The table with messages of a template.
fn with(template: Node) -> &'static Catalog {
    let envelopes = vec![Envelope { template, format: Format::Json }];
    let catalog = Catalog { envelopes: envelopes.leak(), ..*FieldTypes::catalog() };
    Box::leak(Box::new(catalog))
}

/// A catalog with one entry, whose field has the type of a row.
struct Version {
    row: Row,
    json: String,
}

fn versions(form: Form) -> Vec<Version> {
    let exported = ws_errors::export::json(form.catalog).expect("it is exported");
    let exported: Value = serde_json::from_str(&exported).expect("JSON");
    rows().into_iter().map(|row| Version { json: version(&exported, &row), row }).collect()
}

fn version(exported: &Value, row: &Row) -> String {
    let entries = exported["entries"].as_array().expect("entries");
    let mut entry = entries
        .iter()
        .find(|entry| entry["name"] == row.sent[0].entry.name)
        .expect("each row is one")
        .clone();
    for key in ["name", "variant", "code"] {
        entry[key] = "it".into();
    }
    let schema = &mut entry["examples"][0]["schema"];
    let schema = match schema.get("x-ws-json") {
        Some(_) => &mut schema["x-ws-json"][0],
        None => schema,
    };
    schema["properties"]["code"] = json!({ "const": "it" });
    let mut definitions = Map::new();
    collect(&entry, &exported["$defs"], &mut definitions);
    json!({ "version": exported["version"], "name": "changes", "entries": [entry], "$defs": definitions })
        .to_string()
}

/// The definitions that a schema refers to.
fn collect(schema: &Value, from: &Value, definitions: &mut Map<String, Value>) {
    match schema {
        Value::Object(members) => {
            if let Some(name) = schema["$ref"].as_str().and_then(|to| to.strip_prefix("#/$defs/"))
                && !definitions.contains_key(name)
            {
                definitions.insert(name.to_owned(), from[name].clone());
                collect(&from[name], from, definitions);
            }
            members.values().for_each(|one| collect(one, from, definitions));
        }
        Value::Array(elements) => elements.iter().for_each(|one| collect(one, from, definitions)),
        _ => {}
    }
}

/// The worst that is said of a change.
fn effect(old: &Version, new: &Version) -> Option<Effect> {
    let report = diff(&old.json, &new.json).expect("both are catalogs");
    report.changes.iter().map(|change| change.effect).min()
}

#[test]
fn clients_read_whatever_a_change_that_is_called_compatible_sends_them() {
    every_change_is_judged(plain());
}

#[test]
fn clients_read_whatever_a_compatible_change_of_encoded_json_sends_them() {
    every_change_is_judged(encoded());
}

#[track_caller]
fn every_change_is_judged(form: Form) {
    let decoder = Decoder::new(form.catalog).checking_types();
    let versions = versions(form);
    let mut wrong = Vec::new();
    let mut refused = 0;
    for old in &versions {
        let name = old.row.sent[0].entry.name;
        for new in &versions {
            let reads = |value: Value| {
                let frame = (form.frame)(name, value);
                decoder.decode(&frame).entry().is_some_and(|entry| entry.name == name)
            };
            if new.row.sent.iter().map(value).all(reads) {
                continue;
            }
            refused += 1;
            // schemars says nothing of the tag of a struct.
            if new.row.ty == "Tagged" {
                continue;
            }
            let effect = effect(old, new);
            if !matches!(effect, Some(Effect::Breaking | Effect::Possible)) {
                wrong.push(format!("{} → {}: {effect:?}", old.row.ty, new.row.ty));
            }
        }
    }
    assert!(refused > 5_000, "{refused} changes are refused");
    assert!(wrong.is_empty(), "{} of {refused}:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn a_type_that_stays_is_no_change() {
    for version in [plain(), encoded(), chained()].into_iter().flat_map(versions) {
        assert_eq!(effect(&version, &version), None, "{}", version.row.ty);
    }
}

const NOTHING: Option<Effect> = None;
const COMPATIBLE: Option<Effect> = Some(Effect::Compatible);
const POSSIBLE: Option<Effect> = Some(Effect::Possible);
const BREAKING: Option<Effect> = Some(Effect::Breaking);

/// Two types, what it means to go from the first to the second, and back.
const CHANGES: &[(&str, &str, Option<Effect>, Option<Effect>)] = &[
    // Lengths.
    ("[u8; 1]", "[u8; 2]", BREAKING, BREAKING),
    ("[u8; 2]", "[u8; 12]", BREAKING, BREAKING),
    ("[u8; 2]", "Vec<u8>", BREAKING, COMPATIBLE),
    ("[u8; 12]", "Vec<u8>", BREAKING, COMPATIBLE),
    ("(u8,)", "[u8; 1]", NOTHING, NOTHING),
    ("(u8, String)", "[String; 2]", BREAKING, BREAKING),
    ("Vec<u8>", "VecDeque<u8>", NOTHING, NOTHING),
    ("Vec<u8>", "BTreeSet<u8>", NOTHING, NOTHING),
    // What may be null.
    ("u8", "Option<u8>", BREAKING, COMPATIBLE),
    ("Option<u8>", "Option<Option<u8>>", NOTHING, NOTHING),
    ("Option<u8>", "Box<Option<u8>>", NOTHING, NOTHING),
    ("Vec<u8>", "Vec<Option<u8>>", BREAKING, COMPATIBLE),
    ("BTreeMap<String, u8>", "BTreeMap<String, Option<u8>>", BREAKING, COMPATIBLE),
    ("Generic<u8>", "Generic<Option<u8>>", BREAKING, COMPATIBLE),
    ("Option<Named>", "Named", COMPATIBLE, BREAKING),
    ("f64", "Option<f64>", NOTHING, NOTHING),
    // Ranges.
    ("u8", "u16", POSSIBLE, COMPATIBLE),
    ("u8", "u32", POSSIBLE, COMPATIBLE),
    ("u8", "i8", POSSIBLE, POSSIBLE),
    ("i16", "i32", POSSIBLE, COMPATIBLE),
    ("u8", "NonZeroU8", COMPATIBLE, POSSIBLE),
    ("u32", "f64", BREAKING, COMPATIBLE),
    ("f32", "f64", POSSIBLE, POSSIBLE),
    // Kinds.
    ("u8", "String", BREAKING, BREAKING),
    ("String", "Value", BREAKING, COMPATIBLE),
    ("String", "char", COMPATIBLE, POSSIBLE),
    ("String", "Units", COMPATIBLE, BREAKING),
    ("String", "Arc<str>", NOTHING, NOTHING),
    ("Units", "SnakeUnits", BREAKING, BREAKING),
    ("Units", "PartlySkipped", COMPATIBLE, BREAKING),
    ("Units", "SentUnits", BREAKING, BREAKING),
    ("External", "Internal", BREAKING, BREAKING),
    ("Internal", "Adjacent", BREAKING, BREAKING),
    // What serde's attributes change of what is sent.
    ("Transparent", "u8", NOTHING, NOTHING),
    ("Converted", "String", NOTHING, NOTHING),
    ("CamelWhenSent", "Camel", NOTHING, NOTHING),
    ("Camel", "Kebab", BREAKING, BREAKING),
    ("Aliased", "RenamedField", BREAKING, BREAKING),
    ("RenamedField", "RenamedWhenSent", BREAKING, BREAKING),
    ("Skipped", "SkippedWhenSent", NOTHING, NOTHING),
    ("Skipped", "SkippedWhenRead", NOTHING, NOTHING),
    ("SkippedIfNone", "Optional", COMPATIBLE, BREAKING),
    ("Optional", "DefaultedOption", NOTHING, NOTHING),
    ("Aliased", "Flat", COMPATIBLE, BREAKING),
    ("Flat", "FlatOption", BREAKING, COMPATIBLE),
    ("Aliased", "Ranged", COMPATIBLE, POSSIBLE),
];

#[test]
fn a_change_of_a_type_is_judged_both_ways() {
    let mut wrong = Vec::new();
    for versions in [plain(), encoded(), chained()].map(versions) {
        let find = |ty: &str| {
            versions.iter().find(|version| version.row.ty == ty).unwrap_or_else(|| panic!("{ty}"))
        };
        for (one, other, there, back) in CHANGES {
            let found = (effect(find(one), find(other)), effect(find(other), find(one)));
            if found != (*there, *back) {
                wrong.push(format!("{one} → {other}: {found:?}, and not {:?}", (there, back)));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
