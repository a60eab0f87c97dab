//! Does one thing a number of times: `operation NAME COUNT`. Without a name it prints all of them.
//!
//! What one time takes is what `COUNT + 1` times take beyond `COUNT`.

use std::hint::black_box;

use catalog::metered::Correlation;
use catalog::{ChatError, MeteredError};
use memchr::memmem::Finder;
use performance::by_hand::{self, TaggedFrame};
use performance::errors::{self, CHANNEL, REQUEST_ID, Sized};
use performance::frames::{ERROR, TRAFFIC, TRAFFIC_TYPE_LAST};
use tungstenite::{Message, Utf8Bytes};
use ws_errors::{Decoder, Envelope};

/// Makes ready, and gives what is counted.
type Operation = fn() -> Box<dyn FnMut()>;

const OPERATIONS: [(&str, Operation); 25] = [
    ("encode: metered", || encode(errors::metered(), &WITH_REQUEST)),
    ("encode: metered, into a text", || {
        let (error, mut out) = (errors::metered(), String::new());
        Box::new(move || {
            out.clear();
            drop(black_box(black_box(&error).encode_into(black_box(&WITH_REQUEST), &mut out)));
        })
    }),
    ("encode: without values", || encode(ChatError::InvalidEventType, &())),
    ("encode: without the context's value", || encode(MeteredError::MissingData, &WITHOUT)),
    ("encode: 1 KiB of text", || encode(Sized::Text { text: errors::plain() }, &())),
    ("encode: 1 KiB with one escape", || {
        encode(Sized::Text { text: errors::with_one_escape() }, &())
    }),
    ("encode: 1 KiB with many escapes", || {
        encode(Sized::Text { text: errors::with_many_escapes() }, &())
    }),
    ("encode: details", || encode(Sized::Details { limits: errors::limits() }, &())),
    ("clone: an output", || {
        let output = errors::metered().encode(&WITH_REQUEST).shared();
        // The first clone makes what is shared.
        drop(output.clone());
        Box::new(move || drop(black_box(black_box(&output).clone())))
    }),
    ("decode: an error", || decode(ERROR)),
    ("decode: traffic", || decode(TRAFFIC)),
    ("decode: traffic, its type last", || decode(TRAFFIC_TYPE_LAST)),
    ("by hand: metered", || text(|| by_hand::joined(black_box(CHANNEL), black_box(REQUEST_ID)))),
    ("struct: metered", || text(|| by_hand::of_struct(black_box(CHANNEL), black_box(REQUEST_ID)))),
    ("by hand: without values", || text(|| Utf8Bytes::from_static(black_box(ERROR)))),
    ("by hand: 1 KiB of text", || with_text(by_hand::with_text, errors::plain())),
    ("by hand: 1 KiB with one escape", || with_text(by_hand::with_text, errors::with_one_escape())),
    ("struct: 1 KiB with many escapes", || {
        with_text(by_hand::with_text_of_struct, errors::with_many_escapes())
    }),
    ("struct: details", || {
        let limits = errors::limits();
        text(move || by_hand::with_details_of_struct(black_box(&limits)))
    }),
    ("clone: a message", || {
        let message = Message::text(by_hand::joined(CHANNEL, REQUEST_ID));
        text(move || black_box(&message).clone())
    }),
    ("tagged enum: an error", || text(|| serde_json::from_str::<TaggedFrame>(black_box(ERROR)))),
    ("search: traffic", || search(TRAFFIC)),
    ("search: traffic, its type last", || search(TRAFFIC_TYPE_LAST)),
    ("decoder of 100 entries", || {
        let catalog = performance::large::catalog(100);
        Box::new(|| drop(black_box(Decoder::new(black_box(catalog)))))
    }),
    ("decoder of metered", || Box::new(|| drop(black_box(Decoder::of::<MeteredError>())))),
];

const WITH_REQUEST: Correlation<'_> = Correlation { request_id: Some(REQUEST_ID) };
const WITHOUT: Correlation<'_> = Correlation { request_id: None };

fn encode<E: Envelope<Cx> + 'static, Cx>(error: E, cx: &'static Cx) -> Box<dyn FnMut()> {
    Box::new(move || drop(black_box(black_box(&error).encode(black_box(cx)))))
}

fn decode(text: &'static str) -> Box<dyn FnMut()> {
    let decoder = Decoder::of::<MeteredError>();
    Box::new(move || drop(black_box(decoder.decode(black_box(text)))))
}

/// What a message takes to be rejected that lacks the word.
fn search(text: &'static str) -> Box<dyn FnMut()> {
    let finder = Finder::new(r#""error""#);
    Box::new(move || {
        black_box(by_hand::is_error(&finder, black_box(text)));
    })
}

fn text<T>(mut make: impl FnMut() -> T + 'static) -> Box<dyn FnMut()> {
    Box::new(move || drop(black_box(make())))
}

fn with_text(make: fn(&str) -> String, value: String) -> Box<dyn FnMut()> {
    text(move || make(black_box(&value)))
}

fn main() {
    let mut arguments = std::env::args().skip(1);
    let Some(name) = arguments.next() else {
        OPERATIONS.iter().for_each(|(name, _)| println!("{name}"));
        return;
    };
    let count = arguments.next().and_then(|count| count.parse().ok()).unwrap_or(1);
    let operation = OPERATIONS.iter().find(|(other, _)| *other == name);
    let mut run = operation.expect("an operation").1();
    for _ in 0..count {
        run();
    }
}
