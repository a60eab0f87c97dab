//! What answers a request: the errors of a catalog over HTTP, with example values.

use super::example::of_request;
use super::visible::visible_entries;
use crate::catalog::{Catalog, Entry, Format, HttpForm};
use crate::wire::{Shape, Tree};

/// An error over HTTP.
pub(crate) struct Answered {
    pub(crate) entry: &'static Entry,
    pub(crate) form: HttpForm,
    /// The shape of its body; `None` where it has none.
    pub(crate) shape: Option<Shape>,
    /// Whether the body is JSON.
    pub(crate) is_json: bool,
    /// The body with example values; empty where there is none.
    pub(crate) example: String,
}

/// The errors of a catalog that have a form over HTTP, in order.
pub(crate) fn answered(catalog: &'static Catalog) -> impl Iterator<Item = Answered> {
    visible_entries(catalog).filter_map(move |entry| of(catalog, entry))
}

/// An entry over HTTP; `None` where it has no form there.
pub(crate) fn of(catalog: &'static Catalog, entry: &'static Entry) -> Option<Answered> {
    let form = entry.http?;
    let (shape, format) = Shape::of_body(catalog, entry).unzip();
    let example = of_request(catalog, entry).body(catalog, entry).unwrap_or_default();
    Some(Answered { entry, form, shape, is_json: format == Some(Format::Json), example })
}

impl Answered {
    /// The body with example values, as a value: a text is a string.
    pub(crate) fn example_value(&self) -> Option<Tree<'static>> {
        self.shape.as_ref()?;
        match self.is_json {
            true => Some(Tree::parse(&self.example).ok()?.into_owned()),
            false => Some(self.example.clone().into()),
        }
    }
}
