//! What is measured, and what it is measured against: the same by hand, by a struct that derives
//! `Serialize`, by `serde_json::Value`.
//!
//! Benchmarks and counted instructions share it, so that both are about the same code.

pub mod by_hand;
pub mod errors;
pub mod frames;
pub mod large;
