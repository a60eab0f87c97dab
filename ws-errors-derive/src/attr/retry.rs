//! `retry = …`, and the policies that are made of it.

use std::time::Duration;

use proc_macro2::{Ident, Span};
use ws_errors_core::catalog::{Jitter, Retry, RetryKind, Wait};
use ws_errors_core::names::{did_you_mean, list_names};
use ws_errors_core::rules::policies;
use ws_errors_core::rules::values::{leave_code, leave_reason};

use super::value;
use crate::cursor::{Cursor, Spanned, plain};
use crate::errors::error;

/// A policy, and where the field is written of which it takes the wait.
#[derive(Debug, Clone, Copy)]
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
    let arguments = cursor.take_arguments();
    cursor.expect_end("nothing may follow the policy")?;
    let mut options = Options::default();
    let mut values = Vec::new();
    for argument in arguments {
        let mut value = argument.clone();
        match value.take_ident().filter(|_| value.take_punct('=')) {
            Some(option) => options.read(&option, value)?,
            None => values.push(argument),
        }
    }
    let mut field = None;
    let kind = kind(&name, values, options.otherwise, &mut field)?;
    options.check(&name, &kind)?;
    let Options { attempts, jitter, spread, .. } = options;
    Ok(RetryAttribute { retry: Retry { kind, attempts, jitter, spread }, field })
}

/// What every policy may have, as far as it means something there.
#[derive(Default)]
struct Options {
    attempts: Option<u32>,
    jitter: Jitter,
    spread: Option<Duration>,
    otherwise: Option<&'static str>,
    /// Those that are stated.
    stated: Vec<Ident>,
}

impl Options {
    fn read(&mut self, name: &Ident, value: Cursor) -> syn::Result<()> {
        let span = name.span();
        match plain(name).as_str() {
            "attempts" => {
                let attempts = Spanned { value: value::count(value, "attempts")?, span };
                self.attempts = Some(attempts.allowed(policies::attempts)?.value);
            }
            "jitter" => self.jitter = jitter(value)?,
            "spread" => self.spread = Some(value::whole_duration(value)?),
            "otherwise" => {
                let what = "`otherwise` takes the name of an action";
                self.otherwise = Some(value::word(value, what)?);
            }
            other => {
                let names = ["attempts", "jitter", "spread", "otherwise"];
                let (near, all) = (did_you_mean(other, names), list_names(names));
                return error(span, format!("a policy has no `{other}`{near}\nit takes {all}"));
            }
        }
        if self.stated.contains(name) {
            return error(span, format!("`{name}` is given twice"));
        }
        self.stated.push(name.clone());
        Ok(())
    }

    fn check(&self, name: &Ident, kind: &RetryKind) -> syn::Result<()> {
        let stated = |option: &str| self.stated.iter().find(|stated| *stated == option);
        let excluded =
            policies::excluded(kind, &name.to_string(), |option| stated(option).is_some());
        match excluded.and_then(|(option, words)| Some((stated(option)?, words))) {
            Some((option, words)) => error(option.span(), words),
            None => Ok(()),
        }
    }
}

fn jitter(mut cursor: Cursor) -> syn::Result<Jitter> {
    let span = cursor.span();
    let what = "`jitter` takes `full`, `none` or `add(1s)`";
    let (name, inside) = (cursor.take_name(), cursor.take_parenthesised());
    let jitter = match (name.as_deref(), inside) {
        (Some("full"), None) => Jitter::Full,
        (Some("none"), None) => Jitter::None,
        (Some("add"), Some(inside)) => Jitter::Add(value::whole_duration(inside)?),
        _ => return error(span, what),
    };
    cursor.expect_end(what)?;
    Ok(jitter)
}

/// `field` is where the field is written of which the policy takes the wait.
fn kind(
    name: &Ident,
    values: Vec<Cursor>,
    otherwise: Option<&'static str>,
    field: &mut Option<Span>,
) -> syn::Result<RetryKind> {
    let span = name.span();
    let name = plain(name);
    let mut values = values.into_iter();
    let (first, second) = (values.next(), values.next());
    if let Some(third) = values.next() {
        return error(third.span(), "too many values for a policy");
    }
    let usage = match name.as_str() {
        "never" => "never` or `never(connection)",
        "after" => "after(30s)` or `after(self.field ?? 1s)",
        "backoff" => "backoff(1s..30s)",
        "when" => "when(action, otherwise = action)",
        _ => "leave(1000, \"reason\")",
    };
    let usage = format!("`{name}` is written `{usage}`");
    let kind = match (name.as_str(), first) {
        ("never", None) => RetryKind::Never,
        ("now", None) => RetryKind::Now,
        ("unknown", None) => RetryKind::Unknown,
        ("never", Some(scope)) => {
            let span = scope.span();
            if value::word(scope, "`never` takes nothing, or `connection`")? != "connection" {
                return error(span, usage);
            }
            RetryKind::NeverOnConnection
        }
        ("now" | "unknown", Some(value)) => {
            return error(value.span(), format!("`{name}` takes no value"));
        }
        ("after", Some(wait)) => RetryKind::After(after(wait, field)?),
        ("backoff", Some(range)) => backoff(range)?,
        ("when", Some(action)) => {
            let what = "`when` takes the name of an action of the application's";
            RetryKind::When { action: value::word(action, what)?, otherwise }
        }
        ("leave", Some(code)) => {
            let (code, reason) = leave(code, second, &usage)?;
            return Ok(RetryKind::Leave { code, reason });
        }
        ("after" | "backoff" | "when" | "leave", None) => return error(span, usage),
        (other, _) => {
            let (near, all) = (did_you_mean(other, POLICIES), list_names(POLICIES));
            return error(span, format!("no policy is called `{other}`{near}\nthere are {all}"));
        }
    };
    match second {
        Some(value) => error(value.span(), format!("`{name}` takes one value")),
        None => Ok(kind),
    }
}

/// What a client closes with: `4999, "reason"`.
pub(crate) fn leave(
    mut code: Cursor,
    reason: Option<Cursor>,
    usage: &str,
) -> syn::Result<(u16, &'static str)> {
    let number = value::integer(&mut code, usage)?;
    code.expect_comma()?;
    let Some(reason) = reason else { return error(number.span, usage) };
    let reason = value::quoted(reason, "a close reason is a text")?;
    Ok((number.judged(leave_code)?, reason.allowed(leave_reason)?.value))
}

/// `30s`, `self.field`, `self.field ?? 1s`.
fn after(mut cursor: Cursor, field: &mut Option<Span>) -> syn::Result<Wait> {
    let what = "`after` is written `after(30s)` or `after(self.field ?? 1s)`";
    let mut wait = Wait::default();
    if cursor.clone().take_ident().is_some() {
        let name = value::field_of("self", &mut cursor, what)?;
        *field = Some(name.span);
        wait.field = Some(name.value);
    }
    if wait.field.is_none() || cursor.take_puncts('?', '?') {
        wait.fixed = Some(value::duration(&mut cursor)?);
    }
    cursor.expect_end(what)?;
    Ok(wait)
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
    policies::backoff(base, max).or_else(|words| error(span, words))
}
