//! What a catalog may not say, and the words for it.

pub mod nested;
pub mod unique;
