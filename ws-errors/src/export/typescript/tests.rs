use super::*;
use crate::catalog::{Entry, Field, FieldType};
use crate::export::Owner;
use crate::fixture::METERED;

/// The fixture with its first entry changed.
fn changed(change: impl FnOnce(&mut Entry)) -> &'static Catalog {
    let mut entries = METERED.entries.to_vec();
    change(&mut entries[0]);
    Box::leak(Box::new(Catalog { entries: entries.leak(), ..METERED }))
}

#[test]
fn the_same_catalog_makes_the_same_bytes() {
    assert_eq!(typescript(&METERED), typescript(&METERED));
}

#[test]
fn each_entry_that_has_a_message_has_an_interface_with_literal_members() {
    let module = typescript(&METERED).unwrap();
    for part in [
        "export type MeteredError = ChannelNotAuthorized | BackendError | MeteredUnknown;\n",
        "export interface BackendError {\n  readonly kind: \"backend_error\";\n  readonly code: \"backend_error\";\n  readonly message: string;\n  /** On the wire `request_id` is `requestId`. */\n  readonly context: { readonly request_id?: string };\n}\n",
    ] {
        assert!(module.contains(part), "{part}");
    }
}

#[test]
fn what_nobody_declared_has_a_code_that_no_entry_has_and_the_code_as_it_came() {
    let module = typescript(&METERED).unwrap();
    let unknown = "  readonly kind: \"$unknown\";\n  readonly code: \"$unknown\";\n";
    assert!(module.contains(unknown));
    assert!(module.contains("The code as it came."));
    assert!(module.contains("  readonly rawCode: string;\n"));
}

#[test]
fn a_hidden_entry_is_not_there() {
    let hidden = changed(|entry| entry.hidden = true);
    assert!(!typescript(hidden).unwrap().contains("channel_not_authorized"));
    assert!(typescript(&METERED).unwrap().contains("channel_not_authorized"));
}

#[test]
fn no_text_of_a_catalog_ends_a_comment_or_a_line_of_the_header() {
    let hostile = changed(|entry| {
        entry.docs = "Ends */ here, or `${there}`.\n\n@example nothing\u{2028}more";
        entry.deprecated = Some("use \"other\" */ instead");
    });
    let docs = "One */ line\nanother";
    let name = "3rd-party's \"*/\" catalog";
    let hostile = Box::leak(Box::new(Catalog { name, docs, ..*hostile }));
    let module = typescript(hostile).unwrap();
    let header = module.split("\n\n").next().unwrap();
    assert_eq!(header.lines().count(), 5);
    let mut lines = module.lines().map(str::trim);
    while let Some(line) = lines.find(|line| line.starts_with("/**")) {
        let last = if line.len() > 3 { Some(line) } else { lines.find(|line| line.contains("*/")) };
        let last = last.unwrap();
        assert_eq!(last.find("*/"), Some(last.len() - 2), "{last}");
    }
    assert!(!module.contains('\u{2028}'));
}

#[test]
fn a_field_without_a_schema_is_named_with_what_to_do() {
    let bare = changed(|entry| {
        let ty = FieldType { schema: None, ..entry.fields[0].ty };
        entry.fields = vec![Field { ty, ..entry.fields[0] }].leak();
    });
    let error = typescript(bare).unwrap_err();
    let owner = Owner::Entry("channel_not_authorized");
    assert_eq!(error, ExportError::NoSchema { catalog: "metered", owner, field: "channel" });
    assert_eq!(
        error.to_string(),
        "catalog `metered`, entry `channel_not_authorized`: the type of the field `channel` has no JSON Schema, so its messages can't be described; derive `schemars::JsonSchema` for it, of the crate `schemars`, version 1"
    );
}
