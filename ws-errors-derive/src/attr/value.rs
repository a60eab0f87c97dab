//! Values that attributes take: texts, numbers, durations, words.

use std::time::Duration;

use proc_macro2::{Span, TokenTree};
use syn::Lit;
use ws_errors_core::close_code::refusal;

use crate::cursor::{Cursor, Spanned, plain};
use crate::errors::error;

/// A string literal, and nothing after it.
pub(crate) fn string(cursor: Cursor, key: &str) -> syn::Result<Spanned<String>> {
    literal(cursor, &|text| format!("`{key}` takes a string: `{key} = {text}`"))
}

/// The same where no key stands before it.
pub(crate) fn quoted(cursor: Cursor, what: &str) -> syn::Result<Spanned<String>> {
    literal(cursor, &|text| format!("{what}, in quotes: {text}"))
}

/// `what` says it of the string that was meant.
fn literal(mut cursor: Cursor, what: &dyn Fn(&str) -> String) -> syn::Result<Spanned<String>> {
    let span = cursor.span();
    if let Some(text) = cursor.take_string() {
        cursor.expect_end("one string is expected here, and nothing after it")?;
        return Ok(text);
    }
    let meant = match cursor.peek() {
        Some(TokenTree::Ident(word)) => plain(word),
        Some(TokenTree::Literal(number)) => number.to_string().trim_matches('\'').to_owned(),
        _ => "…".to_owned(),
    };
    error(span, what(&format!("\"{meant}\"")))
}

/// `true` or `false`, and nothing after it.
pub(crate) fn boolean(mut cursor: Cursor, key: &str) -> syn::Result<Spanned<bool>> {
    let span = cursor.span();
    let value = match cursor.take_ident().as_ref().map(plain).as_deref() {
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
    Ok(Spanned { value, span })
}

/// A whole number without a suffix, where one comes next.
pub(crate) fn take_integer(cursor: &mut Cursor) -> syn::Result<Option<Spanned<i64>>> {
    let mut ahead = cursor.clone();
    match ahead.take_literal() {
        Some(Spanned { value: Lit::Int(int), span }) if int.suffix().is_empty() => {
            *cursor = ahead;
            match int.base10_digits().parse::<i64>() {
                Ok(value) => Ok(Some(Spanned { value, span })),
                Err(_) => error(
                    span,
                    format!(
                        "{} is too large; a number has at most 64 bits here",
                        int.base10_digits()
                    ),
                ),
            }
        }
        _ => Ok(None),
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
    u32::try_from(number.value)
        .or_else(|_| error(number.span, format!("`{key}` takes a number from 0 to {}", u32::MAX)))
}

/// A duration such as `500ms`, `1.5s`, `2min` or `1h`.
pub(crate) fn duration(cursor: &mut Cursor) -> syn::Result<Duration> {
    let span = cursor.span();
    let what = "a duration is written with its unit: `500ms`, `1.5s`, `2min` or `1h`";
    let (digits, suffix) = match cursor.take_literal() {
        Some(Spanned { value: Lit::Int(int), .. }) => {
            (int.base10_digits().to_owned(), int.suffix().to_owned())
        }
        Some(Spanned { value: Lit::Float(float), .. }) => {
            (float.base10_digits().to_owned(), float.suffix().to_owned())
        }
        Some(Spanned { value: Lit::Str(text), .. }) => {
            let text = text.value();
            let is_number = text.starts_with(|first: char| first.is_ascii_digit());
            let is_one_token = text.chars().all(|c| c.is_ascii_alphanumeric() || c == '.');
            let example = if is_number && is_one_token { &text } else { "30s" };
            return error(span, format!("a duration stands without quotes: `{example}`"));
        }
        _ => return error(span, what),
    };
    let unit = match suffix.as_str() {
        "ms" => 0.001,
        "s" => 1.0,
        "min" => 60.0,
        "h" => 3600.0,
        _ => return error(span, what),
    };
    let seconds = digits.parse::<f64>().unwrap_or(f64::NAN) * unit;
    // Longer than a year is a slip of the pen, and more than JavaScript's timers can hold.
    if !(0.0..=31_536_000.0).contains(&seconds) {
        return error(span, "a wait is between 0 and a year; write a shorter one");
    }
    // Milliseconds are what goes on the wire and into the browser.
    Ok(Duration::from_millis((seconds * 1000.0).round() as u64))
}

/// A duration, and nothing after it.
pub(crate) fn whole_duration(mut cursor: Cursor) -> syn::Result<Duration> {
    let duration = duration(&mut cursor)?;
    cursor.expect_end("nothing may follow the duration")?;
    Ok(duration)
}

/// A word or a string that names something of the application's: an action, say.
pub(crate) fn word(mut cursor: Cursor, what: &str) -> syn::Result<String> {
    let span = cursor.span();
    let word = match cursor.take_ident() {
        Some(ident) => plain(&ident),
        None => match cursor.take_string() {
            Some(text) => text.value,
            None => return error(span, what),
        },
    };
    cursor.expect_end(what)?;
    Ok(word)
}

/// The number of a close code that may stand in a close frame, or why not.
pub(crate) fn sendable(code: i64, span: Span, word: &str) -> syn::Result<u16> {
    match (refusal(code), u16::try_from(code)) {
        (None, Ok(code)) => Ok(code),
        (why, _) => error(span, format!("`{word}`: {code} {}", why.unwrap_or_default())),
    }
}
