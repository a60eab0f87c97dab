//! What the tests share: an occurrence of every entry of every catalog, and servers that raise
//! them.

pub mod occurrences;
pub mod process;
pub mod protocol;
pub mod servers;
pub mod world;
