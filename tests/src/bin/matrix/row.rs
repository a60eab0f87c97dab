//! The servers of the matrix: a library, and how it says its last word.

use tests::servers::{Baseline, LastWord, Library};
use ws_errors::transport::Linger;

use crate::path::Path;

/// A server.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Row {
    pub(crate) library: Library,
    pub(crate) how: How,
}

/// How it says its last word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum How {
    Deliver,
    Split,
    Page,
    Careless,
    Naive(Baseline),
}

const fn row(library: Library, how: How) -> Row {
    Row { library, how }
}

const SEND_SEND_DROP: How = How::Naive(Baseline::SendSendDrop);

impl Row {
    /// In the order of the table.
    pub(crate) const ALL: [Self; 14] = [
        row(Library::Tungstenite, How::Deliver),
        row(Library::Axum, How::Deliver),
        row(Library::Tungstenite, How::Split),
        row(Library::Axum, How::Split),
        row(Library::Axum, How::Page),
        row(Library::Tungstenite, How::Careless),
        row(Library::Axum, How::Careless),
        row(Library::Tungstenite, SEND_SEND_DROP),
        row(Library::Tungstenite, How::Naive(Baseline::FlushDrop)),
        row(Library::Axum, SEND_SEND_DROP),
        row(Library::Fastwebsockets, How::Deliver),
        row(Library::Fastwebsockets, SEND_SEND_DROP),
        row(Library::Actix, How::Deliver),
        row(Library::Actix, SEND_SEND_DROP),
    ];

    pub(crate) const fn is_ours(self) -> bool {
        !matches!(self.how, How::Naive(_))
    }

    /// Whether this project promises that nothing is lost.
    pub(crate) const fn is_promised(self) -> bool {
        self.is_ours() && matches!(self.library, Library::Tungstenite | Library::Axum)
    }

    /// Whether this path is measured: everything directly, and elsewhere what is promised, and one
    /// naive server beside it.
    pub(crate) fn takes(self, path: Path) -> bool {
        let naive = row(Library::Tungstenite, SEND_SEND_DROP);
        path.is_direct() || self.is_promised() || self == naive
    }

    pub(crate) fn last_word(self) -> LastWord {
        match self.how {
            How::Deliver => LastWord::Ours(Linger::default()),
            How::Split => LastWord::Split(Linger::default()),
            How::Page => LastWord::Page(Linger::default()),
            How::Careless => LastWord::Careless(Linger::default()),
            How::Naive(baseline) => LastWord::Naive(baseline),
        }
    }

    pub(crate) fn name(self) -> String {
        let how = match self.how {
            How::Deliver => "deliver",
            How::Split => "split",
            How::Page => "the page's writer task",
            How::Careless => "careless, over a lingering stream",
            How::Naive(Baseline::SendSendDrop) => "send, send, drop",
            How::Naive(Baseline::FlushDrop) => "one flush, drop",
        };
        format!("{}: {how}", self.library.name())
    }

    pub(crate) fn named(name: &str) -> Option<Vec<Self>> {
        let rows: Vec<Self> =
            Self::ALL.into_iter().filter(|row| row.name().starts_with(name)).collect();
        (!rows.is_empty()).then_some(rows)
    }
}
