//! The frames of what occurs, of entries that are newer than the client, and of successes.

use ws_errors::Frame;
use ws_errors::catalog::{Code, Format, Node as Template, Success};

use super::check::Sent;
use super::made::{Made, Occurrence};
use super::subject::Subject;

/// The frame of an occurrence, where it has one.
pub(super) fn sent(made: &Made, subject: &Subject, what: &Occurrence) -> Option<Sent> {
    let frame = subject.encode(what).frame?;
    let index = made.declared(what.entry).envelope(what.context)?;
    let envelope = made.envelopes.get(index)?;
    match (envelope.format, frame) {
        (Format::Json | Format::Text, frame) => Some(Sent { frame, data: None }),
        (Format::Binary, Frame::Binary(bytes)) => {
            let is_json = matches!(envelope.template, Template::Object(_) | Template::Array(_));
            Some(Sent::bytes(String::from_utf8_lossy(&bytes).into_owned(), is_json))
        }
        (_, frame) => {
            // What is packed, a client unpacks: the same message as JSON.
            let mut twin = made.clone();
            twin.envelopes[index].format = Format::Json;
            Some(Sent::packed(frame, Subject::new(&twin).encode(what).text()?))
        }
    }
}

/// The same entry as if it had just been added to the server.
fn newer(made: &Made, what: &Occurrence, code: impl Fn(Code) -> Option<Code>) -> Option<Made> {
    let mut newer = made.clone();
    let declared = newer.entries.iter_mut().find(|one| one.entry.name == what.entry)?;
    declared.entry.code = code(declared.entry.code)?;
    Some(newer)
}

fn new_code(code: Code) -> Option<Code> {
    match code {
        Code::Number(_) => Some(Code::Number(31_337)),
        Code::Text(_) => Some(Code::Text("NEW_CODE")),
        Code::None | Code::Field(_) => None,
    }
}

/// The frame of an occurrence whose entry has another code.
pub(super) fn stranger_frame(made: &Made, what: &Occurrence) -> Option<Sent> {
    let made = newer(made, what, new_code)?;
    sent(&made, &Subject::new(&made), what)
}

/// The frame of an occurrence whose code says that all is well.
pub(super) fn success_frame(made: &Made, what: &Occurrence) -> Option<Sent> {
    let code = |code: Code| match code {
        Code::Number(_) => made.success.iter().find_map(|success| match success {
            Success::Numbers(first, _) => Some(Code::Number(*first)),
            Success::Text(_) => None,
        }),
        Code::Text(_) => made.success.iter().find_map(|success| match success {
            Success::Text(text) => Some(Code::Text(text)),
            Success::Numbers(..) => None,
        }),
        Code::None | Code::Field(_) => None,
    };
    let made = newer(made, what, code)?;
    sent(&made, &Subject::new(&made), what)
}

/// Whether the message of an entry carries its code.
pub(super) fn carries_code(made: &Made, what: &Occurrence) -> bool {
    let frame = |code| {
        let newer = newer(made, what, |_| Some(code))?;
        Subject::new(&newer).encode(what).frame
    };
    // Two of one length: the length of a code is not the code.
    frame(Code::Text("NEW_CODE")) != frame(Code::Text("OLD_CODE"))
}
