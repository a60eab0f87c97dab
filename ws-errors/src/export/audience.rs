//! Artefacts for some readers, without the entries that are for others.

use std::collections::BTreeSet;

use crate::catalog::{Catalog, Entry, Envelope, HttpForm};

/// The catalog as these audiences may see it: without the entries that are for another audience, and
/// without the envelopes that only those have. An entry without an `audience` is for everybody, so
/// with no audience at all what is left is public.
///
/// What is made of it says nothing of the others: a client reads their messages as errors that nobody
/// declared. The enum, and so what it sends, stays what it is.
///
/// ```
/// use ws_errors::WsError;
/// use ws_errors::export::{for_audiences, markdown};
///
/// /// Errors of a chat.
/// #[derive(Debug, thiserror::Error, WsError)]
/// #[ws_error(rename_all = "snake_case", envelope = { "code": code })]
/// enum ChatError {
///     /// There is no such room.
///     #[error("no such room")]
///     NoSuchRoom,
///     /// The shard is being moved.
///     #[error("the shard is being moved")]
///     #[ws_error(audience = "staff")]
///     ShardMoved,
/// }
///
/// let public = markdown(for_audiences(ChatError::catalog(), &[]))?;
/// assert!(public.contains("no_such_room") && !public.contains("shard"));
/// let staff = markdown(for_audiences(ChatError::catalog(), &["staff"]))?;
/// assert!(staff.contains("no_such_room") && staff.contains("shard_moved"));
/// # Ok::<(), ws_errors::export::ExportError>(())
/// ```
pub fn for_audiences(catalog: &'static Catalog, audiences: &[&str]) -> &'static Catalog {
    let is_seen = |entry: &&Entry| entry.audience.is_none_or(|one| audiences.contains(&one));
    if catalog.entries.iter().all(|entry| is_seen(&entry)) {
        return catalog;
    }
    let seen: Vec<&Entry> = catalog.entries.iter().filter(is_seen).collect();
    let used: BTreeSet<usize> = seen.iter().flat_map(|entry| envelopes_of(entry)).collect();
    let at = |envelope: usize| used.iter().position(|one| *one == envelope).unwrap_or_default();
    let entries: Vec<Entry> = seen
        .into_iter()
        .map(|entry| {
            let envelopes = entry.envelopes.iter().map(|(cx, envelope)| (*cx, at(*envelope)));
            let http = |form: HttpForm| HttpForm { envelope: form.envelope.map(at), ..form };
            Entry {
                envelopes: envelopes.collect::<Vec<_>>().leak(),
                http: entry.http.map(http),
                ..*entry
            }
        })
        .collect();
    let envelopes = used.iter().filter_map(|envelope| catalog.envelopes.get(*envelope));
    let envelopes: Vec<Envelope> = envelopes.copied().collect();
    // A catalog is exported once, or a few times.
    Box::leak(Box::new(Catalog {
        entries: entries.leak(),
        envelopes: envelopes.leak(),
        ..*catalog
    }))
}

fn envelopes_of(entry: &Entry) -> impl Iterator<Item = usize> {
    let body = entry.http.and_then(|form| form.envelope);
    entry.envelopes.iter().map(|(_, envelope)| *envelope).chain(body)
}
