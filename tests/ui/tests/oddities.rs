//! Enums that look odd, and compile: each is a module, whose `main` asserts what it is.

#![allow(
    clippy::all,
    dead_code,
    missing_docs,
    unreachable_pub,
    reason = "they are what others write"
)]

#[rustfmt::skip]
#[path = "../pass/a_trait_with_the_same_methods.rs"]
pub mod a_trait_with_the_same_methods;
#[rustfmt::skip]
#[path = "../pass/another_path.rs"]
pub mod another_path;
#[rustfmt::skip]
#[path = "../pass/as_deep_as_can_be.rs"]
pub mod as_deep_as_can_be;
#[rustfmt::skip]
#[path = "../pass/catalogs_inside_a_catalog.rs"]
pub mod catalogs_inside_a_catalog;
#[rustfmt::skip]
#[path = "../pass/conditions.rs"]
pub mod conditions;
#[rustfmt::skip]
#[path = "../pass/doc_comments.rs"]
pub mod doc_comments;
#[rustfmt::skip]
#[path = "../pass/formats.rs"]
pub mod formats;
#[rustfmt::skip]
#[path = "../pass/inside_a_function.rs"]
pub mod inside_a_function;
#[rustfmt::skip]
#[path = "../pass/lifetimes.rs"]
pub mod lifetimes;
#[rustfmt::skip]
#[path = "../pass/made_by_a_macro.rs"]
pub mod made_by_a_macro;
#[rustfmt::skip]
#[path = "../pass/names_of_ours.rs"]
pub mod names_of_ours;
#[rustfmt::skip]
#[path = "../pass/names_that_are_not_ascii.rs"]
pub mod names_that_are_not_ascii;
#[rustfmt::skip]
#[path = "../pass/no_implicit_prelude.rs"]
pub mod no_implicit_prelude;
#[rustfmt::skip]
#[path = "../pass/raw_identifiers.rs"]
pub mod raw_identifiers;
#[rustfmt::skip]
#[path = "../pass/shadowed_names.rs"]
pub mod shadowed_names;
#[rustfmt::skip]
#[path = "../pass/slots_of_a_body_with_an_end.rs"]
pub mod slots_of_a_body_with_an_end;
#[rustfmt::skip]
#[path = "../pass/slots_of_a_string_with_an_end.rs"]
pub mod slots_of_a_string_with_an_end;
#[rustfmt::skip]
#[path = "../pass/told_apart.rs"]
pub mod told_apart;

macro_rules! cases {
    ($($name:ident)*) => { $(
        #[test]
        fn $name() {
            crate::$name::main();
        }
    )* };
}

mod compiles {
    cases! {
        a_trait_with_the_same_methods
        another_path
        as_deep_as_can_be
        catalogs_inside_a_catalog
        conditions
        doc_comments
        formats
        inside_a_function
        lifetimes
        made_by_a_macro
        names_of_ours
        names_that_are_not_ascii
        no_implicit_prelude
        raw_identifiers
        shadowed_names
        slots_of_a_body_with_an_end
        slots_of_a_string_with_an_end
        told_apart
    }
}
