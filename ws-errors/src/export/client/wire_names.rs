//! What the doc comments say of members that are called something else on the wire.

use super::names::is_identifier;
use super::values::{Target, Values, WireStep};

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
        let places: Vec<&[WireStep]> = places.map(|(_, place)| place.as_slice()).collect();
        let is_named = |place: &&[WireStep]| match place.last() {
            Some(WireStep::Key(key)) => key == name,
            Some(WireStep::Index(_) | WireStep::Encoded) => false,
            None => true,
        };
        if places.iter().all(is_named) {
            return None;
        }
        Some(places.into_iter().map(path).collect::<Vec<_>>().join(" or "))
    }
}

/// `` `error.details[0]` ``, `` `json(data).room` ``
fn path(place: &[WireStep]) -> String {
    let mut out = String::new();
    for step in place {
        match step {
            WireStep::Key(key) if !is_identifier(key) => out.push_str(&format!("[{key:?}]")),
            WireStep::Key(key) if out.is_empty() => out.push_str(key),
            WireStep::Key(key) => out.push_str(&format!(".{key}")),
            WireStep::Index(index) => out.push_str(&format!("[{index}]")),
            WireStep::Encoded if out.is_empty() => {}
            WireStep::Encoded => out = format!("json({out})"),
        }
    }
    format!("`{out}`")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_in_json_that_a_string_holds_says_so() {
        let key = |key: &str| WireStep::Key(key.to_owned());
        let place = vec![key("data"), WireStep::Encoded, key("room"), WireStep::Index(0)];
        let values =
            Values { places: vec![(Target::Error("id".to_owned()), place)], ..Values::default() };
        assert_eq!(values.wire_name("id").as_deref(), Some("On the wire: `json(data).room[0]`."));
        assert_eq!(values.wire_name("other"), None);
    }
}
