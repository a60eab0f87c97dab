//! Templates that are the same for each variant and occurrence.

use super::parse::whole;
use super::{Member, Part, Template};
use crate::cursor::Cursor;
use crate::errors::error;

/// A value without slots, as compact JSON.
pub(crate) fn constant(cursor: Cursor) -> syn::Result<String> {
    let span = cursor.span();
    let template = whole(cursor)?;
    let mut slot = None;
    template.each_slot(&mut |used| slot = Some(used.span));
    if let Some(span) = slot {
        return error(
            span,
            "a constant is expected here, and a slot is none; write JSON: `\"text\"`, `5`, `{ \"key\": true }`",
        );
    }
    match template.as_constant() {
        Some(json) => Ok(json),
        None => error(span, "a constant is expected here, without `?`, `??` or `..`"),
    }
}

impl Template {
    /// The compact JSON, where it is the same for each variant and occurrence.
    pub(crate) fn as_constant(&self) -> Option<String> {
        let mut json = String::new();
        push_constant(self, &mut json).then_some(json)
    }
}

fn push_constant(template: &Template, out: &mut String) -> bool {
    match template {
        Template::Constant(json) => out.push_str(json),
        Template::Composed(parts) => {
            out.push('"');
            for part in parts {
                let Part::Literal(text) = part else { return false };
                super::push_escaped(out, text);
            }
            out.push('"');
        }
        Template::Object(members) => {
            out.push('{');
            for (index, member) in members.iter().enumerate() {
                let Member::Pair { key, optional: false, value } = member else { return false };
                if index > 0 {
                    out.push(',');
                }
                out.push_str(&super::quote(key));
                out.push(':');
                if !push_constant(value, out) {
                    return false;
                }
            }
            out.push('}');
        }
        Template::Array(elements) => {
            out.push('[');
            for (index, element) in elements.iter().enumerate() {
                if index > 0 {
                    out.push(',');
                }
                if element.optional || !push_constant(&element.value, out) {
                    return false;
                }
            }
            out.push(']');
        }
        Template::Encoded(value) => {
            let mut inner = String::new();
            if !push_constant(value, &mut inner) {
                return false;
            }
            out.push_str(&super::quote(&inner));
        }
        Template::Slot(_) | Template::Splice(_) | Template::Default(..) | Template::Chain(_) => {
            return false;
        }
    }
    true
}
