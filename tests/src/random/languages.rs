//! What a catalog means in Rust and in TypeScript.

use ws_errors::Frame;
use ws_errors::catalog::Format;

use super::check::{Broken, Check, Sent};
use super::damage;
use super::made::Made;
use super::node::{Answer, Question};
use super::outcome::Outcome;
use super::sending::{sent, stranger_frame, success_frame};
use super::subject::Subject;

/// Whether both languages are given the same: a binary frame is one to Rust, and what is in it to
/// TypeScript, which can't know that other frames are text.
fn is_readable_by_both(made: &Made, sent: &Sent) -> bool {
    let formats = made.entries.iter().flat_map(|one| one.envelopes.iter().flatten());
    let formats: Vec<Format> = formats.map(|index| made.envelopes[*index].format).collect();
    sent.data.is_none() || formats.windows(2).all(|two| two[0] == two[1])
}

/// The frames of what is looked at, and the closes.
pub(super) fn question(
    made: &Made,
    subject: &Subject,
    checks: &[Check],
) -> Result<Question, String> {
    let mut question =
        Question { module: subject.typescript()?, frames: Vec::new(), closes: Vec::new() };
    for check in checks {
        let frame = frame_of(made, subject, check);
        question.frames.extend(frame.map(|sent| sent.question()));
        if let Check::Batch(text) = check
            && is_readable_batch(text)
        {
            question.frames.push(serde_json::json!({ "batch": text }));
        }
        question.closes.extend(close_of(subject, check));
    }
    Ok(question)
}

/// Whether TypeScript can read a text with several messages: none is packed.
fn is_readable_batch(text: &str) -> bool {
    let is_packed = |message: &str| message.starts_with("WITH ");
    !damage::has_key_twice(text) && !text.split(char::is_control).any(is_packed)
}

fn frame_of(made: &Made, subject: &Subject, check: &Check) -> Option<Sent> {
    let frame = match check {
        Check::Occurrence(what) => sent(made, subject, what),
        Check::Stranger(what) => stranger_frame(made, what),
        Check::Success(what) => success_frame(made, what),
        Check::Frame(sent) => Some(sent.clone()),
        Check::Apart(_) | Check::Batch(_) | Check::Close(..) | Check::Module => None,
    };
    frame.filter(|sent| {
        let text = match &sent.frame {
            Frame::Text(text) => Some(&**text),
            Frame::Binary(bytes) => std::str::from_utf8(bytes).ok(),
        };
        // Frames of an application's own encoding are unpacked before TypeScript sees them.
        let is_packed_text =
            sent.data.is_none() && text.is_some_and(|text| text.starts_with("WITH "));
        is_readable_by_both(made, sent)
            && !is_packed_text
            && !text.is_some_and(damage::has_key_twice)
    })
}

fn close_of(subject: &Subject, check: &Check) -> Option<(u16, String)> {
    match check {
        Check::Close(code, reason) => Some((*code, reason.clone())),
        Check::Occurrence(what) => {
            let close = subject.encode(what).close?;
            Some((close.code()?.get(), close.reason().to_owned()))
        }
        _ => None,
    }
}

/// What is looked at, in Rust and in TypeScript: what does not hold, each with its check.
pub(super) fn in_both(
    made: &Made,
    subject: &Subject,
    checks: &[Check],
    answer: Answer,
) -> Vec<(Check, Broken)> {
    if let Some(failure) = answer.failure {
        let broken = Broken { property: "the module can be used", seen: failure };
        return vec![(Check::Module, broken)];
    }
    let mut found = Vec::new();
    let (mut errors, mut closes) = (answer.errors.into_iter(), answer.closes.into_iter());
    for check in checks {
        if let Some(sent) = frame_of(made, subject, check) {
            let rust = Outcome::of_rust(&subject.decode(&sent.frame));
            let error = errors.next().unwrap_or_default();
            let typescript = Outcome::of_typescript(&error, |name| subject.catalog.entry(name));
            if !rust.is(&typescript) {
                let seen =
                    format!("{:?}\nRust       {rust:?}\nTypeScript {typescript:?}", sent.frame);
                found.push((
                    Check::Frame(sent),
                    Broken { property: difference(&rust, &typescript), seen },
                ));
            }
        }
        if let Check::Batch(text) = check
            && is_readable_batch(text)
        {
            let rust: Vec<Outcome> =
                subject.decoder().decode_all(text).iter().map(Outcome::of_rust).collect();
            let list = errors.next().unwrap_or_default();
            let typescript: Vec<Outcome> = list
                .as_array()
                .into_iter()
                .flatten()
                .map(|error| Outcome::of_typescript(error, |name| subject.catalog.entry(name)))
                .collect();
            let is_same = rust.len() == typescript.len()
                && rust.iter().zip(&typescript).all(|(one, other)| one.is(other));
            if !is_same {
                let seen = format!("{text:?}\nRust       {rust:?}\nTypeScript {typescript:?}");
                let property = "Rust = TypeScript, several messages";
                found.push((check.clone(), Broken { property, seen }));
            }
        }
        if let Some((code, reason)) = close_of(subject, check) {
            let rust = Outcome::of_rust_close(&subject.decoder().closed(code, &reason));
            let typescript = Outcome::of_typescript_close(&closes.next().unwrap_or_default());
            if rust.kind != typescript.kind {
                let seen =
                    format!("{code} {reason:?}\nRust       {rust:?}\nTypeScript {typescript:?}");
                let property = "Rust = TypeScript, closes";
                found.push((Check::Close(code, reason), Broken { property, seen }));
            }
        }
    }
    found
}

fn difference(rust: &Outcome, typescript: &Outcome) -> &'static str {
    let is_unknown = |outcome: &Outcome| outcome.kind.as_deref() == Some("$unknown");
    match (&rust.kind, &typescript.kind) {
        (one, other) if one == other => "Rust = TypeScript, values",
        (None, Some(_)) => "Rust = TypeScript: foreign to Rust",
        (Some(_), None) => "Rust = TypeScript: foreign to TypeScript",
        _ if is_unknown(rust) => "Rust = TypeScript: unknown to Rust",
        _ if is_unknown(typescript) => "Rust = TypeScript: unknown to TypeScript",
        _ => "Rust = TypeScript: another entry",
    }
}
