//! Syntax: from tokens to what is written in each attribute. No rule of the design is checked here
//! beyond what a value may look like.

pub(crate) mod context;
pub(crate) mod delivery;
pub(crate) mod enumeration;
pub(crate) mod envelope;
pub(crate) mod field;
pub(crate) mod foreign;
pub(crate) mod guards;
pub(crate) mod http;
pub(crate) mod item;
pub(crate) mod policies;
pub(crate) mod retry;
pub(crate) mod text;
pub(crate) mod user;
pub(crate) mod value;
pub(crate) mod variant;
