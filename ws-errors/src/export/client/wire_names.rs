//! What the doc comments say of members that are called something else on the wire.

use super::names::is_identifier;
use super::values::{Target, Values};
use ws_errors_core::reading::Step;

impl Values {
    /// What a member of the error is on the wire, where it is not called the same there.
    pub(in crate::export) fn wire_name(&self, name: &str) -> Option<String> {
        Some(format!("On the wire: {}.", self.shown(name, &Target::Error(name.to_owned()))?))
    }

    /// The same for the members of the context.
    pub(in crate::export) fn wire_names_of_context(&self) -> Option<String> {
        let fields = self.places.iter().filter_map(|(target, _)| match target {
            Target::Context(name) => Some(*name),
            Target::Error(_) => None,
        });
        let mut all: Vec<String> = Vec::new();
        for name in fields {
            let shown = self.shown(name, &Target::Context(name));
            let shown = shown.map(|shown| format!("`{name}` is {shown}"));
            all.extend(shown.filter(|shown| !all.contains(shown)));
        }
        (!all.is_empty()).then(|| format!("On the wire {}.", all.join(", ")))
    }

    /// The places where a value stands, unless each ends with its name.
    fn shown(&self, name: &str, target: &Target) -> Option<String> {
        let places = self.places.iter().filter(|(of, _)| of == target);
        let places: Vec<&[Step]> = places.map(|(_, place)| place.as_slice()).collect();
        let is_named = |place: &&[Step]| match place.last() {
            Some(Step::Key(key)) => key == name,
            Some(Step::Index(_)) => false,
            None => true,
        };
        if places.iter().all(is_named) {
            return None;
        }
        Some(places.into_iter().map(path).collect::<Vec<_>>().join(" or "))
    }
}

/// `` `error.details[0]` ``
fn path(place: &[Step]) -> String {
    let mut out = String::new();
    for step in place {
        out += &match step {
            Step::Key(key) if !is_identifier(key) => format!("[{key:?}]"),
            Step::Key(key) if out.is_empty() => key.clone(),
            Step::Key(key) => format!(".{key}"),
            Step::Index(index) => format!("[{index}]"),
        };
    }
    format!("`{out}`")
}
