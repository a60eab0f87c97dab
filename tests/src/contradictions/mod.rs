//! Enums that nest catalogs which do not go together, in ways that no compiler sees.
//!
//! They are no part of the library's own tests: the macro writes a test beside each that fails.

pub mod a_code_twice_in_one_shape;
pub mod a_slot_that_a_nested_entry_lacks;
pub mod a_slot_that_nobody_has;
pub mod a_splice_into_an_outer_envelope;
pub mod a_text_that_is_not_for_clients;
pub mod a_wait_that_the_client_never_sees;
pub mod an_envelope_that_says_less;
pub mod an_integer_of_64_bits;
pub mod another_delivery_in_a_context;
pub mod numbers_and_texts_in_a_string;
pub mod policies_that_differ;
pub mod texts_in_two_languages;

use ws_errors::WsError;

/// What is found of an enum, by the names of its file and its type.
#[derive(Debug)]
pub struct Contradiction {
    /// The mistake.
    pub mistake: &'static str,
    /// The enum.
    pub of: &'static str,
    /// What is found.
    pub findings: Vec<String>,
}

fn of<E: WsError>(mistake: &'static str, of: &'static str) -> Contradiction {
    Contradiction { mistake, of, findings: E::findings() }
}

/// All of them.
pub fn all() -> Vec<Contradiction> {
    vec![
        of::<a_code_twice_in_one_shape::Apart>("a_code_twice_in_one_shape", "Apart"),
        of::<a_code_twice_in_one_shape::Alike>("a_code_twice_in_one_shape", "Alike"),
        of::<a_code_twice_in_one_shape::Prefixed>("a_code_twice_in_one_shape", "Prefixed"),
        of::<a_slot_that_a_nested_entry_lacks::Outer>("a_slot_that_a_nested_entry_lacks", "Outer"),
        of::<a_slot_that_a_nested_entry_lacks::ByField>(
            "a_slot_that_a_nested_entry_lacks",
            "ByField",
        ),
        of::<a_slot_that_nobody_has::Outer>("a_slot_that_nobody_has", "Outer"),
        of::<a_splice_into_an_outer_envelope::Outer>("a_splice_into_an_outer_envelope", "Outer"),
        of::<a_text_that_is_not_for_clients::Outer>("a_text_that_is_not_for_clients", "Outer"),
        of::<a_wait_that_the_client_never_sees::Outer>(
            "a_wait_that_the_client_never_sees",
            "Outer",
        ),
        of::<an_envelope_that_says_less::ByText>("an_envelope_that_says_less", "ByText"),
        of::<an_envelope_that_says_less::ByNothing>("an_envelope_that_says_less", "ByNothing"),
        of::<an_integer_of_64_bits::Outer>("an_integer_of_64_bits", "Outer"),
        of::<an_integer_of_64_bits::AsString>("an_integer_of_64_bits", "AsString"),
        of::<another_delivery_in_a_context::Unsaid>("another_delivery_in_a_context", "Unsaid"),
        of::<another_delivery_in_a_context::Said>("another_delivery_in_a_context", "Said"),
        of::<numbers_and_texts_in_a_string::Outer>("numbers_and_texts_in_a_string", "Outer"),
        of::<policies_that_differ::Unsaid>("policies_that_differ", "Unsaid"),
        of::<policies_that_differ::Overlapping>("policies_that_differ", "Overlapping"),
        of::<texts_in_two_languages::Outer>("texts_in_two_languages", "Outer"),
        of::<texts_in_two_languages::Same>("texts_in_two_languages", "Same"),
    ]
}
