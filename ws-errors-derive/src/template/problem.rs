//! `problem`: problem details (RFC 9457) as an envelope.

use proc_macro2::Span;
use ws_errors_core::catalog::{Member, Slot};

use super::{Template, Written, pair};
use crate::cursor::{Cursor, plain};
use crate::errors::error;

const WHAT: &str = "`problem` stands alone; its `type` begins with the address of your reference, which the enum gives: `doc_url = \"https://example.com/errors\"`";

/// The template of problem details; `None` where something else is written.
///
/// It is the envelope that one would write, were there a slot for the title of an entry: the members
/// of RFC 9457, section 3.1, then the code and the wait, and the fields of the variant.
pub(crate) fn problem(cursor: &Cursor) -> syn::Result<Option<Template>> {
    let mut ahead = cursor.clone();
    let span = ahead.span();
    if ahead.take_ident().as_ref().map(plain).as_deref() != Some("problem") {
        return Ok(None);
    }
    if ahead.take_parenthesised().is_some() {
        return error(span, WHAT);
    }
    ahead.expect_end("nothing may follow `problem`")?;
    Ok(Some(template(span)))
}

fn template(span: Span) -> Template {
    let slot = |slot| Template::slot(slot, span, span);
    let details = Written { span, field: span, text: Slot::Details.to_string() };
    Template::object(vec![
        pair("type", false, slot(Slot::DocUrl)),
        pair("title", false, slot(Slot::Title)),
        pair("status", false, slot(Slot::Status)),
        pair("detail", true, slot(Slot::Message)),
        pair("instance", true, slot(Slot::Context("instance"))),
        pair("code", true, slot(Slot::Code)),
        pair("retry_after_ms", true, slot(Slot::RetryAfter)),
        (Member::Splice(Slot::Details), vec![details]),
    ])
}
