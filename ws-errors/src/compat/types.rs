//! Whether a client that expects one type can take another.

use serde_json::Value;

use crate::types::{Array, Definitions, Encoded, Limits, Member, Object, Type, is_kind};

/// How deep types are compared.
const DEPTH: usize = 24;

/// Whether everything of the newer type is of the older one, too.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Fit {
    /// Yes.
    Yes,
    /// As far as the kinds of values go; a range, a format or a pattern is another.
    Perhaps,
    /// No.
    No,
}

pub(super) fn fit(old: (&Type, &Definitions), new: (&Type, &Definitions)) -> Fit {
    Fitting { old: old.1, new: new.1, known: Vec::new() }.fit(old.0, new.0, DEPTH)
}

struct Fitting<'a> {
    old: &'a Definitions,
    new: &'a Definitions,
    /// What has been compared of what holds other types, or is being: types may hold themselves.
    known: Vec<(Type, Type, Fit)>,
}

impl Fitting<'_> {
    fn fit(&mut self, old: &Type, new: &Type, depth: usize) -> Fit {
        let Some(depth) = depth.checked_sub(1) else { return Fit::Perhaps };
        let (wanted, given) = (self.old.alternatives(old), self.new.alternatives(new));
        let fits = given.iter().map(|new| {
            let fits = wanted.iter().map(|old| self.alternative(old, new, depth));
            fits.min().unwrap_or(Fit::No)
        });
        fits.max().unwrap_or(Fit::Yes)
    }

    fn alternative(&mut self, old: &Type, new: &Type, depth: usize) -> Fit {
        match (old, new) {
            (Type::Any, _) | (Type::Null, Type::Null) | (Type::Boolean, Type::Boolean) => Fit::Yes,
            (Type::Number(old), Type::Number(new) | Type::Integer(new))
            | (Type::Integer(old), Type::Integer(new)) => limits(old, new),
            (Type::String(old, was), Type::String(new, is)) if was.is_empty() || is.is_empty() => {
                limits(old, new).max(yes_or_no(was.is_empty()))
            }
            (Type::Object(_), Type::Object(_))
            | (Type::Array(_), Type::Array(_))
            | (Type::String(..), Type::String(..)) => self.structure(old, new, depth),
            (Type::String(_, old), Type::Constant(Value::String(text))) => {
                self.written(old, text, depth)
            }
            (old, Type::Constant(new)) => yes_or_no(is_kind(new, old)),
            _ => Fit::No,
        }
    }

    fn structure(&mut self, old: &Type, new: &Type, depth: usize) -> Fit {
        let is_it = |known: &&(Type, Type, Fit)| known.0 == *old && known.1 == *new;
        if let Some((.., fit)) = self.known.iter().find(is_it) {
            return *fit;
        }
        // Inside of itself a type fits where it fits elsewhere.
        let at = self.known.len();
        self.known.push((old.clone(), new.clone(), Fit::Yes));
        let fit = match (old, new) {
            (Type::Object(old), Type::Object(new)) => self.object(old, new, depth),
            (Type::Array(old), Type::Array(new)) => self.array(old, new, depth),
            (Type::String(old, was), Type::String(new, is)) => {
                let fit = limits(old, new).max(yes_or_no(Encoded::are_alike(was, is)));
                was.iter()
                    .zip(is)
                    .fold(fit, |fit, (was, is)| fit.max(self.fit(&was.ty, &is.ty, depth)))
            }
            _ => Fit::No,
        };
        if let Some((.., known)) = self.known.get_mut(at) {
            *known = fit;
        }
        fit
    }

    /// Whether a string is one that holds what another does.
    fn written(&mut self, old: &[Encoded], text: &str, depth: usize) -> Fit {
        match (old, serde_json::from_str(text)) {
            ([], _) => Fit::Yes,
            ([Encoded { ty, encoding: None }], Ok(value)) => {
                self.fit(ty, &Type::constant(&value), depth)
            }
            ([Encoded { encoding: None, .. }], Err(_)) => Fit::No,
            _ => Fit::Perhaps,
        }
    }

    fn object(&mut self, old: &Object, new: &Object, depth: usize) -> Fit {
        let mut fit = limits(&old.limits, &new.limits);
        for was in &old.members {
            fit = fit.max(match new.members.iter().find(|is| is.key == was.key) {
                Some(is) if !was.optional && is.optional => Fit::No,
                Some(is) => self.fit(&was.ty, &is.ty, depth),
                None => Fit::No,
            });
        }
        let is_new = |is: &&Member| old.members.iter().all(|was| was.key != is.key);
        for (is, others) in new.members.iter().filter(is_new).zip(old.others.iter().cycle()) {
            fit = fit.max(self.fit(others, &is.ty, depth));
        }
        let others = |object: &Object| object.others.clone().filter(|others| **others != Type::Any);
        match (others(old), others(new)) {
            (Some(was), Some(is)) => fit.max(self.fit(&was, &is, depth)),
            (None, None) => fit,
            _ => fit.max(Fit::Perhaps),
        }
    }

    fn array(&mut self, old: &Array, new: &Array, depth: usize) -> Fit {
        let is_as_long = old.least <= new.least
            && old.most.is_none_or(|most| new.most.is_some_and(|new| new <= most));
        let mut fit = limits(&old.limits, &new.limits).max(yes_or_no(is_as_long));
        for index in 0..old.first.len().max(new.first.len()) {
            fit = fit.max(self.fit(old.element(index), new.element(index), depth));
        }
        // Where there can be none, nothing is said of them.
        let has_rest = new.most.is_none_or(|most| most > new.first.len());
        if has_rest { fit.max(self.fit(&old.rest, &new.rest, depth)) } else { fit }
    }
}

