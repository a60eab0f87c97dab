//! What a frame costs, from its text to what it is.
//!
//! Each iteration frees what it made.

use catalog::MeteredError;
use divan::{Bencher, black_box};
use memchr::memmem::Finder;
use performance::by_hand::{self, TaggedFrame};
use performance::frames::{ERROR, TRAFFIC, TRAFFIC_TYPE_LAST};
use serde_json::Value;
use ws_errors::Decoder;

fn main() {
    let decoder = Decoder::of::<MeteredError>();
    assert!(decoder.decode(TRAFFIC).is_foreign() && decoder.decode(TRAFFIC_TYPE_LAST).is_foreign());
    assert!(decoder.decode(ERROR).entry().is_some());
    assert!(serde_json::from_str::<TaggedFrame>(ERROR).is_ok());
    divan::main();
}

fn decode(bencher: Bencher<'_, '_>, text: &str) {
    let decoder = Decoder::of::<MeteredError>();
    bencher.bench_local(|| drop(black_box(decoder.decode(black_box(text)))));
}

fn value(bencher: Bencher<'_, '_>, text: &str) {
    bencher.bench_local(|| drop(black_box(serde_json::from_str::<Value>(black_box(text)))));
}

fn memmem(bencher: Bencher<'_, '_>, text: &str) {
    let finder = Finder::new(r#""error""#);
    bencher.bench_local(|| black_box(by_hand::is_error(&finder, black_box(text))));
}

/// An error.
#[divan::bench_group(sample_count = 200, sample_size = 1000)]
mod error {
    use super::*;

    #[divan::bench]
    fn ours(bencher: Bencher<'_, '_>) {
        decode(bencher, ERROR);
    }

    #[divan::bench]
    fn tagged_enum(bencher: Bencher<'_, '_>) {
        bencher.bench_local(|| {
            drop(black_box(serde_json::from_str::<TaggedFrame>(black_box(ERROR))));
        });
    }

    #[divan::bench]
    fn of_value(bencher: Bencher<'_, '_>) {
        value(bencher, ERROR);
    }
}

/// A message that is no error.
#[divan::bench_group(sample_count = 200, sample_size = 1000)]
mod traffic {
    use super::*;

    #[divan::bench]
    fn ours(bencher: Bencher<'_, '_>) {
        decode(bencher, TRAFFIC);
    }

    #[divan::bench]
    fn ours_where_the_type_stands_last(bencher: Bencher<'_, '_>) {
        decode(bencher, TRAFFIC_TYPE_LAST);
    }

    #[divan::bench]
    fn by_memmem(bencher: Bencher<'_, '_>) {
        memmem(bencher, TRAFFIC);
    }

    #[divan::bench]
    fn of_value(bencher: Bencher<'_, '_>) {
        value(bencher, TRAFFIC);
    }
}

/// A mebibyte of messages in one frame, of which none is an error.
#[divan::bench_group(sample_count = 20)]
mod batch {
    use super::*;

    fn frame() -> String {
        TRAFFIC.repeat((1 << 20) / TRAFFIC.len())
    }

    #[divan::bench]
    fn ours(bencher: Bencher<'_, '_>) {
        let (decoder, frame) = (Decoder::of::<MeteredError>(), frame());
        bencher.bench_local(|| drop(black_box(decoder.decode_all(black_box(&frame)))));
    }

    #[divan::bench]
    fn of_values(bencher: Bencher<'_, '_>) {
        let frame = frame();
        bencher.bench_local(|| {
            let values = serde_json::Deserializer::from_str(black_box(&frame)).into_iter::<Value>();
            black_box(values.filter_map(Result::ok).count())
        });
    }
}
