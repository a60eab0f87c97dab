//! The close codes of a channel, which AsyncAPI has no place for.

use crate::catalog::{Catalog, Delivery, Entry};
use crate::export::json::{of_close, of_retry};
use crate::export::markdown::plain_summary;
use crate::export::visible::visible_entries;
use crate::wire::Tree;

pub(super) fn of(catalog: &'static Catalog) -> Option<Vec<Tree<'static>>> {
    let closes: Vec<Tree<'_>> =
        visible_entries(catalog).filter_map(|entry| of_entry(catalog, entry)).collect();
    (!closes.is_empty()).then_some(closes)
}

fn of_entry(catalog: &'static Catalog, entry: &'static Entry) -> Option<Tree<'static>> {
    let close = of_close(&entry.delivery)?;
    let close = close
        .with("name", entry.name)
        .with("sent_by_server", !matches!(entry.delivery, Delivery::Observed { .. }))
        .with("after_message", matches!(entry.delivery, Delivery::SoftThenClose(_)))
        .with("retry", of_retry(catalog.retry(entry)))
        .perhaps("summary", plain_summary(entry.docs));
    Some(close.into())
}
