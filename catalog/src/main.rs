//! Exports, shows and demonstrates the five catalogs.

#[cfg(feature = "playground")]
mod serve;

use catalog::{ChatError, InstantError, MateriError, MeteredError, RoomsError};

#[cfg(feature = "playground")]
ws_errors::cli!(
    ChatError, RoomsError, MateriError, MeteredError, InstantError;
    out = "catalog/generated",
    locales = "catalog/locales",
    tour,
    subcommand = serve::SERVE
);

#[cfg(not(feature = "playground"))]
ws_errors::cli!(
    ChatError, RoomsError, MateriError, MeteredError, InstantError;
    out = "catalog/generated",
    locales = "catalog/locales",
    tour
);
