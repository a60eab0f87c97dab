//! What an enum declares: its catalog, with everything inherited and every default in place, and the
//! tokens of which each part of it was read.

mod build;
mod envelopes;
mod fields;
mod http;
mod nested;
mod places;
mod variant;

pub(crate) use crate::attr::context::Context;
pub(crate) use crate::attr::envelope::{Envelope, Usage};
pub(crate) use build::build;
pub(crate) use nested::Nested;
pub(crate) use places::Ambiguous;

use std::rc::Rc;

use proc_macro2::{Ident, Span, TokenStream};
use syn::{Generics, Type};
use ws_errors_core::catalog::{Catalog, Entry};

use crate::attr::delivery::Places;
use crate::attr::variant::Constant;

/// An enum.
pub(crate) struct Model<'a> {
    pub(crate) ident: &'a Ident,
    pub(crate) generics: &'a Generics,
    /// The path of the runtime.
    pub(crate) krate: TokenStream,
    /// What it declares itself.
    pub(crate) catalog: Catalog,
    /// The variants that are entries, in the order of the catalog's.
    pub(crate) variants: Vec<Variant<'a>>,
    /// Those that nest a catalog.
    pub(crate) nested: Vec<Nested<'a>>,
    /// At least one: the context without values, where none is declared.
    pub(crate) contexts: Vec<Context>,
    /// In the order of the catalog's.
    pub(crate) envelopes: Vec<Rc<Envelope>>,
    pub(crate) retired: Vec<Span>,
    pub(crate) success: Vec<Span>,
}

/// A variant, where it is written.
pub(crate) struct Variant<'a> {
    pub(crate) ident: &'a Ident,
    pub(crate) name: Span,
    pub(crate) code: Span,
    pub(crate) delivery: Span,
    pub(crate) closing: Places,
    /// The field of which its policy takes the wait.
    pub(crate) wait: Option<Span>,
    pub(crate) message: Option<Span>,
    /// The texts of what a person sees.
    pub(crate) user: Vec<Span>,
    pub(crate) fallback: Option<Span>,
    /// All its fields, its sources as well.
    pub(crate) fields: Vec<Field<'a>>,
    pub(crate) constants: Vec<Constant>,
    /// Something of its attributes, or of the enum's, could not be read, so what seems to be missing
    /// may be there: one mistake is reported once.
    pub(crate) unread: bool,
}

/// A field of a variant, where it is written.
pub(crate) struct Field<'a> {
    /// The name in Rust, or the index.
    pub(crate) ident: &'static str,
    /// The member of a pattern or an expression.
    pub(crate) member: TokenStream,
    pub(crate) span: Span,
    pub(crate) ty: &'a Type,
    /// It is a source, and no field of the entry.
    pub(crate) source: bool,
}

impl<'a> Variant<'a> {
    /// The field with this name in Rust.
    pub(crate) fn field(&self, ident: &str) -> Option<&Field<'a>> {
        self.fields.iter().find(|field| field.ident == ident)
    }

    /// The fields of the entry, in its order.
    pub(crate) fn shown(&self) -> impl Iterator<Item = &Field<'a>> {
        self.fields.iter().filter(|field| !field.source)
    }
}

impl Model<'_> {
    /// The variants with their entries.
    pub(crate) fn entries(&self) -> impl Iterator<Item = (&Variant<'_>, &'static Entry)> {
        self.variants.iter().zip(self.catalog.entries)
    }
}
