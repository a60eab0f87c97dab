//! Variants that nest another catalog.

use std::rc::Rc;

use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::ToTokens as _;
use syn::Type;
use ws_errors_core::catalog::HttpForm;

use super::{Context, Envelope};
use crate::attr::variant::Constant;
use crate::errors::Errors;

/// A variant that nests a catalog.
pub(crate) struct Nested<'a> {
    pub(crate) ident: &'a Ident,
    /// How many variants before it are entries.
    pub(crate) at: usize,
    /// The member that holds the nested error.
    pub(crate) member: TokenStream,
    pub(crate) ty: &'a Type,
    /// How its entries are encoded in each of the model's contexts.
    pub(crate) usages: Vec<Usage>,
    /// The indices of the envelopes that are declared for them, in the order of the contexts.
    pub(crate) indices: Vec<usize>,
    pub(crate) constants: Vec<Constant>,
    pub(crate) section: Option<String>,
    pub(crate) audience: Option<String>,
    /// How they are answered over HTTP, where they don't keep what they say.
    pub(crate) http: Option<HttpForm>,
}

/// How the entries of a nested catalog are encoded in a context.
#[derive(Clone)]
pub(crate) enum Usage {
    /// They don't exist in it.
    Absent,
    /// In the envelope of the nested catalog, in the context that is named.
    Kept(Option<Rc<Context>>),
    /// In one that is declared here.
    Under(Rc<Envelope>),
}

impl Nested<'_> {
    /// The envelopes that are declared here.
    pub(crate) fn envelopes(&self) -> impl Iterator<Item = &Rc<Envelope>> {
        self.usages.iter().filter_map(|usage| match usage {
            Usage::Under(envelope) => Some(envelope),
            Usage::Absent | Usage::Kept(_) => None,
        })
    }
}

/// The one field of a variant that nests a catalog, as thiserror has it: a backtrace may stand
/// beside it.
pub(crate) fn only_field<'a>(
    syntax: &'a syn::Variant,
    span: Span,
    errors: &Errors,
) -> Option<(TokenStream, &'a Type)> {
    let is_backtrace = |field: &syn::Field| {
        let named = |name| field.attrs.iter().any(|attribute| attribute.path().is_ident(name));
        named("backtrace") && !named("source") && !named("from")
    };
    let mut fields = syntax.fields.iter().enumerate().filter(|(_, field)| !is_backtrace(field));
    let (Some((index, field)), None) = (fields.next(), fields.next()) else {
        errors.at(
            span,
            format!(
                "`transparent` nests the catalog of the variant's one field, and `{}` has {}; write `{}(#[from] InnerError)`",
                syntax.ident,
                match syntax.fields.len() {
                    0 => "none".to_owned(),
                    count => count.to_string(),
                },
                syntax.ident,
            ),
        );
        return None;
    };
    let member = match &field.ident {
        Some(ident) => ident.to_token_stream(),
        None => Literal::usize_unsuffixed(index).to_token_stream(),
    };
    Some((member, &field.ty))
}

/// Whether a type is an enum, or a box of it, by its name.
pub(crate) fn nests(ty: &Type, enumeration: &Ident) -> bool {
    let Type::Path(path) = ty else { return false };
    let Some(last) = path.path.segments.last() else { return false };
    let is_alone = path.qself.is_none() && path.path.segments.len() == 1;
    let is_itself = is_alone && (last.ident == *enumeration || last.ident == "Self");
    let in_box = match &last.arguments {
        syn::PathArguments::AngleBracketed(arguments) if last.ident == "Box" => {
            arguments.args.iter().any(|argument| match argument {
                syn::GenericArgument::Type(inner) => nests(inner, enumeration),
                _ => false,
            })
        }
        _ => false,
    };
    is_itself || in_box
}
