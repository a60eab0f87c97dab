//! The attributes of a field.

use proc_macro2::Span;
use ws_errors_core::catalog::{Cast, Field};

use super::item::{Attributes, Item, Place, Read, items, put};
use crate::errors::{Errors, error};
use crate::template;

/// What it says of the entry's field, and where it says what the variant has to know.
pub(crate) struct FieldAttributes {
    pub(crate) field: Field,
    pub(crate) message: Option<Span>,
    pub(crate) skip: Option<Span>,
    pub(crate) docs: Option<&'static str>,
}

impl Attributes for FieldAttributes {
    const KEYS: &'static [(&'static str, Read<Self>)] = &[
        ("as", |of, item, _| put(&mut of.field.cast, cast(item))),
        ("docs", |of, item, _| put(&mut of.docs, item.text())),
        ("example", |of, item, _| put(&mut of.field.example, template::constant(item.value()?))),
        ("message", |of, item, _| put(&mut of.message, item.flag())),
        ("rename", |of, item, _| item.text().map(|name| of.field.name = name)),
        ("skip", |of, item, _| put(&mut of.skip, item.flag())),
        ("whole", |of, item, _| item.flag().map(|_| of.field.whole = true)),
    ];
}

/// Reads the attributes of a field with this name in Rust.
pub(crate) fn field(syntax: &syn::Field, ident: &'static str, errors: &Errors) -> FieldAttributes {
    let field = Field { name: ident, ident, ..Field::BLANK };
    let mut attributes = FieldAttributes { field, message: None, skip: None, docs: None };
    for item in items(&syntax.attrs, Place::Field, errors) {
        attributes.read(item, errors);
    }
    attributes
}

fn cast(item: Item) -> syn::Result<Cast> {
    let text = item.string()?;
    match Cast::named(text.value) {
        Some(cast) => Ok(cast),
        None => error(text.span, "`as` takes `\"string\"` or `\"number\"`"),
    }
}
