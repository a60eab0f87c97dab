//! `user(…)`: what a person sees.

use proc_macro2::Span;
use ws_errors_core::catalog::Text;

use super::item::{Item, named};
use super::text::text;
use super::value;
use crate::cursor::Spanned;
use crate::errors::error;

/// `user(title = …, message = …, action = …, fallback)`.
pub(crate) struct User {
    pub(crate) title: Spanned<Text>,
    pub(crate) message: Spanned<Text>,
    pub(crate) action: Option<Spanned<Text>>,
    pub(crate) fallback: Option<Span>,
}

const WHAT: &str = "`user` is written `user(title = \"…\", message = \"…\", action = \"…\", fallback)`; action and fallback may be absent";

pub(super) fn user(item: Item) -> syn::Result<User> {
    let span = item.span;
    let (Some(arguments), None) = (&item.arguments, &item.value) else { return error(span, WHAT) };
    let (mut title, mut message, mut action, mut fallback) = (None, None, None, None);
    for item in named("user", arguments, &["action", "fallback", "message", "title"], WHAT)? {
        let (key, span) = (item.key.clone(), item.span);
        if key == "fallback" {
            item.flag()?;
            fallback = Some(span);
            continue;
        }
        let text = Some(text(&value::string(item.value()?, &key)?)?);
        match key.as_str() {
            "title" => title = text,
            "message" => message = text,
            _ => action = text,
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
