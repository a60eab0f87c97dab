//! How a variant is answered over HTTP: what it says itself, and what the enum says for all.

use ws_errors_core::catalog::{Delivery, HttpForm};

use super::Variant;
use super::build::Builder;
use crate::attr::http::{Body, HttpAttribute};

impl Builder<'_> {
    /// How a variant is answered; `None` where it is not, or that can't be known.
    pub(super) fn http(
        &mut self,
        own: Option<&HttpAttribute>,
        delivery: &Delivery,
        variant: &Variant<'_>,
    ) -> Option<HttpForm> {
        let shared = self.attributes.http.as_ref();
        if own.or(shared).is_none_or(|http| http.none) {
            return None;
        }
        let ident = variant.ident;
        let refused = match *delivery {
            Delivery::Observed { .. } => {
                if let Some(own) = own {
                    self.errors.at(own.span, format!("`http`: the variant `{ident}` is observed by the client, and no request is answered with it; take it away"));
                }
                return None;
            }
            Delivery::Rejected { status, .. } => status,
            _ => None,
        };
        let stated = own.and_then(|own| own.status);
        if let (Some(stated), Some(refused)) = (stated, refused)
            && stated.value != refused
        {
            self.errors.at(stated.span, format!("`http`: the variant `{ident}` is refused with {refused} already; an error has one status"));
            self.errors.at(variant.delivery, format!("{refused} is given here"));
        }
        let stated = stated.or_else(|| shared?.status).map(|status| status.value);
        let Some(status) = refused.or(stated) else {
            if !variant.unread {
                self.errors.at(
                    ident.span(),
                    format!("the variant `{ident}` has no HTTP status; give it one, `http(status = 404)`, or one for all on the enum, or say that no request is answered with it: `http = none`"),
                );
            }
            return None;
        };
        Some(self.form(own, status))
    }

    /// How the entries of nested catalogs are answered, where they don't keep what they say.
    pub(super) fn http_of_nested(&mut self) -> Option<HttpForm> {
        let shared = self.attributes.http.as_ref()?;
        let body = shared.body.as_ref()?;
        let Some(status) = &shared.status else {
            self.errors.at(body.envelope.span, "`http`: this envelope is for the entries of nested catalogs, too, which may have no status; give one for those: `http(status = 400, envelope = …)`");
            return None;
        };
        Some(self.form(None, status.value))
    }

    /// The variant's own envelope is of its own type; else the first that says something counts.
    fn form(&mut self, own: Option<&HttpAttribute>, status: u16) -> HttpForm {
        let shared = self.attributes.http.as_ref();
        let has_own = own.is_some_and(|own| own.body.is_some());
        let stated = own.and_then(|own| own.content_type);
        let stated = stated.or_else(|| shared.filter(|_| !has_own)?.content_type);
        match body([own, shared]) {
            Some(body) => HttpForm {
                status,
                envelope: Some(self.index(&body.envelope)),
                content_type: stated.unwrap_or(body.content_type),
            },
            None => HttpForm { status, envelope: None, content_type: "" },
        }
    }
}

/// The first body that is stated: by the variant, or by the enum.
fn body(stated: [Option<&HttpAttribute>; 2]) -> Option<&Body> {
    stated.into_iter().flatten().find_map(|http| http.body.as_ref())
}
