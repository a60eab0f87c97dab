//! How a frame becomes an error again: the reading plan, data in no language.

mod plan;

pub use plan::{
    Capture, Class, CloseCodePattern, CloseReading, ElementPattern, FramePattern, MemberPattern,
    Pattern, Plan, Reading, Segment, Step,
};
