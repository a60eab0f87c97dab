//! Types made of others.

use ws_errors_core::distinct::add_new;

use super::Type;

impl Type {
    /// Any of the types; those that say nothing more than another are left out.
    pub(crate) fn union(types: Vec<Self>) -> Self {
        let mut out: Vec<Self> = Vec::new();
        for ty in types {
            let parts = match ty {
                Self::Union(types) => types,
                other => vec![other],
            };
            for part in parts {
                if part == Self::Any {
                    return Self::Any;
                }
                add_new(&mut out, part);
            }
        }
        if out.iter().any(|ty| matches!(ty, Self::Number(limits) if limits.is_empty())) {
            out.retain(|ty| !matches!(ty, Self::Integer(_)));
        }
        only(out).unwrap_or_else(Self::Union)
    }

    /// All of the types at once; those that say nothing are left out.
    pub(crate) fn intersection(types: Vec<Self>) -> Self {
        let mut out: Vec<Self> = Vec::new();
        for ty in types {
            if ty.is_never() {
                return ty;
            }
            if ty != Self::Any && !out.contains(&ty) {
                out.push(ty);
            }
        }
        if out.is_empty() { Self::Any } else { only(out).unwrap_or_else(Self::Intersection) }
    }

    /// Whether there is no value of it.
    pub(crate) fn is_never(&self) -> bool {
        matches!(self, Self::Union(types) if types.is_empty())
    }

    /// The type without `null`, for places where nothing is left out.
    #[cfg(feature = "export")]
    pub(crate) fn without_null(self) -> Self {
        match self {
            Self::Union(types) => {
                Self::union(types.into_iter().filter(|ty| *ty != Self::Null).collect())
            }
            Self::Null => Self::Union(Vec::new()),
            other => other,
        }
    }
}

/// The one type; the types where there are several, or none.
fn only(mut types: Vec<Type>) -> Result<Type, Vec<Type>> {
    if types.len() != 1 {
        return Err(types);
    }
    types.pop().ok_or(types)
}
