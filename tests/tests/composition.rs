//! Catalogs inside a catalog.

use catalog::chat::ChatError;
use catalog::metered::MeteredError;
use catalog::rooms::{Meta, RoomsError};
use ws_errors::{Decoder, Envelope, WsError};

/// The envelope of the inner catalog is kept.
#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(rename_all = "snake_case", envelope(Meta<'_>) = transparent)]
enum Kept {
    #[error(transparent)]
    #[ws_error(transparent)]
    Rooms(#[from] RoomsError),

    /// The server restarts.
    #[error("restarting")]
    #[ws_error(close(4999, "restart"))]
    Restart,
}

#[test]
fn a_nested_error_is_sent_as_its_own_catalog_says() {
    let inner = || RoomsError::NotFound { resource: "Room".into() };
    let cx = Meta { request_id: Some("r-1"), timestamp: None };
    assert_eq!(Kept::from(inner()).encode(&cx), inner().encode(&cx));
    let inner = || RoomsError::Unauthorized { message: "Token expired".into() };
    let output = Kept::from(inner()).encode(&cx);
    assert_eq!(output, inner().encode(&cx));
    assert!(output.close.is_some());
    assert_eq!(Kept::from(inner()).close(), inner().close());
}

#[test]
fn the_entries_join_in_the_order_of_the_variants() {
    let names = |catalog: &ws_errors::catalog::Catalog| -> Vec<&str> {
        catalog.entries.iter().map(|entry| entry.name).collect()
    };
    let mut expected = names(RoomsError::catalog());
    expected.push("restart");
    assert_eq!(names(Kept::catalog()), expected);
    assert_eq!(Kept::Restart.entry().name, "restart");
    for entry in RoomsError::catalog().entries {
        let joined = Kept::catalog().entry(entry.name).expect("it has joined");
        assert_eq!((joined.docs, joined.code), (entry.docs, entry.code));
        assert_eq!(joined.section, entry.section);
    }
    let error = Kept::from(RoomsError::NotFound { resource: "Room".into() });
    assert!(std::ptr::eq(error.entry(), Kept::catalog().entry("not_found").expect("it has joined")));
}
