//! A type as a list of types without names: for docs, examples and comparisons.

use serde_json::Value;

use super::{Definitions, Encoded, Member, Object, Type};

/// How many names may stand for one another before a type says nothing.
const NAMES: usize = 24;

impl Definitions {
    /// The types of which a value has one: no names, no unions, and intersections merged. None of
    /// them is `Any`, unless it is the only one.
    pub(crate) fn alternatives(&self, ty: &Type) -> Vec<Type> {
        let mut out = Vec::new();
        self.collect(ty, NAMES, &mut out);
        if out.contains(&Type::Any) { vec![Type::Any] } else { out }
    }

    fn collect(&self, ty: &Type, names: usize, out: &mut Vec<Type>) {
        let new = match ty {
            Type::Reference(name) => {
                return match (self.get(name), names.checked_sub(1)) {
                    (Some(definition), Some(names)) => self.collect(&definition.ty, names, out),
                    _ => out.push(Type::Any),
                };
            }
            Type::Union(types) => return types.iter().for_each(|ty| self.collect(ty, names, out)),
            Type::Intersection(types) => {
                let mut all = vec![Type::Any];
                for ty in types {
                    let mut each = Vec::new();
                    self.collect(ty, names, &mut each);
                    let pairs = all.iter().flat_map(|one| each.iter().map(move |two| (one, two)));
                    all = pairs.filter_map(|(one, two)| merged(one, two)).collect();
                }
                all
            }
            other => vec![other.clone()],
        };
        out.extend(new.into_iter().filter(|one| !out.contains(one)).collect::<Vec<_>>());
    }
}

/// The type of values that have both of two types; `None` where there are none. Of two ranges of a
/// number or a string the first is kept.
fn merged(one: &Type, two: &Type) -> Option<Type> {
    match (one, two) {
        (Type::Any, other) | (other, Type::Any) => Some(other.clone()),
        (Type::Object(one), Type::Object(two)) => Some(Type::Object(both(one, two))),
        (Type::Constant(value), ty) | (ty, Type::Constant(value)) => {
            is_kind(value, ty).then(|| Type::Constant(value.clone()))
        }
        (Type::String(limits, one), Type::String(_, two)) => {
            Some(Type::String(limits.clone(), all_encoded(one, two)?))
        }
        (Type::Integer(_), Type::Number(_)) => Some(one.clone()),
        (Type::Number(_), Type::Integer(_)) => Some(two.clone()),
        _ => (std::mem::discriminant(one) == std::mem::discriminant(two)).then(|| one.clone()),
    }
}

/// What a string holds that holds both; `None` where there is no such string.
fn all_encoded(one: &[Encoded], two: &[Encoded]) -> Option<Vec<Encoded>> {
    if one.is_empty() || two.is_empty() {
        return Some([one, two].concat());
    }
    Encoded::are_alike(one, two).then(|| {
        let pairs = one.iter().zip(two).map(|(one, two)| Encoded {
            ty: Type::intersection(vec![one.ty.clone(), two.ty.clone()]),
            encoding: one.encoding.clone(),
        });
        pairs.collect()
    })
}

impl Encoded {
    /// Whether two strings hold as many pieces of JSON, written alike.
    pub(crate) fn are_alike(one: &[Self], two: &[Self]) -> bool {
        one.iter().map(|one| &one.encoding).eq(two.iter().map(|two| &two.encoding))
    }
}

fn both(one: &Object, two: &Object) -> Object {
    let mut members = one.members.clone();
    for new in &two.members {
        match members.iter_mut().find(|member| member.key == new.key) {
            Some(member) => {
                let ty = Type::intersection(vec![member.ty.clone(), new.ty.clone()]);
                let optional = member.optional && new.optional;
                let example = member.example.clone().or_else(|| new.example.clone());
                *member = Member { key: new.key.clone(), optional, ty, example };
            }
            None => members.push(new.clone()),
        }
    }
    members.sort_by_key(|member| member.optional);
    let others = match (&one.others, &two.others) {
        (Some(others), None) | (None, Some(others)) if **others == Type::Any => None,
        (others, None) | (None, others) => others.clone(),
        (Some(one), Some(two)) => {
            Some(Box::new(Type::intersection(vec![(**one).clone(), (**two).clone()])))
        }
    };
    let limits = one.limits.iter().chain(&two.limits);
    Object { members, others, limits: limits.map(|(k, v)| (k.clone(), v.clone())).collect() }
}

/// Whether a constant has the kind of a type.
pub(crate) fn is_kind(constant: &Value, ty: &Type) -> bool {
    match ty {
        Type::Any => true,
        Type::Null => constant.is_null(),
        Type::Boolean => constant.is_boolean(),
        Type::Number(_) => constant.is_number(),
        Type::Integer(_) => constant.is_i64() || constant.is_u64(),
        Type::String(..) => constant.is_string(),
        Type::Array(_) => constant.is_array(),
        Type::Object(_) => constant.is_object(),
        Type::Constant(other) => constant == other,
        Type::Union(types) => types.iter().any(|ty| is_kind(constant, ty)),
        Type::Intersection(types) => types.iter().all(|ty| is_kind(constant, ty)),
        Type::Reference(_) => true,
    }
}
