//! A crate that gives the runtime on to its users.
pub use ws_errors;

/// Under another path.
pub mod prelude {
    pub use ws_errors::{Envelope, WsError};
}
