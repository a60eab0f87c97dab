//! How a frame becomes an error again: the reading plan, data in no language.

mod build;
mod closes;
mod entry;
mod pattern;
mod plan;
mod rank;
mod told_apart;
mod undeclared;

pub use plan::{
    Capture, Class, CloseCodePattern, CloseReading, ElementPattern, FramePattern, MAX_RETRIED, MAX_TRIES,
    MemberPattern, Pattern, Plan, Reading, Segment, Step,
};
