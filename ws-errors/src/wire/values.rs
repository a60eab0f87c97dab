//! What an occurrence and its context bring to an encoding.

use std::fmt::{self, Write as _};

use super::argument::{Argument, MAX_ECHO};
use super::close::CloseCode;
use ws_errors_core::cut;

/// How many values stand in place; more go to the heap.
const IN_PLACE: usize = 8;

/// Takes the values of an occurrence, and then those of a context, in the order that
/// [`ws_errors_core::encoding::values`] says.
pub struct Values<'v> {
    first: [Argument<'v>; IN_PLACE],
    count: usize,
    /// All of them, where they are more.
    rest: Vec<Argument<'v>>,
    /// Those that live here, with their index; `None` where the value's own implementation failed.
    formatted: Vec<(usize, Option<String>)>,
    close_code: Option<CloseCode>,
}

impl Default for Values<'_> {
    fn default() -> Self {
        Self {
            first: [Argument::Nothing; IN_PLACE],
            count: 0,
            rest: Vec::new(),
            formatted: Vec::new(),
            close_code: None,
        }
    }
}

impl fmt::Debug for Values<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Values").field("count", &self.with(|all| all.len())).finish_non_exhaustive()
    }
}

impl<'v> Values<'v> {
    /// Takes the next value.
    pub fn put(&mut self, value: Argument<'v>) {
        if let Some(place) = self.first.get_mut(self.count) {
            *place = value;
            self.count += 1;
            return;
        }
        // All of them stand behind each other.
        if self.rest.is_empty() {
            self.rest.extend(self.first);
        }
        self.rest.push(value);
    }

    /// Takes a value in one of Rust's other formats. It lives here, and is cut as any echo is.
    pub fn put_formatted(&mut self, value: fmt::Arguments<'_>) {
        let mut text = Bounded(String::new());
        // The writer says no only when it has enough; any other error is the value's own.
        let failed = write!(text, "{value}").is_err() && text.0.len() + 4 <= MAX_ECHO;
        let index = if self.rest.is_empty() { self.count } else { self.rest.len() };
        self.formatted.push((index, (!failed).then_some(text.0)));
        self.put(Argument::Nothing);
    }

    /// Takes the close code, where a field gives it.
    pub fn put_close_code(&mut self, code: CloseCode) {
        self.close_code = Some(code);
    }

    /// Calls `run` with the values, in order.
    #[inline]
    pub(crate) fn with<R>(&self, run: impl FnOnce(&[Argument<'_>]) -> R) -> R {
        let all = if self.rest.is_empty() {
            self.first.get(..self.count).unwrap_or_default()
        } else {
            &self.rest
        };
        let with_formatted;
        run(if self.formatted.is_empty() {
            all
        } else {
            with_formatted = self.with_formatted(all);
            &with_formatted
        })
    }

    /// The same values, with those in their places that live here.
    #[cold]
    fn with_formatted<'s>(&'s self, all: &[Argument<'s>]) -> Vec<Argument<'s>> {
        let mut all = all.to_vec();
        for (index, text) in &self.formatted {
            if let Some(place) = all.get_mut(*index) {
                *place = text.as_deref().map_or(Argument::Display(&Failed), Argument::Text);
            }
        }
        all
    }

    /// The close code that a field gives.
    pub(crate) fn close_code(&self) -> Option<CloseCode> {
        self.close_code
    }
}

/// What stands for a value whose own implementation failed: it fails again where it is written.
struct Failed;

impl fmt::Display for Failed {
    fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
        Err(fmt::Error)
    }
}

/// Takes no more than an echo may have.
struct Bounded(String);

impl fmt::Write for Bounded {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        let left = MAX_ECHO - self.0.len();
        if text.len() <= left {
            self.0.push_str(text);
            return Ok(());
        }
        self.0.push_str(cut(text, left));
        Err(fmt::Error)
    }
}
