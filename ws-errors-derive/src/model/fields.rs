//! The fields of a variant, and which of them are its details.

use proc_macro2::Literal;
use quote::ToTokens as _;
use ws_errors_core::catalog::{Details, Field as Shown, FieldType};

use super::Field;
use super::build::Builder;
use super::variant::no_field;
use crate::attr::field::field;
use crate::attr::foreign::{self, Display};
use crate::attr::variant::VariantAttributes;
use crate::cursor::plain;
use crate::keep;

/// The fields of a variant.
pub(super) struct Fields<'a> {
    /// All of them.
    pub(super) fields: Vec<Field<'a>>,
    /// Those of the entry, without sources.
    pub(super) shown: Vec<Shown>,
    pub(super) details: Details,
    /// The field that is the message, by its name.
    pub(super) message: Option<&'static str>,
}

/// A field while it is read.
struct Read<'a> {
    field: Field<'a>,
    shown: Shown,
    skip: bool,
    is_message: bool,
}

impl Builder<'_> {
    pub(super) fn fields<'a>(
        &self,
        syntax: &'a syn::Variant,
        attributes: &VariantAttributes,
    ) -> Fields<'a> {
        let mut read = self.read(syntax, attributes);
        let details = self.details(&mut read, attributes);
        let shown = read.iter().filter(|read| !read.field.source).map(|read| read.shown).collect();
        let mut marked = read.iter().filter(|read| read.is_message && !read.field.source);
        let message = marked.next().map(|read| read.shown.ident);
        Fields {
            shown,
            details,
            message,
            fields: read.into_iter().map(|read| read.field).collect(),
        }
    }

    fn read<'a>(&self, syntax: &'a syn::Variant, attributes: &VariantAttributes) -> Vec<Read<'a>> {
        let transparent = matches!(foreign::display(&syntax.attrs), Some(Display::Transparent));
        let fields: Vec<Read<'a>> = syntax
            .fields
            .iter()
            .enumerate()
            .map(|(index, syntax)| {
                let own = field(syntax, self.errors);
                let span = match &syntax.ident {
                    Some(ident) => ident.span(),
                    None => syn::spanned::Spanned::span(&syntax.ty),
                };
                let (ident, member) = match &syntax.ident {
                    Some(ident) => (plain(ident), ident.to_token_stream()),
                    None => {
                        let literal = Literal::usize_unsuffixed(index);
                        (index.to_string(), literal.to_token_stream())
                    }
                };
                let source = transparent || foreign::is_source(syntax);
                if source && let Some(span) = own.message.or(own.skip) {
                    self.errors
                        .at(span, "`message` and `skip` mean nothing on a source, which never reaches the client: take this away, and write `message = \"…\"` on the variant where it needs a text");
                }
                if let (Some(message), Some(_)) = (own.message, own.skip) {
                    self.errors.at(message, "`message` and `skip` on one field: it is the message, or it is kept off the wire; keep one");
                }
                let kept = keep::text(&ident);
                let docs = own.docs.unwrap_or_else(|| foreign::docs(&syntax.attrs, self.errors));
                let shown = Shown {
                    name: own.rename.map_or(kept, |name| keep::text(&name.value)),
                    ident: kept,
                    docs: keep::text(&docs),
                    ty: FieldType::UNKNOWN,
                    cast: own.cast,
                    example: keep::optional(own.example.as_ref()),
                    in_details: false,
                    on_wire: false,
                    whole: own.whole,
                };
                let field = Field { ident, member, span, ty: &syntax.ty, source };
                Read { field, shown, skip: own.skip.is_some(), is_message: own.message.is_some() }
            })
            .collect();
        let mut marked = fields.iter().filter(|field| field.is_message);
        if let (Some(first), Some(second)) = (marked.next(), marked.next()) {
            self.errors
                .at(second.field.span, "`message` marks one field of a variant; take it away here");
            self.errors.at(first.field.span, "`message` first marks this field");
        }
        if attributes.inherited.message.is_some()
            && let Some(field) = fields.iter().find(|field| field.is_message)
        {
            self.errors.at(
                field.field.span,
                "`message` marks this field, and the variant has `message = \"…\"` besides; keep one",
            );
        }
        fields
    }

    /// Marks the fields of `details`, and says what it holds.
    fn details(&self, fields: &mut [Read<'_>], attributes: &VariantAttributes) -> Details {
        let closed = attributes.internal || fields.iter().any(|read| read.field.source);
        if let Some(names) = &attributes.details {
            for (name, span) in names {
                let Some(read) = fields.iter_mut().find(|read| read.field.ident == *name) else {
                    let known = || fields.iter().map(|read| read.field.ident.as_str());
                    self.errors.at(*span, format!("`details`: {}", no_field(name, known)));
                    continue;
                };
                if read.field.source {
                    self.errors.at(
                        *span,
                        format!("`details`: `{name}` is a source, which never reaches the client; name another field"),
                    );
                } else {
                    read.shown.in_details = true;
                }
            }
        } else if !closed {
            for read in fields.iter_mut() {
                read.shown.in_details = !read.skip && !read.is_message;
            }
        }
        for read in fields.iter_mut() {
            read.shown.on_wire = read.shown.in_details || (read.is_message && !read.field.source);
        }
        let named = fields.iter().all(|read| read.field.ident.parse::<usize>().is_err());
        match (fields.iter().filter(|read| read.shown.in_details).count(), named) {
            (0, _) => Details::Nothing,
            (_, true) => Details::Object,
            // Of a tuple variant with one field, the value; where others are skipped, too.
            (1, false) => Details::Value,
            (_, false) => Details::Array,
        }
    }
}
