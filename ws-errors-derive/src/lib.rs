//! The derive macro of ws-errors.
//!
//! Tokens become attributes (`attr`, `template`), attributes a `model`: the catalog, and the tokens of
//! which each part was read. What a catalog may not say stands in `ws-errors-core`; `model/places`
//! reports it at the tokens. `expand` writes the catalog as one text, and a visitor of the values;
//! where something is wrong, a `stub` stands beside the errors.

#![cfg_attr(fuzzing, no_main)]

mod attr;
mod cursor;
mod errors;
mod expand;
#[cfg(fuzzing)]
mod fuzz;
#[cfg(test)]
mod generated_code;
mod keep;
mod model;
#[cfg(test)]
mod mutations;
mod stub;
mod template;
#[cfg(test)]
mod words;

use errors::Errors;
use syn::DeriveInput;

/// Declares the errors of a WebSocket API: see the crate `ws-errors`.
#[cfg(not(fuzzing))]
#[proc_macro_derive(WsError, attributes(ws_error))]
pub fn derive(input: proc_macro::TokenStream) -> proc_macro::TokenStream {
    derive_ws_error(input.into()).into()
}

fn derive_ws_error(input: proc_macro2::TokenStream) -> proc_macro2::TokenStream {
    let input: DeriveInput = match syn::parse2(input) {
        Ok(input) => input,
        Err(error) => return error.to_compile_error(),
    };
    let errors = Errors::default();
    if let Some(model) = model::build(&input, &errors) {
        let ambiguous = model.check(&errors);
        if errors.is_empty() {
            return expand::expand(&model, &ambiguous);
        }
    }
    let stub = stub::stub(&input);
    let errors = errors.into_tokens();
    quote::quote!(#errors #stub)
}
