//! The fields of a variant, and which of them are its details.

use proc_macro2::Literal;
use quote::ToTokens as _;

use super::build::{Builder, no_field};
use super::{Details, Field};
use crate::attr::field::field;
use crate::attr::foreign::{self, Display};
use crate::attr::variant::VariantAttributes;
use crate::cursor::plain;

impl Builder<'_> {
    pub(super) fn fields<'a>(
        &self,
        syntax: &'a syn::Variant,
        attributes: &VariantAttributes,
    ) -> Vec<Field<'a>> {
        let transparent = matches!(foreign::display(&syntax.attrs), Some(Display::Transparent));
        let fields: Vec<Field<'a>> = syntax
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
                Field {
                    name: own.rename.map_or_else(|| ident.clone(), |name| name.value),
                    ident,
                    member,
                    span,
                    ty: &syntax.ty,
                    docs: own.docs.unwrap_or_else(|| foreign::docs(&syntax.attrs)),
                    cast: own.cast,
                    example: own.example,
                    source,
                    skip: own.skip.is_some(),
                    is_message: own.message.is_some(),
                    in_details: false,
                    on_wire: false,
                }
            })
            .collect();
        let mut marked = fields.iter().filter(|field| field.is_message);
        if let (Some(first), Some(second)) = (marked.next(), marked.next()) {
            self.errors
                .at(second.span, "`message` marks one field of a variant; take it away here");
            self.errors.at(first.span, "`message` first marks this field");
        }
        if attributes.inherited.message.is_some()
            && let Some(field) = fields.iter().find(|field| field.is_message)
        {
            self.errors.at(
                field.span,
                "`message` marks this field, and the variant has `message = \"…\"` besides; keep one",
            );
        }
        fields
    }

    /// Marks the fields of `details`, and says what it holds.
    pub(super) fn details(
        &self,
        fields: &mut [Field<'_>],
        attributes: &VariantAttributes,
    ) -> Details {
        let closed = attributes.internal || fields.iter().any(|field| field.source);
        if let Some(names) = &attributes.details {
            for (name, span) in names {
                let Some(field) = fields.iter_mut().find(|field| field.ident == *name) else {
                    let known = || fields.iter().map(|field| field.ident.as_str());
                    self.errors.at(*span, format!("`details`: {}", no_field(name, known)));
                    continue;
                };
                if field.source {
                    self.errors.at(
                        *span,
                        format!("`details`: `{name}` is a source, which never reaches the client; name another field"),
                    );
                } else {
                    field.in_details = true;
                }
            }
        } else if !closed {
            for field in fields.iter_mut() {
                field.in_details = !field.skip && !field.is_message;
            }
        }
        for field in fields.iter_mut() {
            field.on_wire = field.in_details || (field.is_message && !field.source);
        }
        let named = fields.iter().all(|field| field.ident.parse::<usize>().is_err());
        match (fields.iter().filter(|field| field.in_details).count(), named) {
            (0, _) => Details::Nothing,
            (_, true) => Details::Object,
            // Of a tuple variant with one field, the value; where others are skipped, too.
            (1, false) => Details::Value,
            (_, false) => Details::Array,
        }
    }
}
