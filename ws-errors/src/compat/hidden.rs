//! What became of errors that one of the versions hides: docs and clients' modules say nothing of
//! them, and servers send them all the same.

use super::read::{Hidden, Read, ReadEntry};
use super::{Change, Changes, Effect, Kind};

/// Says that an entry is hidden now, where it is: then it is not gone.
pub(super) fn is_hidden_now(entry: &ReadEntry<'_>, new: &Read<'_>, changes: &mut Changes) -> bool {
    let Some(hidden) = new.hidden().find(|hidden| hidden.name == entry.name) else { return false };
    let change = if is_same(entry, &hidden) {
        Change::new(
            Effect::Possible,
            Kind::Hidden,
            "is hidden now, so its message can't be compared; clients that know it go on",
        )
    } else {
        Change::new(Effect::Breaking, Kind::Hidden, "is hidden now, under another code")
            .instead("give the code back: that an error is hidden changes nothing on the wire")
    };
    changes.push(change.of(entry.name));
    true
}

/// Whether an entry that is new in the file was there all along.
pub(super) fn was_hidden(entry: &ReadEntry<'_>, old: &Read<'_>, changes: &mut Changes) -> bool {
    let was_hidden = old.hidden().any(|hidden| hidden.name == entry.name);
    if was_hidden {
        let change = Change::new(Effect::Compatible, Kind::Hidden, "is not hidden any more");
        changes.push(change.of(entry.name));
    }
    was_hidden
}

/// Says which hidden entries are gone, and which are new.
pub(super) fn compare(old: &Read<'_>, new: &Read<'_>, changes: &mut Changes) {
    let has = |read: &Read<'_>, name: &str| {
        read.entry(name).is_some() || read.hidden().any(|hidden| hidden.name == name)
    };
    for hidden in old.hidden().filter(|hidden| !has(new, hidden.name)) {
        let change = Change::new(Effect::Possible, Kind::Removed, "was hidden, and is gone");
        let instead = "keep it where clients may have met it: hidden errors are sent, too";
        changes.push(change.of(hidden.name).instead(instead));
    }
    for hidden in new.hidden().filter(|hidden| !has(old, hidden.name)) {
        let change = Change::new(Effect::Compatible, Kind::Added, "is new, and hidden");
        changes.push(change.of(hidden.name));
    }
    for hidden in new.hidden() {
        let was = old.hidden().find(|was| was.name == hidden.name);
        if was.is_some_and(|was| (was.code, was.close_code) != (hidden.code, hidden.close_code)) {
            let change =
                Change::new(Effect::Possible, Kind::Code, "is hidden, and its code changed");
            changes.push(
                change.of(hidden.name).instead("keep the code where clients may have met it"),
            );
        }
    }
}

fn is_same(entry: &ReadEntry<'_>, hidden: &Hidden<'_>) -> bool {
    entry.code() == hidden.code && entry.close_code() == hidden.close_code
}
