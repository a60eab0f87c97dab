//! Policies as tokens.

use std::time::Duration;

use proc_macro2::TokenStream;
use quote::quote;

use super::text::option;
use crate::attr::enumeration::{Guards, Retired, RetiredCode, Success};
use crate::attr::policies::Policies;
use crate::attr::retry::{Jitter, Retry, RetryKind};

pub(crate) fn retry(retry: &Retry) -> TokenStream {
    let kind = kind(&retry.kind);
    let attempts = option(retry.attempts);
    let spread = option(retry.spread.map(duration));
    let jitter = match retry.jitter {
        Jitter::Full => quote!(Full),
        Jitter::None => quote!(None),
        Jitter::Add(most) => {
            let most = duration(most);
            quote!(Add(#most))
        }
    };
    quote! {
        __catalog::Retry {
            kind: __catalog::RetryKind::#kind,
            attempts: #attempts,
            jitter: __catalog::Jitter::#jitter,
            spread: #spread,
        }
    }
}

fn kind(kind: &RetryKind) -> TokenStream {
    match kind {
        RetryKind::Never => quote!(Never),
        RetryKind::NeverOnConnection => quote!(NeverOnConnection),
        RetryKind::Now => quote!(Now),
        RetryKind::Unknown => quote!(Unknown),
        RetryKind::After { field, fixed } => {
            let field = option(field.as_ref().map(|(name, _)| name));
            let fixed = option(fixed.map(duration));
            quote!(After(__catalog::Wait { field: #field, fixed: #fixed }))
        }
        RetryKind::Backoff { base, max } => {
            let (base, max) = (duration(*base), duration(*max));
            quote!(Backoff { base: #base, max: #max })
        }
        RetryKind::When { action, otherwise } => {
            let otherwise = option(otherwise.as_ref());
            quote!(When { action: #action, otherwise: #otherwise })
        }
        RetryKind::Leave { code, reason } => quote!(Leave { code: #code, reason: #reason }),
    }
}

fn duration(duration: Duration) -> TokenStream {
    let milliseconds = u64::try_from(duration.as_millis()).unwrap_or(u64::MAX);
    quote!(::core::time::Duration::from_millis(#milliseconds))
}

pub(crate) fn policies(policies: &Policies, undeclared: &TokenStream) -> TokenStream {
    let ranges = policies.ranges.iter().map(|range| {
        let (first, last, retry) = (range.first, range.last, retry(&range.retry));
        quote!(__catalog::PolicyRange { first: #first, last: #last, retry: #retry })
    });
    let unknown = match &policies.unknown {
        Some(unknown) => retry(unknown),
        None => quote!(__catalog::Retry::#undeclared),
    };
    quote!(__catalog::Policies { ranges: &[#(#ranges),*], unknown: #unknown })
}

pub(crate) fn guards(guards: &Guards) -> TokenStream {
    let storm = option(guards.storm.as_ref().map(|storm| {
        let (more_than, code, reason) = (storm.more_than, storm.code, &storm.reason);
        let within = duration(storm.within);
        quote! {
            __catalog::Storm {
                more_than: #more_than,
                within: #within,
                code: #code,
                reason: #reason,
            }
        }
    }));
    let breaker = option(guards.breaker.map(|(open_after, wait)| {
        let wait = duration(wait);
        quote!(__catalog::Breaker { open_after: #open_after, half_open_after: #wait })
    }));
    quote!(__catalog::Guards { storm: #storm, breaker: #breaker })
}

pub(crate) fn success(success: &Success) -> TokenStream {
    match success {
        Success::Numbers(first, last, _) => quote!(__catalog::Success::Numbers(#first, #last)),
        Success::Text(text, _) => quote!(__catalog::Success::Text(#text)),
    }
}

pub(crate) fn retired(retired: &Retired) -> TokenStream {
    let why = &retired.why;
    let code = match &retired.code {
        RetiredCode::Number(number) => quote!(Number(#number)),
        RetiredCode::Text(text) => quote!(Text(#text)),
        RetiredCode::Close(code) => quote!(Close(#code)),
    };
    quote!(__catalog::Retired { code: __catalog::RetiredCode::#code, why: #why })
}
