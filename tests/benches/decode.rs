//! What a frame costs, from its text to what it is.
//!
//! The baseline is what any reader of JSON pays: a `serde_json::Value` of the same text. Each
//! iteration frees what it made.

use catalog::MeteredError;
use divan::{Bencher, black_box};
use serde_json::Value;
use ws_errors::Decoder;

const TRAFFIC: &str = r#"{"type":"message","channel":"other-app/room-1","data":{"id":7,"text":"hello","tags":["a","b"]},"at":1731234567}"#;
const ERROR: &str = r#"{"type":"error","requestId":"pub-2","code":"channel_not_authorized","message":"not authorized: other-app/room-1"}"#;

fn main() {
    let decoder = Decoder::of::<MeteredError>();
    assert!(decoder.decode(TRAFFIC).is_foreign());
    assert!(decoder.decode(ERROR).entry().is_some());
    divan::main();
}

/// A message that is no error: what a client reads most.
mod traffic {
    use super::*;

    #[divan::bench(sample_count = 200, sample_size = 1000)]
    fn decode(bencher: Bencher<'_, '_>) {
        let decoder = Decoder::of::<MeteredError>();
        bencher.bench_local(|| drop(black_box(decoder.decode(black_box(TRAFFIC)))));
    }

    #[divan::bench(sample_count = 200, sample_size = 1000)]
    fn value(bencher: Bencher<'_, '_>) {
        bencher.bench_local(|| drop(black_box(serde_json::from_str::<Value>(black_box(TRAFFIC)))));
    }
}

mod error {
    use super::*;

    #[divan::bench(sample_count = 200, sample_size = 1000)]
    fn decode(bencher: Bencher<'_, '_>) {
        let decoder = Decoder::of::<MeteredError>();
        bencher.bench_local(|| drop(black_box(decoder.decode(black_box(ERROR)))));
    }

    #[divan::bench(sample_count = 200, sample_size = 1000)]
    fn value(bencher: Bencher<'_, '_>) {
        bencher.bench_local(|| drop(black_box(serde_json::from_str::<Value>(black_box(ERROR)))));
    }
}

/// A mebibyte of messages in one frame, of which none is an error.
mod batch {
    use super::*;

    fn frame() -> String {
        TRAFFIC.repeat((1 << 20) / TRAFFIC.len())
    }

    #[divan::bench(sample_count = 20)]
    fn decode_all(bencher: Bencher<'_, '_>) {
        let (decoder, frame) = (Decoder::of::<MeteredError>(), frame());
        bencher.bench_local(|| drop(black_box(decoder.decode_all(black_box(&frame)))));
    }

    #[divan::bench(sample_count = 20)]
    fn values(bencher: Bencher<'_, '_>) {
        let frame = frame();
        bencher.bench_local(|| {
            let values = serde_json::Deserializer::from_str(black_box(&frame)).into_iter::<Value>();
            black_box(values.filter_map(Result::ok).count())
        });
    }
}
