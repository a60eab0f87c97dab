//! What is generated for readers and for tools, of the five catalogs and of those of the tests.

use std::collections::BTreeSet;

use serde_json::{Map, Value};
use tests::{hostile, occurrences, odd_shapes, world};
use ws_errors::catalog::{Catalog, Code, Entry};
use ws_errors::compat::diff;
use ws_errors::export::{Format, JSON_SCHEMA, Values, artefacts, json, json_schema, markdown};
use ws_errors::wire::{self, Decoded};
use ws_errors::{Decoder, Output, WsError};

fn catalogs() -> Vec<&'static Catalog> {
    occurrences::catalogs().to_vec()
}

/// Those of real systems.
fn of_the_world() -> Vec<&'static Catalog> {
    world::systems().iter().map(|system| system.catalog).collect()
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
        code = "a|b`c`}d{<e>*/$}f{\u{2028}\u{202e}\"\n-->",
        name = "hostile",
        section = "A | <b> {c} `d` */",
        message = "a */ ${{b}} </script> {field}\u{2028}",
        advice = "Do {this} <or> `that | ${x} */.",
        user(title = "</script>", message = "*/ ${{x}} {{y}}", action = "`|`")
    )]
    Hostile {
        /// A | in a cell, {x}, <y>, `z
        #[ws_error(rename = "f|i`e{l}d", example = "*/ | ``` {x} ${y} </script>")]
        field: String,
    },
    /// A close whose reason is hostile.
    #[error("closed")]
    #[ws_error(close(4001, "\"] --> x; %% `a` <br> #quot;"), retry = when(refresh_token))]
    Closed,
}

fn all() -> Vec<&'static Catalog> {
    [
        catalogs(),
        of_the_world(),
        hostile::catalogs(),
        odd_shapes::catalogs(),
        vec![Hostile::catalog()],
    ]
    .concat()
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

/// The catalog of `odd_shapes` with this name.
fn odd_shape(name: &str) -> &'static Catalog {
    odd_shapes::catalogs().into_iter().find(|catalog| catalog.name == name).expect("a catalog")
}

#[test]
fn an_example_of_a_catch_all_is_read_as_that_and_success_is_no_error() {
    let catalog = odd_shape("open-codes");
    let exported = parsed(&json(catalog).expect("a catalog"));
    for entry in exported["entries"].as_array().expect("entries") {
        let frame = entry["examples"][0]["frame"].as_str().expect("a frame");
        let read = Decoder::new(catalog).decode(frame);
        assert_eq!(read.entry().map(|entry| entry.name), entry["name"].as_str(), "{frame}");
    }
    let schema = parsed(&json_schema(catalog).expect("a schema"));
    let schema = jsonschema::validator_for(&schema).expect("a schema");
    for (code, is_error) in [(-7, true), (0, false), (1, true), (250, false), (300, true)] {
        let frame = format!(r#"{{"retCode":{code},"retMsg":"m","header":{{"Traceid":"t"}}}}"#);
        assert_eq!(schema.is_valid(&parsed(&frame)), is_error, "{frame}");
        assert_eq!(Decoder::new(catalog).decode(&frame).entry().is_some(), is_error, "{frame}");
    }
}

#[test]
fn docs_say_the_type_of_codes_and_which_are_success() {
    let page = markdown(odd_shape("open-codes")).expect("a page");
    for line in [
        "| `code` | integer | Which error it is.",
        "the codes `0` and `200` to `299` say that all is well.",
        "| `code` | integer | The code: any that no other error has. |",
    ] {
        assert!(page.contains(line), "{line}\n{page}");
    }
    let page = markdown(odd_shape("mixed-codes")).expect("a page");
    assert!(page.contains("| `code` | string or integer | Which error it is."), "{page}");
}

/// Docs have no value of the enum: they run the operations of its encoder with values by name.
#[test]
fn what_docs_show_is_what_the_enum_sends() {
    let owned = |values: &wire::Values| -> Map<String, Value> {
        values.iter().map(|(name, value)| (name.to_owned(), value.clone())).collect()
    };
    let members = |value: &Value| value.as_object().expect("an object").clone();
    let mut compared = 0;
    let mut compare = |made: Option<Output>, sent: &Output| {
        let Some(made) = made else { return };
        assert_eq!(&made, sent);
        compared += 1;
    };
    for occurrence in occurrences::all() {
        let Some(text) = occurrence.output.text() else { continue };
        let Decoded::Known(entry, received) = Decoder::new(occurrence.catalog).decode(text) else {
            panic!("{text} is known")
        };
        let context = received.context().expect("a context").name;
        let (fields, values) = (owned(received.fields()), owned(received.context_values()));
        compare(made(occurrence.catalog, entry, context, &fields, &values), &occurrence.output);
    }
    for system in world::systems() {
        for example in &system.examples {
            let (fields, values) = (members(&example.fields), members(&example.context_values));
            let made = made(system.catalog, example.entry, example.context, &fields, &values);
            compare(made, &example.output);
        }
    }
    assert!(compared > 70, "{compared} outputs were compared");
}

/// What is sent for an entry with these values; `None` where some of its fields can't be read back.
fn made(
    catalog: &'static Catalog,
    entry: &'static Entry,
    context: &str,
    fields: &Map<String, Value>,
    context_values: &Map<String, Value>,
) -> Option<Output> {
    let mut values = Values::new();
    for field in entry.fields {
        values.field(field.ident, fields.get(field.name)?);
    }
    context_values.iter().for_each(|(name, value)| values.context(name, value));
    let index = catalog.contexts.iter().position(|known| known.name == context)?;
    Some(values.encode(catalog, entry, index))
}

#[test]
fn each_code_is_a_constant_and_nothing_is_a_bare_discriminator() {
    for catalog in catalogs() {
        let schema = json_schema(catalog).expect("a schema");
        assert!(!schema.contains("discriminator"));
        for entry in catalog.entries.iter().filter(|entry| !entry.envelopes.is_empty()) {
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
    // And the clients, which the modules of a language share.
    assert_eq!(forwards.len(), all().len() * Format::ALL.len() + 2);
    assert_eq!(forwards, backwards);
}

/// `tests/reference/check` reads them, from the folder that `WS_ERRORS_REFERENCE` names.
#[test]
fn the_artefacts_of_all_catalogs_are_written_for_the_checks_in_node() {
    let folder = tests::artefacts::reference(env!("CARGO_TARGET_TMPDIR"));
    for (name, catalogs) in [
        ("catalog", catalogs()),
        ("world", of_the_world()),
        ("shapes", odd_shapes::catalogs()),
        ("hostile", [hostile::catalogs(), vec![Hostile::catalog()]].concat()),
    ] {
        tests::artefacts::write(&folder.join(name), &catalogs).unwrap_or_else(|e| panic!("{e}"));
    }
    tests::artefacts::write_with_front_matter(&folder.join("front"), &all())
        .unwrap_or_else(|e| panic!("{e}"));
}

/// `catalog/released` is what clients have that are deployed: a copy of `catalog/generated` from the
/// last release. The commit before this one would not do: it is not there in a shallow clone, and a
/// change that breaks step by step passes from each commit to the next.
#[test]
fn no_catalog_breaks_the_clients_of_the_last_release() {
    for catalog in catalogs() {
        let path =
            format!("{}/../catalog/released/{}.json", env!("CARGO_MANIFEST_DIR"), catalog.name);
        let released = std::fs::read_to_string(&path).expect("a released catalog");
        let report = diff(&released, &json(catalog).expect("a catalog")).expect("two catalogs");
        assert!(!report.is_breaking(), "{report}");
    }
}
