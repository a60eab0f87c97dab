use super::*;
use crate::fixture::METERED;

#[test]
fn the_same_catalog_makes_the_same_bytes_and_every_entry_has_a_class() {
    let module = python(&METERED).unwrap();
    assert_eq!(python(&METERED).unwrap(), module);
    for part in [
        "\nclass BackendError:\n",
        "    kind: _t.Literal[\"backend_error\"] = \"backend_error\"\n",
        "\nclass MeteredUnknown:\n",
        "\nMeteredError: _t.TypeAlias = (\n    ChannelNotAuthorized\n    | BackendError\n    | MeteredUnknown\n)\n",
        "    context: MeteredContext\n",
    ] {
        assert!(module.contains(part), "{part}\n{module}");
    }
}

#[test]
fn an_attribute_has_a_name_that_python_reads_as_one() {
    let types = Names::new(&["Detail"]);
    for (name, expected) in [
        ("room", "room"),
        ("class", "class_"),
        ("str", "str_"),
        ("a-b", "a_b"),
        ("0", "_0"),
        ("__own", "_own"),
        ("größe", "gr__e"),
        ("Detail", "Detail_"),
    ] {
        assert_eq!(attribute(name, &types), expected);
    }
}

#[test]
fn nothing_in_a_docstring_ends_it() {
    for (text, expected) in [
        ("", ""),
        ("plain", "\"\"\"plain\"\"\"\n"),
        ("ends with \"", "\"\"\"ends with \" \"\"\"\n"),
        ("a \\n and \"\"\"", "\"\"\"a \\\\n and \\\"\\\"\\\" \"\"\"\n"),
        ("one\n\ntwo", "\"\"\"one\n\ntwo\n\"\"\"\n"),
    ] {
        assert_eq!(docstring(&[text.to_owned()], ""), expected);
    }
}
