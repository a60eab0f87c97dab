//! What only the joined catalog shows, where catalogs nest: the words for it, and when they are said.

use std::ffi::OsString;
use std::fs;
use std::path::Path;

use tests::contradictions::{a_code_twice_in_one_shape, all};
use ws_errors::WsError as _;
use ws_errors::cli::{Exit, Program, Terminal, run};

/// Each mistake and enum, with the beginnings of what is found.
const EXPECTED: [(&str, &str, &[&str]); 20] = [
    ("a_code_twice_in_one_shape", "Apart", &[]),
    (
        "a_code_twice_in_one_shape",
        "Alike",
        &["a client can't tell the message of `Late` from that of `Full`; give one of the two"],
    ),
    (
        "a_code_twice_in_one_shape",
        "Prefixed",
        &["a client can't tell the message of `Away` from that of `Gone`; put `code` into"],
    ),
    (
        "a_slot_that_a_nested_entry_lacks",
        "Outer",
        &["`message` must be there, and the variant `Gone` has no message; give it"],
    ),
    (
        "a_slot_that_a_nested_entry_lacks",
        "ByField",
        &["`self.room`: no variant has a field `room`; there is none"],
    ),
    (
        "a_slot_that_nobody_has",
        "Outer",
        &["`self.rom`: no variant has a field `rom`; did you mean `room`?"],
    ),
    (
        "a_splice_into_an_outer_envelope",
        "Outer",
        &[
            "the key \"kind\" is in the envelope already; call the field something else",
            "`..details` splices named fields, and those of the variant `Gone` have no names",
        ],
    ),
    (
        "a_text_that_is_not_for_clients",
        "Outer",
        &["`message = display`: the variant `Disk` has a source, so its `Display` text is not"],
    ),
    (
        "a_wait_that_the_client_never_sees",
        "Outer",
        &["`after`: the client never sees `wait`, so it can't wait for it; put `retry_after`"],
    ),
    ("an_envelope_that_says_less", "ByText", &[]),
    (
        "an_envelope_that_says_less",
        "ByNothing",
        &["a client can't tell the message of `Gone` from that of `Full`; put `code` into"],
    ),
    (
        "an_integer_of_64_bits",
        "Outer",
        &["the field `size` of `TooLarge` is an integer of 64 bits, which does not survive"],
    ),
    ("an_integer_of_64_bits", "AsString", &[]),
    (
        "another_delivery_in_a_context",
        "Unsaid",
        &["`transparent`: in the context `Legacy` the catalog `inner` makes `soft_then_close` of"],
    ),
    ("another_delivery_in_a_context", "Said", &[]),
    (
        "numbers_and_texts_in_a_string",
        "Outer",
        &["`code`: in a string a number and a text look the same, and the code of `Full` is a"],
    ),
    (
        "policies_that_differ",
        "Unsaid",
        &["`transparent`: the catalogs `disk` and `room` have different policies for codes that"],
    ),
    (
        "policies_that_differ",
        "Overlapping",
        &[
            "`transparent`: the catalog `disk` has another policy for the codes 4000..=4099 than",
            "`transparent`: the catalog `disk` has another policy for the codes 4100..=4199 than",
        ],
    ),
    (
        "texts_in_two_languages",
        "Outer",
        &[
            "`transparent`: the texts of the catalog `room` are in the language `de`, and those here",
        ],
    ),
    ("texts_in_two_languages", "Same", &[]),
];

#[test]
fn each_contradiction_is_found_once_and_said_in_words() {
    let all = all();
    assert_eq!(all.len(), EXPECTED.len());
    for (found, (mistake, of, expected)) in all.iter().zip(EXPECTED) {
        assert_eq!((found.mistake, found.of), (mistake, of));
        assert_eq!(found.findings.len(), expected.len(), "{found:#?}");
        for (found, expected) in found.findings.iter().zip(expected) {
            assert!(found.starts_with(expected), "{found}");
        }
    }
}

#[test]
fn the_test_that_the_macro_writes_fails_with_these_words() {
    type Alike = a_code_twice_in_one_shape::Alike;
    let failed = std::panic::catch_unwind(ws_errors::__private::assert_nested::<Alike>);
    let words = failed.unwrap_err().downcast::<String>().unwrap();
    assert!(words.starts_with("the catalogs that `alike` nests do not go together:\n- a client"));
    ws_errors::__private::assert_nested::<a_code_twice_in_one_shape::Apart>();
}

#[test]
fn nothing_is_exported_of_catalogs_that_contradict_each_other() {
    let catalog = a_code_twice_in_one_shape::Alike::catalog();
    let all = all();
    let findings = all.iter().find(|found| found.of == "Alike").unwrap().findings.clone();
    let program = Program::new("errors", vec![catalog]).findings(findings);
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("contradictions");
    let _ = fs::remove_dir_all(&folder);
    let arguments: [OsString; 3] = ["export".into(), "--out".into(), folder.clone().into()];
    let exit = run(&program, arguments, Terminal::default(), &mut out, &mut err).unwrap();
    assert_eq!(exit, Exit::Failure);
    let err = String::from_utf8(err).unwrap();
    assert!(
        err.contains("do not go together:\n- a client can't tell the message of `Late`"),
        "{err}"
    );
    assert!(!folder.exists());
}
