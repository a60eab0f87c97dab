//! What an error costs, from the enum to the text of its frame.
//!
//! Each iteration frees what it made.

use catalog::ChatError;
use catalog::metered::Correlation;
use divan::{Bencher, black_box};
use performance::by_hand;
use performance::errors::{self, CHANNEL, REQUEST_ID, Sized};
use tokio_tungstenite::tungstenite::Utf8Bytes;
use ws_errors::Envelope;

fn main() {
    let ours = errors::metered().encode(&Correlation { request_id: Some(REQUEST_ID) });
    let text = ours.text().unwrap_or_default();
    for other in [by_hand::joined(CHANNEL, REQUEST_ID), by_hand::of_struct(CHANNEL, REQUEST_ID)] {
        assert_eq!(text, other, "the baselines write the same frame");
    }
    for text in [errors::plain(), errors::with_one_escape(), errors::with_many_escapes()] {
        let ours = Sized::Text { text: text.clone() }.encode(&());
        assert_eq!(ours.text(), Some(&*by_hand::with_text(&text)));
        assert_eq!(ours.text(), Some(&*by_hand::with_text_of_struct(&text)));
    }
    let ours = Sized::Details { limits: errors::limits() }.encode(&());
    assert_eq!(ours.text(), Some(&*by_hand::with_details_of_struct(&errors::limits())));
    divan::main();
}

fn ours<E: Envelope<Cx>, Cx>(bencher: Bencher<'_, '_>, error: &E, cx: &Cx) {
    bencher.bench_local(|| drop(black_box(black_box(error).encode(black_box(cx)))));
}

/// metered's example: one value from the error, one from the context.
#[divan::bench_group(sample_count = 200, sample_size = 2000)]
mod metered {
    use super::*;

    #[divan::bench]
    fn ours(bencher: Bencher<'_, '_>) {
        super::ours(bencher, &errors::metered(), &Correlation { request_id: Some(REQUEST_ID) });
    }

    #[divan::bench]
    fn ours_into_a_text(bencher: Bencher<'_, '_>) {
        let (error, cx) = (errors::metered(), Correlation { request_id: Some(REQUEST_ID) });
        let mut text = String::new();
        bencher.bench_local(|| {
            text.clear();
            drop(black_box(black_box(&error).encode_into(black_box(&cx), &mut text)));
        });
    }

    #[divan::bench]
    fn by_hand(bencher: Bencher<'_, '_>) {
        bencher.bench_local(|| {
            drop(black_box(by_hand::joined(black_box(CHANNEL), black_box(REQUEST_ID))));
        });
    }

    #[divan::bench]
    fn of_struct(bencher: Bencher<'_, '_>) {
        bencher.bench_local(|| {
            drop(black_box(by_hand::of_struct(black_box(CHANNEL), black_box(REQUEST_ID))));
        });
    }

    #[divan::bench]
    fn of_value(bencher: Bencher<'_, '_>) {
        bencher.bench_local(|| {
            drop(black_box(by_hand::of_value(black_box(CHANNEL), black_box(REQUEST_ID))));
        });
    }
}

/// An error without a value in it.
#[divan::bench_group(sample_count = 200, sample_size = 2000)]
mod without_values {
    use super::*;

    #[divan::bench]
    fn ours(bencher: Bencher<'_, '_>) {
        super::ours(bencher, &ChatError::InvalidEventType, &());
    }

    #[divan::bench]
    fn ours_without_the_context(bencher: Bencher<'_, '_>) {
        let error = catalog::MeteredError::MissingData;
        super::ours(bencher, &error, &Correlation { request_id: None });
    }

    #[divan::bench]
    fn from_static(bencher: Bencher<'_, '_>) {
        bencher.bench_local(|| {
            drop(black_box(Utf8Bytes::from_static(black_box(r#"{"error":"invalid event type"}"#))));
        });
    }
}

/// A KiB of text.
#[divan::bench_group(sample_count = 200, sample_size = 200)]
mod text {
    use super::*;

    const TEXTS: [fn() -> String; 3] =
        [errors::plain, errors::with_one_escape, errors::with_many_escapes];

    #[divan::bench(args = [0, 1, 2])]
    fn ours(bencher: Bencher<'_, '_>, kind: usize) {
        super::ours(bencher, &Sized::Text { text: TEXTS[kind]() }, &());
    }

    #[divan::bench(args = [0, 1, 2])]
    fn by_hand(bencher: Bencher<'_, '_>, kind: usize) {
        let text = TEXTS[kind]();
        bencher.bench_local(|| drop(black_box(by_hand::with_text(black_box(&text)))));
    }

    #[divan::bench(args = [0, 1, 2])]
    fn of_struct(bencher: Bencher<'_, '_>, kind: usize) {
        let text = TEXTS[kind]();
        bencher.bench_local(|| drop(black_box(by_hand::with_text_of_struct(black_box(&text)))));
    }
}

/// An object of details.
#[divan::bench_group(sample_count = 200, sample_size = 500)]
mod details {
    use super::*;

    #[divan::bench]
    fn ours(bencher: Bencher<'_, '_>) {
        super::ours(bencher, &Sized::Details { limits: errors::limits() }, &());
    }

    #[divan::bench]
    fn of_struct(bencher: Bencher<'_, '_>) {
        let limits = errors::limits();
        bencher.bench_local(|| {
            drop(black_box(by_hand::with_details_of_struct(black_box(&limits))));
        });
    }
}
