//! What stands beside the macro's errors, and where there is nothing.

use crate::catalog::{
    Catalog, Code, Delivery, Details, Entry, Guards, Level, Message, Policies, Retry, RetryKind,
};
use crate::compose::Tree;

/// An entry that says nothing.
pub(crate) const NO_ENTRY: &Entry = &Entry {
    name: "",
    variant: "",
    code: Code::None,
    delivery: Delivery::Soft,
    retry: Retry::new(RetryKind::Never),
    recoverable: false,
    message: Message::None,
    fields: &[],
    details: Details::Nothing,
    constants: &[],
    encodings: &[],
    section: None,
    docs: "",
    advice: None,
    user: None,
    internal: false,
    log: Level::Off,
    since: None,
    deprecated: None,
    hidden: false,
};

static ENTRIES: [Entry; 1] = [*NO_ENTRY];
static CATALOG: Catalog = Catalog { entries: &ENTRIES, ..NO_CATALOG };
const NO_CATALOG: Catalog = Catalog {
    name: "",
    docs: "",
    entries: &[],
    contexts: &[],
    envelopes: &[],
    closes: Policies { ranges: &[], unknown: Retry::UNDECLARED_CLOSE },
    codes: Policies { ranges: &[], unknown: Retry::UNDECLARED_CODE },
    guards: Guards { storm: None, breaker: None },
    correlate: None,
    retired: &[],
    success: &[],
};

/// A catalog and an entry that say nothing: code that has errors does not run.
pub fn nothing(_name: &str) -> (&'static Catalog, &'static Entry) {
    (&CATALOG, &ENTRIES[0])
}

/// A tree without entries, so that an enum that nests one with errors has none by that.
pub static NO_TREE: Tree = Tree {
    own: &NO_CATALOG,
    nested: &[],
    alike: &[],
    quiet: &[],
    closes_unknown: false,
    codes_unknown: false,
};
