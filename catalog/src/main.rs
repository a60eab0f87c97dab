//! Exports, shows and demonstrates the five catalogs.

use catalog::{ChatError, InstantError, MateriError, MeteredError, RoomsError};

ws_errors::cli!(
    ChatError, RoomsError, MateriError, MeteredError, InstantError;
    out = "catalog/generated",
    locales = "catalog/locales",
    tour
);
