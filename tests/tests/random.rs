//! What has to be true of every catalog, tried on catalogs that are made up.
//!
//! `RANDOM_CATALOGS=10000` sets how many, `RANDOM_SEED=…` which; a failure is made small, and printed
//! as the enum that somebody would write.

use tests::random::{Amount, Reader, Report, run};

fn check(report: &Report) {
    println!("{}", report.summary());
    assert!(report.broken.is_empty(), "{}\n\n{}", report.summary(), report.examples.join("\n"));
}

#[test]
fn a_random_catalog_is_encoded_and_decoded_as_it_says() {
    check(&run(Amount::of_environment(300), Vec::new()));
}

#[test]
#[ignore = "needs the packages of tests/typescript, and Python; `tests/run typescript` has them"]
fn a_random_catalog_means_the_same_in_rust_typescript_and_python() {
    check(&run(Amount::of_environment(300), vec![Reader::typescript(), Reader::python()]));
}

/// As the one before, for a machine without Node.
#[test]
#[ignore = "needs Python; `tests/run python` has it"]
fn a_random_catalog_means_the_same_in_rust_and_python() {
    check(&run(Amount::of_environment(300), vec![Reader::python()]));
}
