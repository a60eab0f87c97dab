//! Values that attributes take: texts, numbers, durations, words.

use std::time::Duration;

use proc_macro2::TokenTree;
use syn::Lit;
use ws_errors_core::rules::values::{self, DURATION};

use crate::cursor::{Cursor, Spanned, plain};
use crate::errors::error;
use crate::keep;

/// A string literal, and nothing after it.
pub(crate) fn string(cursor: Cursor, key: &str) -> syn::Result<Spanned<&'static str>> {
    literal(cursor, &|text| format!("`{key}` takes a string: `{key} = {text}`"))
}

/// The same where no key stands before it.
pub(crate) fn quoted(cursor: Cursor, what: &str) -> syn::Result<Spanned<&'static str>> {
    literal(cursor, &|text| format!("{what}, in quotes: {text}"))
}

/// `what` says it of the string that was meant.
fn literal(
    mut cursor: Cursor,
    what: &dyn Fn(&str) -> String,
) -> syn::Result<Spanned<&'static str>> {
    let span = cursor.span();
    if let Some(text) = cursor.take_string() {
        cursor.expect_end("one string is expected here, and nothing after it")?;
        return Ok(Spanned { value: keep::text(&text.value), span: text.span });
    }
    let meant = match cursor.peek() {
        Some(TokenTree::Ident(word)) => plain(word),
        Some(TokenTree::Literal(number)) => number.to_string().trim_matches('\'').to_owned(),
        _ => "…".to_owned(),
    };
    error(span, what(&format!("\"{meant}\"")))
}

/// `true` or `false`, and nothing after it.
pub(crate) fn boolean(mut cursor: Cursor, key: &str) -> syn::Result<bool> {
    let span = cursor.span();
    let value = match cursor.take_name().as_deref() {
        Some("true") => true,
        Some("false") => false,
        _ => {
            return error(
                span,
                format!("`{key}` takes `true` or `false`, without quotes: `{key} = true`"),
            );
        }
    };
    cursor.expect_end(&format!("`{key}` takes `true` or `false`, and nothing after it"))?;
    Ok(value)
}

/// A whole number without a suffix, where one comes next.
pub(crate) fn take_integer(cursor: &mut Cursor) -> syn::Result<Option<Spanned<i64>>> {
    let mut ahead = cursor.clone();
    let Some(Spanned { value: Lit::Int(int), span }) = ahead.take_literal() else {
        return Ok(None);
    };
    if !int.suffix().is_empty() {
        return Ok(None);
    }
    *cursor = ahead;
    let digits = int.base10_digits();
    match digits.parse() {
        Ok(value) => Ok(Some(Spanned { value, span })),
        Err(_) => error(span, format!("{digits} is too large; a number has at most 64 bits here")),
    }
}

/// A whole number, where nothing else can be.
pub(crate) fn integer(cursor: &mut Cursor, what: &str) -> syn::Result<Spanned<i64>> {
    let span = cursor.span();
    match take_integer(cursor)? {
        Some(number) => Ok(number),
        None => error(span, what),
    }
}

/// A count: a whole number that is not negative, and nothing after it.
pub(crate) fn count(mut cursor: Cursor, key: &str) -> syn::Result<u32> {
    let what = format!("`{key}` takes a number: `{key} = 5`");
    let number = integer(&mut cursor, &what)?;
    cursor.expect_end(&what)?;
    number.judged(|number| {
        let words = |_| format!("`{key}` takes a number from 0 to {}", u32::MAX);
        u32::try_from(number).map_err(words)
    })
}

/// A duration such as `500ms`, `1.5s`, `2min` or `1h`.
pub(crate) fn duration(cursor: &mut Cursor) -> syn::Result<Duration> {
    let span = cursor.span();
    let duration = match cursor.take_literal().map(|literal| literal.value) {
        Some(Lit::Int(int)) => values::duration(int.base10_digits(), int.suffix()),
        Some(Lit::Float(float)) => values::duration(float.base10_digits(), float.suffix()),
        Some(Lit::Str(text)) => return error(span, values::quoted_duration(&text.value())),
        _ => Err(DURATION),
    };
    duration.or_else(|words| error(span, words))
}

/// A duration, and nothing after it.
pub(crate) fn whole_duration(mut cursor: Cursor) -> syn::Result<Duration> {
    let duration = duration(&mut cursor)?;
    cursor.expect_end("nothing may follow the duration")?;
    Ok(duration)
}

/// A word or a string that names something of the application's: an action, say.
pub(crate) fn word(mut cursor: Cursor, what: &str) -> syn::Result<&'static str> {
    let span = cursor.span();
    let string = |cursor: &mut Cursor| Some(cursor.take_string()?.value);
    let Some(word) = cursor.take_name().or_else(|| string(&mut cursor)) else {
        return error(span, what);
    };
    cursor.expect_end(what)?;
    Ok(keep::text(&word))
}

/// The name of a field of the variant: an identifier, or an index.
pub(crate) fn field(cursor: &mut Cursor, what: &str) -> syn::Result<Spanned<&'static str>> {
    let span = cursor.span();
    let name = match cursor.next() {
        Some(TokenTree::Ident(ident)) => plain(&ident),
        Some(TokenTree::Literal(index)) => index.to_string(),
        _ => return error(span, what),
    };
    Ok(Spanned { value: keep::text(&name), span })
}

/// `self.field`, `cx.field`: of which the field is, is `owner`.
pub(crate) fn field_of(
    owner: &str,
    cursor: &mut Cursor,
    what: &str,
) -> syn::Result<Spanned<&'static str>> {
    let span = cursor.span();
    match cursor.take_word(owner) && cursor.take_punct('.') {
        true => field(cursor, what),
        false => error(span, what),
    }
}
