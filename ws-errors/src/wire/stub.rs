//! What stands beside the macro's errors.

use crate::catalog::{
    Catalog, Code, Delivery, Details, Entry, Guards, Level, Message, Policies, Retry, RetryKind,
};

/// A catalog and an entry that say nothing: code that has errors does not run.
pub fn nothing(_name: &str) -> (&'static Catalog, &'static Entry) {
    static ENTRIES: [Entry; 1] = [Entry {
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
    }];
    static CATALOG: Catalog = Catalog {
        name: "",
        docs: "",
        entries: &ENTRIES,
        contexts: &[],
        envelopes: &[],
        closes: Policies { ranges: &[], unknown: Retry::UNDECLARED_CLOSE },
        codes: Policies { ranges: &[], unknown: Retry::UNDECLARED_CODE },
        guards: Guards { storm: None, breaker: None },
        correlate: None,
        retired: &[],
        success: &[],
    };
    (&CATALOG, &ENTRIES[0])
}
