//! Writes what is generated of every catalog in the repository, for the test that compares what is
//! printed about retries with what the client does, and frames of every kind with the errors that a
//! client should read in them: `exported DIR`.

#![expect(dead_code, reason = "errors that are declared and never made")]

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::process::ExitCode;

use serde_json::{Value, json};
use tests::{occurrences, told_apart, world};
use ws_errors::catalog::{Catalog, Slots};
use ws_errors::export::{Format, artefacts};
use ws_errors::{CloseCode, Envelope, Frame, WsError};

/// Every policy that can be declared, on errors and on closes, also on those of which fleets know.
#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(
    catalog = "policies",
    envelope = { "type": "error", "code": code, "message": message, ..self },
    closes(
        4000..=4099 = never,
        4100..=4199 = after(2s, jitter = none),
        4200..=4299 = backoff(2s..40s, attempts = 4),
        4300 = now(attempts = 3),
        4301 = when(sign_in, attempts = 2),
        4302 = after(10s, spread = 20s),
        4303 = never(connection),
    ),
    codes(1..=99 = backoff(200ms..5s), 100..=199 = now, unknown = after(3s)),
    default(message = "no")
)]
enum Policies {
    #[error("1")]
    #[ws_error(retry = never)]
    Never,
    #[error("2")]
    #[ws_error(retry = never(connection))]
    NotHere,
    #[error("3")]
    #[ws_error(retry = now(attempts = 2))]
    Now,
    #[error("4")]
    #[ws_error(retry = after(30s))]
    After,
    #[error("5")]
    #[ws_error(retry = after(self.wait ?? 1s))]
    Asked { wait: Option<u32> },
    #[error("6")]
    #[ws_error(retry = after(5s, jitter = add(2s), attempts = 1))]
    Added,
    #[error("7")]
    #[ws_error(retry = backoff(200ms..5s))]
    Backoff,
    #[error("8")]
    #[ws_error(retry = backoff(1s..8s, jitter = none, spread = 4s))]
    Spread,
    #[error("9")]
    #[ws_error(retry = when(refresh_token, otherwise = sign_in, attempts = 3))]
    When,
    #[error("10")]
    #[ws_error(retry = leave(4900, "bye"))]
    Leave,
    #[error("11")]
    #[ws_error(code = 42, retry = unknown)]
    Unknown,
    #[error("12")]
    #[ws_error(close(1012, "restart"), retry = backoff(200ms..5s))]
    Restart,
    #[error("13")]
    #[ws_error(close(1013), retry = now)]
    Busy,
    #[error("14")]
    #[ws_error(close(4001), retry = unknown)]
    InARange,
    #[error("15")]
    #[ws_error(observed(1006), retry = unknown)]
    Lost,
    #[error("16")]
    #[ws_error(close(self.code, "any"), retry = after(7s))]
    Any {
        #[ws_error(skip)]
        code: CloseCode,
    },
    #[error("17")]
    #[ws_error(close(4002), retry = leave(4901, "bye"))]
    LeaveForGood,
}

/// Frames of MessagePack.
#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(catalog = "packed", envelope = msgpack({ "type": "error", "code": code, "message": message, ..self }))]
enum Packed {
    #[error("full")]
    #[ws_error(message = "the room is full")]
    Full { room: u32 },
}

/// Frames of CBOR, and texts beside them.
#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(
    catalog = "concise",
    envelope = cbor({ "type": "error", "code": code, "message": message, ..self }),
    default(message = "no")
)]
enum Concise {
    #[error("full")]
    Full { room: u32 },
    #[error("late")]
    #[ws_error(envelope = { "error": code })]
    Late,
}

/// Lines of text, as binary frames.
#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(catalog = "lines", envelope = binary("-{code} {message}\n"))]
enum Lines {
    #[error("full")]
    #[ws_error(message = "the room is full")]
    Full,
    #[error("late")]
    #[ws_error(message = "too late")]
    Late,
}

/// Frames of the application's own format.
#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(catalog = "own", envelope = with(encode, { "code": code, "message": message }))]
enum Own {
    #[error("full")]
    #[ws_error(message = "the room is full")]
    Full,
}

/// The code and the message with a zero between them.
fn encode(slots: &Slots) -> Frame {
    let text = |name: &str| slots.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
    Frame::Binary(format!("{}\0{}", text("code"), text("message")).into_bytes().into())
}

/// A frame, and the kinds of the errors in it.
fn frame<E: Envelope<()>>(catalog: &str, error: &E, kind: &str) -> Value {
    match error.encode(&()).frame {
        Some(Frame::Text(text)) => json!({ "catalog": catalog, "text": &*text, "kinds": [kind] }),
        Some(Frame::Binary(bytes)) => {
            json!({ "catalog": catalog, "bytes": bytes.as_ref(), "kinds": [kind] })
        }
        None => Value::Null,
    }
}

fn main() -> ExitCode {
    let Some(directory) = std::env::args().nth(1) else {
        eprintln!("usage: exported DIR");
        return ExitCode::from(2);
    };
    match write(&PathBuf::from(directory)) {
        Ok(catalogs) => {
            println!("{catalogs} catalogs");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn write(directory: &PathBuf) -> Result<usize, String> {
    let mut catalogs: Vec<&'static Catalog> = occurrences::catalogs().to_vec();
    catalogs.extend(world::systems().iter().map(|system| system.catalog));
    catalogs.extend(told_apart::all().iter().map(|sent| sent.catalog));
    catalogs.push(Policies::catalog());
    catalogs.extend([Packed::catalog(), Concise::catalog(), Lines::catalog(), Own::catalog()]);
    let mut names = BTreeSet::new();
    catalogs.retain(|catalog| names.insert(catalog.name));
    let formats = [Format::Markdown, Format::Json, Format::TypeScript];
    let made = artefacts(&catalogs, &formats).map_err(|errors| format!("{errors:?}"))?;
    std::fs::create_dir_all(directory).map_err(|error| error.to_string())?;
    for artefact in made {
        artefact.write(directory).map_err(|error| error.to_string())?;
    }
    let frames = json!([
        frame("packed", &Packed::Full { room: 7 }, "Full"),
        frame("concise", &Concise::Full { room: 7 }, "Full"),
        frame("concise", &Concise::Late, "Late"),
        frame("lines", &Lines::Full, "Full"),
        frame("own", &Own::Full, "Full"),
    ]);
    let path = directory.join("frames.txt");
    std::fs::write(path, frames.to_string()).map_err(|error| error.to_string())?;
    Ok(catalogs.len())
}
