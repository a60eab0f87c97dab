//! The rules of inversion, as a user of the decoder meets them.

mod catalogs;
mod closes;
mod metered;
mod round_trip;
mod rules;
mod strings;
mod unknown;
mod ways;
