//! All mistakes of an enum, reported at once.

use std::cell::RefCell;
use std::fmt::Display;

use proc_macro2::{Ident, Span, TokenStream, TokenTree};

/// Collects errors, so that one mistake does not hide another.
#[derive(Default)]
pub(crate) struct Errors(RefCell<Vec<syn::Error>>);

impl Errors {
    /// Adds an error at a place.
    pub(crate) fn at(&self, span: Span, message: impl Display) {
        self.0.borrow_mut().push(syn::Error::new(span, message));
    }

    /// Adds an error that something else found.
    pub(crate) fn add(&self, error: syn::Error) {
        self.0.borrow_mut().push(error);
    }

    /// Takes the value, or adds the error.
    pub(crate) fn ok<T>(&self, result: syn::Result<T>) -> Option<T> {
        result.map_err(|error| self.add(error)).ok()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// How many there are: a change while something is read means that it could not be.
    pub(crate) fn len(&self) -> usize {
        self.0.borrow().len()
    }

    /// The errors as `compile_error!` invocations.
    pub(crate) fn into_tokens(self) -> TokenStream {
        let errors = self.0.into_inner();
        let tokens = errors.iter().flat_map(syn::Error::to_compile_error);
        // In the edition 2015 a path begins at the root of the user's crate, where there is no `core`.
        tokens
            .map(|token| match token {
                TokenTree::Ident(word) if word == "core" => Ident::new("std", word.span()).into(),
                token => token,
            })
            .collect()
    }
}

/// An error at a place.
pub(crate) fn error<T>(span: Span, message: impl Display) -> syn::Result<T> {
    Err(syn::Error::new(span, message))
}

/// An error, and what is said at another place that has to do with it.
pub(crate) fn both<T>(
    span: Span,
    message: impl Display,
    other: Span,
    also: impl Display,
) -> syn::Result<T> {
    let mut error = syn::Error::new(span, message);
    error.combine(syn::Error::new(other, also));
    Err(error)
}

/// All of the values, or all of the errors.
pub(crate) fn all<T>(results: impl IntoIterator<Item = syn::Result<T>>) -> syn::Result<Vec<T>> {
    let mut values = Vec::new();
    let mut errors: Option<syn::Error> = None;
    for result in results {
        match (result, &mut errors) {
            (Ok(value), _) => values.push(value),
            (Err(error), Some(errors)) => errors.combine(error),
            (Err(error), None) => errors = Some(error),
        }
    }
    errors.map_or(Ok(values), Err)
}
