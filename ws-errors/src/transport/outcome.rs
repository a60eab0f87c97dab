//! What came of a delivery.

use std::fmt;

/// The outcome of an error that was sent, and of the close after it.
///
/// It means the same for every library.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Outcome {
    /// The peer answered with its close frame, so it has read everything that came before. One that
    /// closed of its own accord at the same moment looks the same.
    Acknowledged,
    /// Everything was written, and the other end of the connection read on until its end, and ended
    /// its own direction after that. Its close frame could not be read. Behind a proxy, the other end
    /// is the proxy.
    Drained,
    /// Everything was written, and nothing shows that it was read.
    HandedOver(Unanswered),
    /// Not everything could be written: the peer had closed or was gone, or it didn't read.
    Refused(Unanswered),
}

/// The reason why no answer came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Unanswered {
    /// The peer closed first, reset the connection, or vanished.
    Gone,
    /// Nothing was read or written for as long as [`Limits::stall`](super::Limits::stall).
    Stalled,
    /// [`Limits::deadline`](super::Limits::deadline) passed.
    Deadline,
    /// The peer went on sending until [`Limits::bytes`](super::Limits::bytes).
    Flooded,
    /// It gave way to others: more sockets were to linger than may.
    GaveWay,
    /// The library hides the stream, and no message could be read from it any more.
    Hidden,
}

impl Outcome {
    /// Returns whether the peer is known to have read the error and the close.
    pub const fn is_delivered(self) -> bool {
        matches!(self, Self::Acknowledged)
    }

    /// The outcome in one word, for a log or as the label of a counter.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Acknowledged => "acknowledged",
            Self::Drained => "drained",
            Self::HandedOver(_) => "handed_over",
            Self::Refused(_) => "refused",
        }
    }

    /// The reason why no answer came, where none did.
    pub const fn unanswered(self) -> Option<Unanswered> {
        match self {
            Self::Acknowledged | Self::Drained => None,
            Self::HandedOver(why) | Self::Refused(why) => Some(why),
        }
    }
}

impl Unanswered {
    /// The reason in one word, for a log or as the label of a counter.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Gone => "gone",
            Self::Stalled => "stalled",
            Self::Deadline => "deadline",
            Self::Flooded => "flooded",
            Self::GaveWay => "gave_way",
            Self::Hidden => "hidden",
        }
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Acknowledged => "acknowledged",
            Self::Drained => "written and drained",
            Self::HandedOver(_) => "handed over without an answer",
            Self::Refused(_) => "refused",
        })?;
        match self.unanswered() {
            None => Ok(()),
            Some(why) => write!(f, " ({why})"),
        }
    }
}

impl fmt::Display for Unanswered {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Gone => "the peer is gone",
            Self::Stalled => "the peer stalled",
            Self::Deadline => "the deadline passed",
            Self::Flooded => "the peer never stopped sending",
            Self::GaveWay => "it gave way to others",
            Self::Hidden => "the library hides the stream",
        })
    }
}
