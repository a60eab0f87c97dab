//! What one error costs that goes to many sockets.

use catalog::metered::Correlation;
use divan::{Bencher, black_box};
use performance::errors::{self, REQUEST_ID};
use tokio_tungstenite::tungstenite::Message;
use ws_errors::Envelope as _;

fn main() {
    divan::main();
}

#[divan::bench(sample_count = 100, sample_size = 100)]
fn an_output_is_cloned(bencher: Bencher<'_, '_>) {
    let output = errors::metered().encode(&Correlation { request_id: Some(REQUEST_ID) }).shared();
    bencher.bench_local(|| drop(black_box(black_box(&output).clone())));
}

#[divan::bench(sample_count = 100, sample_size = 100)]
fn a_message_is_cloned(bencher: Bencher<'_, '_>) {
    let output = errors::metered().encode(&Correlation { request_id: Some(REQUEST_ID) });
    let message = Message::text(output.text().unwrap_or_default().to_owned());
    bencher.bench_local(|| drop(black_box(black_box(&message).clone())));
}
