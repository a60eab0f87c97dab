//! `retry = …`, and the policies that are made of it.

use std::time::Duration;

use proc_macro2::{Delimiter, Ident, Span};
use ws_errors_core::catalog::{Jitter, Retry, RetryKind, Wait};
use ws_errors_core::close_code::{MAX_REASON, is_sendable_by_browsers};
use ws_errors_core::names::{did_you_mean, list_names};

use super::value;
use crate::cursor::{Cursor, Spanned, plain};
use crate::errors::error;
use crate::keep;

/// A policy, and where the field is written of which it takes the wait.
#[derive(Debug, Clone)]
pub(crate) struct RetryAttribute {
    pub(crate) retry: Retry,
    pub(crate) field: Option<Span>,
}

const POLICIES: [&str; 8] =
    ["never", "now", "after", "backoff", "when", "leave", "unknown", "never(connection)"];

/// Reads a policy.
pub(crate) fn retry(mut cursor: Cursor) -> syn::Result<RetryAttribute> {
    let span = cursor.span();
    let Some(name) = cursor.take_ident() else {
        let quoted = cursor.take_string().map(|text| text.value);
        return match quoted.filter(|text| POLICIES.iter().any(|name| text.starts_with(name))) {
            Some(text) => error(span, format!("a policy stands without quotes: `retry = {text}`")),
            None => error(span, format!("a policy is a word, one of {}", list_names(POLICIES))),
        };
    };
    let arguments = match cursor.take_group(Delimiter::Parenthesis) {
        Some(group) => Cursor::inside(&group).split_at_commas(),
        None => Vec::new(),
    };
    cursor.expect_end("nothing may follow the policy")?;
    let mut options = Options::default();
    let mut positional = Vec::new();
    for argument in arguments {
        match option_name(&argument) {
            Some((name, value)) => options.read(&name, value)?,
            None => positional.push(argument),
        }
    }
    let (kind, field) = kind(&name, positional, &mut options)?;
    Ok(RetryAttribute { retry: options.finish(&name, kind)?, field })
}

/// `key = …`: the key, and what stands behind it.
fn option_name(argument: &Cursor) -> Option<(Ident, Cursor)> {
    let mut value = argument.clone();
    let name = value.take_ident()?;
    value.take_punct('=').then_some((name, value))
}

#[derive(Default)]
struct Options {
    attempts: Option<Spanned<u32>>,
    jitter: Option<Spanned<Jitter>>,
    spread: Option<Spanned<Duration>>,
    otherwise: Option<Spanned<String>>,
}

impl Options {
    fn read(&mut self, name: &Ident, value: Cursor) -> syn::Result<()> {
        let span = name.span();
        let twice = match plain(name).as_str() {
            "attempts" => {
                let value = value::count(value, "attempts")?;
                if value == 0 {
                    return error(span, "`attempts = 0` never tries; write `never`");
                }
                self.attempts.replace(Spanned { value, span }).is_some()
            }
            "jitter" => self.jitter.replace(Spanned { value: jitter(value)?, span }).is_some(),
            "spread" => {
                let value = value::whole_duration(value)?;
                self.spread.replace(Spanned { value, span }).is_some()
            }
            "otherwise" => {
                let value = value::word(value, "`otherwise` takes the name of an action")?;
                self.otherwise.replace(Spanned { value, span }).is_some()
            }
            other => {
                let names = ["attempts", "jitter", "spread", "otherwise"];
                return error(
                    span,
                    format!(
                        "a policy has no `{other}`{}\nit takes {}",
                        did_you_mean(other, names),
                        list_names(names)
                    ),
                );
            }
        };
        if twice { error(span, format!("`{name}` is given twice")) } else { Ok(()) }
    }

    /// Refuses what means nothing for this policy, instead of forgetting it.
    fn finish(self, name: &Ident, kind: RetryKind) -> syn::Result<Retry> {
        let waits = matches!(kind, RetryKind::After(_) | RetryKind::Backoff { .. });
        let tries = waits || matches!(kind, RetryKind::Now | RetryKind::When { .. });
        if let Some(attempts) = &self.attempts
            && !tries
        {
            return error(
                attempts.span,
                format!("`{name}` makes no attempts, so it can't bound them"),
            );
        }
        if let Some(jitter) = &self.jitter
            && !waits
        {
            return error(jitter.span, format!("`{name}` does not wait, so it has no jitter"));
        }
        if let Some(spread) = &self.spread
            && !waits
            && !matches!(kind, RetryKind::Now)
        {
            return error(spread.span, format!("`{name}` does not wait, so it has no window"));
        }
        if let Some(otherwise) = &self.otherwise {
            return error(
                otherwise.span,
                "`otherwise` goes with `when(action, otherwise = action)`",
            );
        }
        Ok(Retry {
            kind,
            attempts: self.attempts.map(|attempts| attempts.value),
            jitter: self.jitter.map_or(Jitter::Full, |jitter| jitter.value),
            spread: self.spread.map(|spread| spread.value),
        })
    }
}

fn jitter(mut cursor: Cursor) -> syn::Result<Jitter> {
    let span = cursor.span();
    let what = "`jitter` takes `full`, `none` or `add(1s)`";
    let jitter = match cursor.take_ident().as_ref().map(plain).as_deref() {
        Some("full") => Jitter::Full,
        Some("none") => Jitter::None,
        Some("add") => match cursor.take_group(Delimiter::Parenthesis) {
            Some(group) => Jitter::Add(value::whole_duration(Cursor::inside(&group))?),
            None => return error(span, what),
        },
        _ => return error(span, what),
    };
    cursor.expect_end(what)?;
    Ok(jitter)
}

