//! Which entry of the newer version is which of the older one.

use super::read::{Read, ReadEntry};

/// What became of entries.
pub(super) struct Pairs<'a> {
    /// Entries of the newer version, with those of the older version that they were.
    pub(super) new: Vec<(Option<ReadEntry<'a>>, ReadEntry<'a>)>,
    /// Entries that are no longer there.
    pub(super) gone: Vec<ReadEntry<'a>>,
}

/// An entry is the same where it has the same name. Of those that are left, it is the same where it
/// has the same code (or close code, where it has no code), or else the same name in Rust. One that
/// the other version hides is there already.
pub(super) fn pairs<'a>(old: &Read<'a>, new: &Read<'a>) -> Pairs<'a> {
    let mut gone: Vec<ReadEntry<'a>> =
        old.entries.iter().copied().filter(|entry| new.entry(entry.name).is_none()).collect();
    let mut pairs: Vec<(Option<ReadEntry<'a>>, ReadEntry<'a>)> =
        new.entries.iter().map(|entry| (old.entry(entry.name), *entry)).collect();
    for is_same in [has_same_code, has_same_variant] {
        for (was, is) in &mut pairs {
            if was.is_none()
                && !is_hidden(old, is)
                && let Some(index) =
                    gone.iter().position(|entry| is_same(entry, is) && !is_hidden(new, entry))
            {
                *was = Some(gone.remove(index));
            }
        }
    }
    Pairs { new: pairs, gone }
}

fn is_hidden(read: &Read<'_>, entry: &ReadEntry<'_>) -> bool {
    read.hidden().any(|hidden| hidden.name == entry.name)
}

fn has_same_code(one: &ReadEntry<'_>, other: &ReadEntry<'_>) -> bool {
    match (one.code(), other.code()) {
        (Some(one), Some(other)) => one == other,
        (None, None) => {
            one.delivery() == other.delivery()
                && one.close_code().is_some()
                && one.close_code() == other.close_code()
        }
        _ => false,
    }
}

fn has_same_variant(one: &ReadEntry<'_>, other: &ReadEntry<'_>) -> bool {
    let variant = |entry: &ReadEntry<'_>| entry.value.get("variant").cloned();
    variant(one).is_some() && variant(one) == variant(other)
}
