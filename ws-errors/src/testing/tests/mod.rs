mod judgement;
mod report;
mod scenarios;

use crate::catalog::*;
use crate::fixture::METERED;

/// The catalog of the fixture, with an error that is a message and then a close, and one that refuses
/// the handshake.
fn catalog() -> &'static Catalog {
    let closing =
        Closing { code: ClosingCode::Constant(4003), reason: Text(&[Piece::Literal("Forbidden")]) };
    let forbidden = Entry {
        name: "forbidden",
        variant: "Forbidden",
        code: Code::Text("forbidden"),
        delivery: Delivery::SoftThenClose(closing),
        message: Message::Text(Text(&[Piece::Literal("not for you")])),
        envelopes: &[(0, 0)],
        ..Entry::BLANK
    };
    let no_such_path = Entry {
        name: "no_such_path",
        variant: "NoSuchPath",
        delivery: Delivery::Rejected { status: Some(404), close: None },
        ..Entry::BLANK
    };
    let entries = [METERED.entries, &[forbidden, no_such_path]].concat();
    Box::leak(Box::new(Catalog { entries: entries.leak(), ..METERED }))
}
