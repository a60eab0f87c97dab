//! What a catalog refers to lives as long as the program, and here the program is the compiler.
//!
//! A catalog is `'static` data wherever it is read, so the macro keeps what it makes of one. Texts and
//! templates are kept once, however often an enum is expanded: an editor expands at each keystroke.

use std::any::{Any, TypeId};
use std::cell::RefCell;
use std::collections::{HashMap, HashSet};
use std::hash::Hash;

thread_local! {
    static KEPT: RefCell<HashMap<TypeId, Box<dyn Any>>> = RefCell::default();
}

/// A text.
pub(crate) fn text(text: &str) -> &'static str {
    interned(text, |text| Box::leak(text.into()))
}

/// A list of what can be compared.
pub(crate) fn list<T: Hash + Eq + Clone + 'static>(list: Vec<T>) -> &'static [T] {
    if list.is_empty() { &[] } else { interned(&list[..], |list| list.to_vec().leak()) }
}

fn interned<T: ?Sized + Hash + Eq + 'static>(
    value: &T,
    leak: impl FnOnce(&T) -> &'static T,
) -> &'static T {
    KEPT.with_borrow_mut(|kept| {
        let of_type = kept.entry(TypeId::of::<HashSet<&'static T>>());
        let set = of_type.or_insert_with(|| Box::new(HashSet::<&'static T>::new()));
        let Some(set) = set.downcast_mut::<HashSet<&'static T>>() else { return leak(value) };
        if let Some(known) = set.get(value) {
            return known;
        }
        let value = leak(value);
        set.insert(value);
        value
    })
}
