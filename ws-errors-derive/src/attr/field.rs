//! The attributes of a field.

use proc_macro2::Span;
use syn::Field;
use ws_errors_core::catalog::Cast;

use super::item::{Place, items};
use super::value;
use crate::cursor::Spanned;
use crate::errors::{Errors, error};
use crate::template;

#[derive(Default)]
pub(crate) struct FieldAttributes {
    pub(crate) example: Option<String>,
    pub(crate) message: Option<Span>,
    pub(crate) skip: Option<Span>,
    pub(crate) rename: Option<Spanned<String>>,
    pub(crate) cast: Option<Cast>,
    pub(crate) docs: Option<String>,
    pub(crate) whole: bool,
}

pub(crate) fn field(field: &Field, errors: &Errors) -> FieldAttributes {
    let mut attributes = FieldAttributes::default();
    for item in items(&field.attrs, Place::Field, errors) {
        let span = item.span;
        let key = item.key.clone();
        let result = (|| {
            match key.as_str() {
                "example" => attributes.example = Some(template::constant(item.value()?)?),
                "message" => {
                    item.flag()?;
                    attributes.message = Some(span);
                }
                "skip" => {
                    item.flag()?;
                    attributes.skip = Some(span);
                }
                "whole" => {
                    item.flag()?;
                    attributes.whole = true;
                }
                "rename" => attributes.rename = Some(value::string(item.value()?, "rename")?),
                "docs" => attributes.docs = Some(value::string(item.value()?, "docs")?.value),
                _ => {
                    let text = value::string(item.value()?, "as")?;
                    attributes.cast = Some(match text.value.as_str() {
                        "string" => Cast::String,
                        "number" => Cast::Number,
                        _ => {
                            return error(text.span, "`as` takes `\"string\"` or `\"number\"`");
                        }
                    });
                }
            }
            Ok(())
        })();
        errors.ok(result);
    }
    attributes
}