fn kind(
    name: &Ident,
    arguments: Vec<Cursor>,
    options: &mut Options,
) -> syn::Result<(RetryKind, Option<Span>)> {
    let span = name.span();
    let mut arguments = arguments.into_iter();
    let first = arguments.next();
    let second = arguments.next();
    let name = plain(name);
    let takes = |usage: &str| format!("`{name}` is written `{usage}`");
    if let Some(third) = arguments.next() {
        return error(third.span(), "too many values for a policy");
    }
    let mut field = None;
    let kind = match (name.as_str(), first) {
        ("never", None) => RetryKind::Never,
        ("never", Some(scope)) => {
            let span = scope.span();
            if value::word(scope, "`never` takes nothing, or `connection`")? != "connection" {
                return error(span, takes("never` or `never(connection)"));
            }
            RetryKind::NeverOnConnection
        }
        ("now", None) => RetryKind::Now,
        ("unknown", None) => RetryKind::Unknown,
        ("after", Some(wait)) => {
            let (wait, place) = after(wait)?;
            field = place;
            RetryKind::After(wait)
        }
        ("after", None) => return error(span, takes("after(30s)` or `after(self.field ?? 1s)")),
        ("backoff", Some(range)) => backoff(range)?,
        ("backoff", None) => return error(span, takes("backoff(1s..30s)")),
        ("when", Some(action)) => RetryKind::When {
            action: keep::text(&value::word(
                action,
                "`when` takes the name of an action of the application's",
            )?),
            otherwise: options.otherwise.take().map(|otherwise| keep::text(&otherwise.value)),
        },
        ("when", None) => return error(span, takes("when(action, otherwise = action)")),
        ("leave", Some(mut code)) => {
            let usage = takes("leave(1000, \"reason\")");
            let number = value::integer(&mut code, &usage)?;
            code.expect_comma()?;
            let reason = match second {
                Some(reason) => value::quoted(reason, "a close reason is a text")?,
                None => return error(number.span, usage),
            };
            let (code, reason) = (client_code(&number)?, client_reason(&reason)?);
            return Ok((RetryKind::Leave { code, reason }, None));
        }
        ("leave", None) => return error(span, takes("leave(1000, \"reason\")")),
        ("now" | "unknown", Some(value)) => {
            return error(value.span(), format!("`{name}` takes no value"));
        }
        (other, _) => {
            return error(
                span,
                format!(
                    "no policy is called `{other}`{}\nthere are {}",
                    did_you_mean(other, POLICIES),
                    list_names(POLICIES)
                ),
            );
        }
    };
    match second {
        Some(value) => error(value.span(), format!("`{name}` takes one value")),
        None => Ok((kind, field)),
    }
}

/// A browser closes with 1000 or 3000–4999 only.
pub(crate) fn client_code(code: &Spanned<i64>) -> syn::Result<u16> {
    match u16::try_from(code.value) {
        Ok(number) if is_sendable_by_browsers(number) => Ok(number),
        _ => error(
            code.span,
            format!(
                "`leave`: a browser can't close with {}; it takes 1000, and 3000 to 4999",
                code.value
            ),
        ),
    }
}

/// A reason that a client sends.
pub(crate) fn client_reason(reason: &Spanned<String>) -> syn::Result<&'static str> {
    let length = reason.value.len();
    if length > MAX_REASON {
        return error(
            reason.span,
            format!(
                "`leave`: a close reason has at most {MAX_REASON} bytes, and this one has {length}"
            ),
        );
    }
    Ok(keep::text(&reason.value))
}

/// `30s`, `self.field`, `self.field ?? 1s`.
fn after(mut cursor: Cursor) -> syn::Result<(Wait, Option<Span>)> {
    let what = "`after` is written `after(30s)` or `after(self.field ?? 1s)`";
    let (mut field, mut place, mut fixed) = (None, None, None);
    match cursor.take_ident() {
        Some(this) if this == "self" => {
            cursor.expect_punct('.', what)?;
            let span = cursor.span();
            let name = match cursor.next() {
                Some(proc_macro2::TokenTree::Ident(ident)) => plain(&ident),
                Some(proc_macro2::TokenTree::Literal(index)) => index.to_string(),
                _ => return error(span, what),
            };
            (field, place) = (Some(keep::text(&name)), Some(span));
            if cursor.take_puncts('?', '?') {
                fixed = Some(value::duration(&mut cursor)?);
            }
        }
        Some(other) => return error(other.span(), what),
        None => fixed = Some(value::duration(&mut cursor)?),
    }
    cursor.expect_end(what)?;
    Ok((Wait { field, fixed }, place))
}

fn backoff(mut cursor: Cursor) -> syn::Result<RetryKind> {
    let span = cursor.span();
    let what = "`backoff` takes its first and its longest wait: `backoff(1s..30s)`";
    let base = value::duration(&mut cursor)?;
    if !cursor.take_puncts('.', '.') {
        return error(cursor.span(), what);
    }
    cursor.take_punct('=');
    let max = value::duration(&mut cursor)?;
    cursor.expect_end(what)?;
    if base.is_zero() {
        return error(span, "`backoff` from 0 never grows; write `now`, or a first wait");
    }
    if max < base {
        return error(
            span,
            "`backoff` takes its first wait and then its longest, which is shorter here: write `backoff(1s..30s)`",
        );
    }
    Ok(RetryKind::Backoff { base, max })
}
