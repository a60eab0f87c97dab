//! What the envelope language of [ws-errors](https://docs.rs/ws-errors) means.
//!
//! Everything that asks what an envelope makes of an error asks here: the derive macro while an enum
//! is compiled, `ws-errors` while it runs, and whatever is exported. The crate depends on nothing.
//! Applications depend on `ws-errors`, which re-exports what they need of it.
//!
//! | module | what it is |
//! | --- | --- |
//! | [`catalog`] | what a catalog is: plain data |
//! | [`anchor`] | where the reference docs speak of an entry |
//! | [`facts`] | a catalog as one constant text, as the macro writes it |
//! | [`shape`] | an envelope specialised to an entry: what a slot is, and whether it can be nothing |
//! | [`encoding`] | the plan by which a message is written |
//! | [`reading`] | the plan by which a frame is read |
//! | [`json`] | JSON values |
//! | [`rules`] | what a catalog may not say, and the words for it |
//! | [`escape`] | strings as JSON writes them |
//! | [`language`] | language tags, and which language a reader gets |
//! | [`placeholder`] | texts with fields in braces |
//! | [`names`] | names in messages |
//! | [`case`] | how names are spelt |
//! | [`distinct`] | lists that have each value once |
//! | [`close_code`] | which close codes may be sent |

pub mod anchor;
pub mod case;
pub mod catalog;
pub mod close_code;
mod cut;
pub mod distinct;
pub mod encoding;
pub mod escape;
pub mod facts;
mod filter;
pub mod json;
pub mod language;
pub mod names;
pub mod placeholder;
pub mod reading;
pub mod rules;
pub mod shape;

pub use cut::cut;
