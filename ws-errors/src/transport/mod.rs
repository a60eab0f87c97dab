//! What each WebSocket library takes, one small file for each, behind its feature.
//!
//! # The last word
//!
//! A server that sends an error, closes and drops the socket often loses both: where the client
//! still had something on its way, the system resets the connection and throws away what was not
//! read yet. The client sees close code 1006 and nothing else.
//!
//! One line prevents that, whatever the code above does: a [`LingeringStream`] around each TCP stream,
//! or `axum::LingeringListener` around the listener. `deliver` and `close_with` of each library do the
//! same for one socket, share the [`Limits`] of the stream below, and return an [`Outcome`]. `split`
//! gives a socket a task that writes, and that anybody may ask to close. [`Linger::shutdown`] stops a
//! server without cutting anybody off.
//!
//! | library (feature) | text and close | answer awaited | reads while it writes | stream drained |
//! |---|---|---|---|---|
//! | tokio-tungstenite (`tungstenite`) | in one flush | yes | yes | yes |
//! | axum (`axum`) | in one flush | yes | yes | through `axum::LingeringListener` |
//! | fastwebsockets (`fastwebsockets`) | in one write | yes | yes | yes |
//! | actix-ws (`actix`) | by actix, in its own task | yes | yes | by actix, for its `client_disconnect_timeout` |
//! | any other | as it does | as you write it | as it does | through [`LingeringStream`], where it takes a stream |
//!
//! # Another library
//!
//! An [`Output`](crate::Output) names no library. For tokio-websockets, say, these lines are all:
//!
//! ```ignore
//! fn messages(output: Output) -> impl Iterator<Item = Message> {
//!     let frame = output.frame.map(|frame| match frame {
//!         Frame::Text(text) => Message::text(text.into_string()),
//!         Frame::Binary(bytes) => Message::binary(bytes.into_vec()),
//!     });
//!     let close = output.close.map(|close| {
//!         let code = close.code().and_then(|code| CloseCode::try_from(code.get()).ok());
//!         Message::close(code, close.reason())
//!     });
//!     frame.into_iter().chain(close)
//! }
//! ```
//!
//! That library panics on a close code that can't be sent and on a reason that is too long; a
//! [`Close`](crate::Close) can hold neither.

#[cfg(feature = "actix")]
pub mod actix;
#[cfg(feature = "linger")]
mod answer;
#[cfg(feature = "axum")]
pub mod axum;
#[cfg(feature = "linger")]
// What of it is used depends on the libraries that are on.
#[cfg_attr(not(all(feature = "axum", feature = "tungstenite")), allow(dead_code))]
mod connection;
#[cfg(feature = "linger")]
#[cfg_attr(not(all(feature = "axum", feature = "tungstenite")), allow(dead_code))]
mod delivery;
#[cfg(feature = "fastwebsockets")]
pub mod fastwebsockets;
#[cfg(feature = "linger")]
#[cfg_attr(not(all(feature = "axum", feature = "tungstenite")), allow(dead_code))]
mod library;
#[cfg(feature = "linger")]
mod limits;
#[cfg(feature = "linger")]
mod linger;
#[cfg(any(feature = "axum", feature = "tungstenite"))]
mod message;
#[cfg(any(feature = "axum", feature = "tungstenite"))]
mod outbox;
#[cfg(feature = "linger")]
mod outcome;
#[cfg(feature = "linger")]
mod place;
#[cfg(feature = "linger")]
mod raw;
#[cfg(feature = "linger")]
mod stream;
#[cfg(feature = "tungstenite")]
pub mod tungstenite;
#[cfg(any(feature = "axum", feature = "tungstenite"))]
mod writer;

#[cfg(feature = "linger")]
pub use limits::Limits;
#[cfg(feature = "linger")]
pub use linger::{Guard, Linger};
#[cfg(any(feature = "axum", feature = "tungstenite"))]
pub use outbox::{Closed, Inbox, NotQueued, Outbox};
#[cfg(feature = "linger")]
pub use outcome::{Outcome, Unanswered};
#[cfg(feature = "linger")]
pub use stream::LingeringStream;
