//! The rules of inversion, as a user of the decoder meets them.

mod catalogs;
mod closes;
mod metered;
mod rules;
mod strings;
