//! How a variant is answered over HTTP: what it says itself, and what the enum says for all.

use std::rc::Rc;

use ws_errors_core::catalog::{Delivery, HTTP_CONTEXT, HttpForm, Slot};
use ws_errors_core::names::{did_you_mean, list_names};

use super::build::Builder;
use super::envelopes::Declared;
use super::{Envelope, Variant};
use crate::attr::http::HttpAttribute;
use crate::attr::variant::Constant;
use crate::errors::Errors;
use crate::keep;

/// The form of a variant over HTTP, while the envelopes of the catalog are not yet numbered.
pub(super) struct Http {
    status: u16,
    envelope: Option<Rc<Envelope>>,
    content_type: &'static str,
}

impl Builder<'_> {
    /// How a variant is answered; `None` where it is not, or that can't be known.
    pub(super) fn http(
        &self,
        own: Option<&HttpAttribute>,
        delivery: &Delivery,
        variant: &Variant<'_>,
    ) -> Option<Http> {
        let shared = self.attributes.http.as_ref();
        if own.or(shared).is_none_or(|http| http.none) {
            return None;
        }
        let refused = match *delivery {
            Delivery::Observed { .. } => {
                if let Some(own) = own {
                    self.errors.at(own.span, format!("`http`: the variant `{}` is observed by the client, and no request is answered with it; take it away", variant.ident));
                }
                return None;
            }
            Delivery::Rejected { status, .. } => status,
            _ => None,
        };
        let stated = own.and_then(|own| own.status.as_ref());
        if let (Some(stated), Some(refused)) = (stated, refused)
            && stated.value != refused
        {
            self.errors.at(stated.span, format!("`http`: the variant `{}` is refused with {refused} already; an error has one status", variant.ident));
            self.errors.at(variant.delivery, format!("{refused} is given here"));
        }
        let default = || shared.and_then(|shared| shared.status.as_ref());
        let status = stated.or_else(default).map(|status| status.value);
        let Some(status) = refused.or(status) else {
            if !variant.unread {
                self.errors.at(
                    variant.ident.span(),
                    format!("the variant `{}` has no HTTP status; give it one, `http(status = 404)`, or one for all on the enum, or say that no request is answered with it: `http = none`", variant.ident),
                );
            }
            return None;
        };
        Some(of([own, shared], status))
    }

    /// How the entries of nested catalogs are answered, where they don't keep what they say.
    pub(super) fn http_of_nested(&self) -> Option<Http> {
        let shared = self.attributes.http.as_ref()?;
        let body = shared.body.as_ref()?;
        let Some(status) = &shared.status else {
            self.errors.at(body.span, "`http`: this envelope is for the entries of nested catalogs, too, which may have no status; give one for those: `http(status = 400, envelope = …)`");
            return None;
        };
        Some(of([None, Some(shared)], status.value))
    }
}

/// The first that says something counts.
fn of(attributes: [Option<&HttpAttribute>; 2], status: u16) -> Http {
    let body = attributes.iter().flatten().find_map(|http| http.body.as_ref());
    let stated = || attributes.iter().flatten().find_map(|http| http.content_type.as_ref());
    // An envelope of the variant's own is of its own type.
    let own = attributes[0].filter(|own| own.body.is_some());
    let stated = match own {
        Some(own) => own.content_type.as_ref(),
        None => stated(),
    };
    let content_type = match (body, stated) {
        (None, _) => "",
        (Some(_), Some(stated)) => keep::text(stated),
        (Some(body), None) => body.content_type,
    };
    let envelope = body.map(|body| {
        let (template, frame) = (body.template.clone(), body.frame.clone());
        Rc::new(Envelope { span: body.span, template, frame })
    });
    Http { status, envelope, content_type }
}

impl Http {
    /// The same in the catalog.
    pub(super) fn form(&self, envelopes: &mut Declared) -> HttpForm {
        HttpForm {
            status: self.status,
            envelope: self.envelope.as_ref().map(|envelope| envelopes.index(envelope)),
            content_type: self.content_type,
        }
    }

    /// Reports the fields of the context that no request has, each once.
    pub(super) fn check_context(
        &self,
        constants: &[Constant],
        reported: &mut Vec<&'static str>,
        errors: &Errors,
    ) {
        let known = || HTTP_CONTEXT.fields.iter().map(|field| field.name);
        let Some(envelope) = &self.envelope else { return };
        envelope.template.each_reached(constants, &mut |slot, written| {
            let Slot::Context(name) = slot else { return };
            if known().any(|field| field == name) || reported.contains(&name) {
                return;
            }
            reported.push(name);
            let near = did_you_mean(name, known());
            let all = known().map(|name| format!("cx.{name}")).collect::<Vec<_>>();
            let all = list_names(all.iter().map(String::as_str));
            errors.at(
                written.span,
                format!("`{}`: over HTTP there are {all}, and nothing else that varies per request{near}", written.text),
            );
        });
    }
}
