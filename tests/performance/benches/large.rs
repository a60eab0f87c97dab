//! What a catalog costs that has many entries: to read with, and to export.

use divan::{Bencher, black_box};
use performance::large::catalog;
use ws_errors::Decoder;

fn main() {
    divan::main();
}

const SIZES: [usize; 2] = [100, 1000];

#[divan::bench(args = SIZES, sample_count = 20)]
fn a_decoder_is_made(bencher: Bencher<'_, '_>, entries: usize) {
    let catalog = catalog(entries);
    bencher.bench_local(|| drop(black_box(Decoder::new(black_box(catalog)))));
}

#[divan::bench(args = SIZES, sample_count = 10)]
fn all_targets_are_exported(bencher: Bencher<'_, '_>, entries: usize) {
    let catalog = catalog(entries);
    bencher.bench_local(|| {
        drop(black_box(ws_errors::export::markdown(catalog)));
        drop(black_box(ws_errors::export::typescript(catalog)));
        drop(black_box(ws_errors::export::json(catalog)));
        drop(black_box(ws_errors::export::asyncapi("Errors", &[catalog])));
        drop(black_box(ws_errors::export::openapi(catalog)));
        drop(black_box(ws_errors::export::json_schema(catalog)));
    });
}
