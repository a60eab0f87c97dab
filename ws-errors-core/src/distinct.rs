//! Lists that have each value once.

/// Adds a value to a list that does not have it yet.
pub fn add_new<T: PartialEq>(all: &mut Vec<T>, value: T) {
    if !all.contains(&value) {
        all.push(value);
    }
}

/// The values, each where it comes first.
pub fn distinct<T: PartialEq>(values: impl IntoIterator<Item = T>) -> Vec<T> {
    let mut all = Vec::new();
    values.into_iter().for_each(|value| add_new(&mut all, value));
    all
}
