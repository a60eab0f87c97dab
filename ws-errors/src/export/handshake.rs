//! What is refused at the HTTP upgrade, as a browser sees it: a script sees that there is no
//! connection, and nothing of the status or of the answer
//! ([WHATWG WebSockets, feedback from the protocol](https://websockets.spec.whatwg.org/#feedback-from-the-protocol)).

use super::visible::visible_entries;
use super::words::{backticks, retry};
use crate::catalog::{Catalog, Delivery, Entry};

/// Whether browsers do something else after this entry than what it says: it is refused at the
/// upgrade, nothing says how it closes an accepted connection, and its policy is not that of a
/// connection that broke.
pub(crate) fn is_hidden_from_browsers(catalog: &'static Catalog, entry: &'static Entry) -> bool {
    matches!(entry.delivery, Delivery::Rejected { close: None, .. })
        && catalog.retry(entry) != catalog.retry_lost()
}

/// What an exporter warns of: policies that no browser can carry out.
///
/// ```
/// # #[derive(Debug, thiserror::Error, ws_errors::WsError)]
/// # #[ws_error(catalog = "chat")]
/// enum ChatError {
///     #[error("no token")]
///     #[ws_error(rejected(401), retry = when(refresh_token))]
///     NoToken,
/// }
/// use ws_errors::WsError as _;
///
/// let [warning] = &ws_errors::export::warnings(ChatError::catalog())[..] else { panic!() };
/// assert!(warning.contains("rejected(401, close(4401))"));
/// ```
pub fn warnings(catalog: &'static Catalog) -> Vec<String> {
    visible_entries(catalog)
        .filter(|entry| is_hidden_from_browsers(catalog, entry))
        .map(|entry| {
            let status = entry.http_form().status;
            format!(
                "{}: `{}` is refused with HTTP {status}, which no browser shows to a script; it sees 1006, and not “{}” but “{}” is what it does. Accept the connection and close it: `rejected({status}, close({}))`",
                catalog.name,
                entry.name,
                retry(catalog.retry(entry), backticks),
                retry(catalog.retry_lost(), backticks),
                4000 + status % 1000,
            )
        })
        .collect()
}
