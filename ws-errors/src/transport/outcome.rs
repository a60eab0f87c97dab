//! What came of a delivery.

use std::fmt;

/// What came of sending an error and closing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Outcome {
    /// The peer answered with a close frame, so it has read everything that came before. One that
    /// closed of its own accord at the same moment can't be told apart from that.
    Acknowledged,
    /// Everything was written, and the peer ended its stream after ours ended. Its close frame
    /// could not be read, because something before it broke the protocol or a limit.
    Drained,
    /// The peer went away first: it closed, reset the connection, or vanished.
    PeerGone,
    /// The deadline passed.
    TimedOut,
    /// The peer went on sending until the byte cap was reached.
    Flooded,
    /// Nobody waited for the peer to read it: as many sockets were lingering as may, or the library
    /// hides the stream below and no message could be read from it any more. What fitted into the
    /// send buffer was written.
    NotAwaited,
}

impl Outcome {
    /// Whether the peer is known to have seen the error and the close.
    pub const fn is_delivered(self) -> bool {
        matches!(self, Self::Acknowledged | Self::Drained)
    }

    /// The outcome in one word, for a log or as the label of a counter.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Acknowledged => "acknowledged",
            Self::Drained => "drained",
            Self::PeerGone => "peer_gone",
            Self::TimedOut => "timed_out",
            Self::Flooded => "flooded",
            Self::NotAwaited => "not_awaited",
        }
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