/// The rest of what two types of a kind say: ranges, formats, patterns.
fn limits(old: &Limits, new: &Limits) -> Fit {
    let keys = old.keys().chain(new.keys());
    keys.map(|key| limit(key, old.get(key), new.get(key))).max().unwrap_or(Fit::Yes)
}

fn limit(key: &str, old: Option<&Value>, new: Option<&Value>) -> Fit {
    match (old, new) {
        _ if old == new => Fit::Yes,
        // What says more allows less.
        (None, _) => Fit::Yes,
        // A text with other constant characters is another text.
        _ if key == "pattern" => Fit::No,
        (Some(old), Some(new)) if is_narrower(key, old, new) => Fit::Yes,
        _ => Fit::Perhaps,
    }
}

/// Whether each value that the newer limit allows is one that the older allows.
fn is_narrower(key: &str, old: &Value, new: &Value) -> bool {
    match key {
        "minimum" | "exclusiveMinimum" | "minLength" | "minItems" | "minProperties" => {
            new.as_f64() >= old.as_f64()
        }
        "maximum" | "exclusiveMaximum" | "maxLength" | "maxItems" | "maxProperties" => {
            new.as_f64() <= old.as_f64()
        }
        "format" => match (old.as_str(), new.as_str().and_then(integers)) {
            (Some("double"), Some(_)) => true,
            (Some(old), Some((least, most))) => {
                integers(old).is_some_and(|(low, high)| low <= least && most <= high)
            }
            _ => false,
        },
        _ => false,
    }
}

/// The integers of a format, as schemars names them.
fn integers(format: &str) -> Option<(i64, i64)> {
    Some(match format {
        "uint8" => (0, u8::MAX.into()),
        "uint16" => (0, u16::MAX.into()),
        "uint32" => (0, u32::MAX.into()),
        "int8" => (i8::MIN.into(), i8::MAX.into()),
        "int16" => (i16::MIN.into(), i16::MAX.into()),
        "int32" => (i32::MIN.into(), i32::MAX.into()),
        _ => return None,
    })
}

fn yes_or_no(is: bool) -> Fit {
    if is { Fit::Yes } else { Fit::No }
}
