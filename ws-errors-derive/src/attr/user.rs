//! `user(…)`: what a person sees.

use proc_macro2::Span;
use ws_errors_core::catalog::Text;
use ws_errors_core::names::did_you_mean;

use super::text::text;
use super::value;
use crate::cursor::{Cursor, Spanned, plain};
use crate::errors::error;

/// `user(title = …, message = …, action = …, fallback)`.
pub(crate) struct User {
    pub(crate) title: Spanned<Text>,
    pub(crate) message: Spanned<Text>,
    pub(crate) action: Option<Spanned<Text>>,
    pub(crate) fallback: Option<Span>,
}

pub(super) fn user(span: Span, arguments: &Cursor) -> syn::Result<User> {
    let (mut title, mut message, mut action, mut fallback) = (None, None, None, None);
    for mut item in arguments.split_at_commas() {
        let what = "`user` is written `user(title = \"…\", message = \"…\", action = \"…\", fallback)`; action and fallback may be absent";
        let place = item.span();
        let Some(key) = item.take_ident() else { return error(place, what) };
        let twice = match plain(&key).as_str() {
            "fallback" => {
                item.expect_end("`fallback` takes no value; write `fallback` alone")?;
                fallback.replace(place).is_some()
            }
            name @ ("title" | "message" | "action") => {
                item.expect_punct('=', what)?;
                let text = text(&value::string(item, name)?)?;
                match name {
                    "title" => title.replace(text).is_some(),
                    "message" => message.replace(text).is_some(),
                    _ => action.replace(text).is_some(),
                }
            }
            other => {
                let near = did_you_mean(other, ["title", "message", "action", "fallback"]);
                return error(place, format!("`user` has no `{other}`{near}\n{what}"));
            }
        };
        if twice {
            return error(place, format!("`user`: `{key}` is given twice"));
        }
    }
    match (title, message) {
        (Some(title), Some(message)) => Ok(User { title, message, action, fallback }),
        _ => error(
            span,
            "`user` needs a title and a message: `user(title = \"…\", message = \"…\")`",
        ),
    }
}
