//! What is refused at the HTTP upgrade, as a browser sees it: a script sees that there is no
//! connection, and nothing of the status or of the answer
//! ([WHATWG WebSockets, feedback from the protocol](https://websockets.spec.whatwg.org/#feedback-from-the-protocol)).

use crate::catalog::{Catalog, Delivery, Entry};

/// Whether browsers do something else after this entry than what it says: it is refused at the
/// upgrade, nothing says how it closes an accepted connection, and its policy is not that of a
/// connection that broke.
pub(crate) fn is_hidden_from_browsers(catalog: &'static Catalog, entry: &'static Entry) -> bool {
    matches!(entry.delivery, Delivery::Rejected { close: None, .. })
        && catalog.retry(entry) != catalog.retry_lost()
}
