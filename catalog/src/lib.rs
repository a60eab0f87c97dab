//! The five documented catalogs, each one enum in one file that knows no I/O, and an occurrence of
//! each of their errors.

pub mod chat;
pub mod instant;
pub mod materi;
pub mod metered;
pub mod occurrences;
pub mod rooms;

pub use chat::ChatError;
pub use instant::InstantError;
pub use materi::MateriError;
pub use metered::MeteredError;
pub use rooms::RoomsError;
