//! What an error costs, from the enum to the text of its frame.
//!
//! The baselines are what one writes by hand: `serde_json::json!`, a struct that derives
//! `Serialize`, and a concatenation that knows that nothing needs an escape. Each iteration frees
//! what it made.

use catalog::MeteredError;
use catalog::metered::Correlation;
use divan::{Bencher, black_box};
use serde::Serialize;
use ws_errors::Envelope as _;

const CHANNEL: &str = "other-app/room-1";
const REQUEST_ID: &str = "pub-2";

fn main() {
    let error = MeteredError::ChannelNotAuthorized { channel: CHANNEL.to_owned() };
    let ours = error.encode(&Correlation { request_id: Some(REQUEST_ID) });
    let text = ours.text().unwrap_or_default();
    for other in [frame_of_struct(CHANNEL, REQUEST_ID), concatenated(CHANNEL, REQUEST_ID)] {
        assert_eq!(text, other, "the baselines write the same frame");
    }
    divan::main();
}

/// metered's example: one value from the error, one from the context.
mod with_values {
    use super::*;

    #[divan::bench(sample_count = 200, sample_size = 2000)]
    fn derived(bencher: Bencher<'_, '_>) {
        let error = MeteredError::ChannelNotAuthorized { channel: CHANNEL.to_owned() };
        let cx = Correlation { request_id: Some(REQUEST_ID) };
        bencher.bench_local(|| drop(black_box(black_box(&error).encode(black_box(&cx)))));
    }

    #[divan::bench(sample_count = 200, sample_size = 2000)]
    fn struct_serialize(bencher: Bencher<'_, '_>) {
        bencher.bench_local(|| {
            drop(black_box(frame_of_struct(black_box(CHANNEL), black_box(REQUEST_ID))));
        });
    }

    #[divan::bench(sample_count = 200, sample_size = 2000)]
    fn json_macro(bencher: Bencher<'_, '_>) {
        bencher.bench_local(|| {
            let value = serde_json::json!({
                "type": "error",
                "requestId": black_box(REQUEST_ID),
                "code": "channel_not_authorized",
                "message": format!("not authorized: {}", black_box(CHANNEL)),
            });
            drop(black_box(value.to_string()));
        });
    }

    #[divan::bench(sample_count = 200, sample_size = 2000)]
    fn concatenation(bencher: Bencher<'_, '_>) {
        bencher.bench_local(|| {
            drop(black_box(concatenated(black_box(CHANNEL), black_box(REQUEST_ID))));
        });
    }
}

/// An error without a value in it.
mod without_values {
    use super::*;
    use catalog::ChatError;

    #[divan::bench(sample_count = 200, sample_size = 2000)]
    fn derived(bencher: Bencher<'_, '_>) {
        let error = ChatError::InvalidEventType;
        bencher.bench_local(|| drop(black_box(black_box(&error).encode(black_box(&())))));
    }

    #[divan::bench(sample_count = 200, sample_size = 2000)]
    fn struct_serialize(bencher: Bencher<'_, '_>) {
        #[derive(Serialize)]
        struct Frame<'a> {
            error: &'a str,
        }
        bencher.bench_local(|| {
            drop(black_box(serde_json::to_string(&Frame {
                error: black_box("invalid event type"),
            })));
        });
    }
}

fn frame_of_struct(channel: &str, request_id: &str) -> String {
    #[derive(Serialize)]
    #[serde(rename_all = "camelCase")]
    struct Frame<'a> {
        r#type: &'a str,
        #[serde(skip_serializing_if = "Option::is_none")]
        request_id: Option<&'a str>,
        code: &'a str,
        message: String,
    }
    serde_json::to_string(&Frame {
        r#type: "error",
        request_id: Some(request_id),
        code: "channel_not_authorized",
        message: format!("not authorized: {channel}"),
    })
    .unwrap_or_default()
}

fn concatenated(channel: &str, request_id: &str) -> String {
    let parts = [
        r#"{"type":"error","requestId":""#,
        request_id,
        r#"","code":"channel_not_authorized","message":"not authorized: "#,
        channel,
        r#""}"#,
    ];
    parts.concat()
}
