//! `problem("https://…")`: problem details (RFC 9457) as an envelope.

use proc_macro2::{Span, TokenTree};
use ws_errors_core::catalog::{Member, Part, Slot};

use super::{Template, Written, pair};
use crate::cursor::{Cursor, plain};
use crate::errors::error;
use crate::keep;

const WHAT: &str = "`problem` takes the address of your reference, where each error has its anchor: `problem(\"https://example.com/errors\")`";

/// The template of problem details; `None` where something else is written.
///
/// It is the envelope that one would write, were there slots for the title and the anchor of an entry:
/// the members of RFC 9457, section 3.1, then the code and the wait, and the fields of the variant.
pub(crate) fn problem(cursor: &Cursor) -> syn::Result<Option<Template>> {
    let mut ahead = cursor.clone();
    let span = ahead.span();
    let word = ahead.take_ident().as_ref().map(plain);
    if word.as_deref() != Some("problem") {
        return Ok(None);
    }
    let Some(mut inside) = ahead.take_parenthesised() else { return error(span, WHAT) };
    ahead.expect_end("nothing may follow `problem(…)`")?;
    let place = inside.span();
    if !matches!(inside.peek(), Some(TokenTree::Literal(_))) {
        return error(place, WHAT);
    }
    let Some(base) = inside.take_string() else { return error(place, WHAT) };
    inside.expect_end(WHAT)?;
    if !is_address(&base.value) {
        return error(
            base.span,
            format!(
                "`problem`: {:?} is no address to which an anchor can be added; write one without `#` and white space: `https://example.com/errors`",
                base.value
            ),
        );
    }
    Ok(Some(template(&base.value, span)))
}

/// A URI reference (RFC 3986) without a fragment.
fn is_address(base: &str) -> bool {
    let is_of = |c: char| c.is_ascii_graphic() && !"#<>\"\\^`{|}".contains(c);
    !base.is_empty() && base.chars().all(is_of)
}

fn template(base: &str, span: Span) -> Template {
    let written = |slot: Slot| Written { span, field: span, text: slot.to_string() };
    let slot = |slot| Template::slot(slot, span, span);
    let address = Template::composed(vec![
        (Part::Literal(keep::text(&format!("{base}#"))), None),
        (Part::Slot(Slot::Anchor), Some(written(Slot::Anchor))),
    ]);
    Template::object(vec![
        pair("type", false, address),
        pair("title", false, slot(Slot::Title)),
        pair("status", false, slot(Slot::Status)),
        pair("detail", true, slot(Slot::Message)),
        pair("instance", true, slot(Slot::Context("instance"))),
        pair("code", true, slot(Slot::Code)),
        pair("retry_after_ms", true, slot(Slot::RetryAfter)),
        (Member::Splice(Slot::Details), vec![written(Slot::Details)]),
    ])
}
