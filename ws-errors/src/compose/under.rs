//! Which catalog a variant nests, and in which of its contexts it is kept: found by the compiler, which
//! alone knows the types.

use std::fmt;
use std::marker::PhantomData;

use super::{Declared, Occurrence, OneEnvelopePerContext};
use crate::catalog::Entry;
use crate::http::{Request, Response};
use crate::wire::generated::{Buffer, Probe, Values};
use crate::wire::{Close, Output};
use crate::{Envelope, WsError};

/// A nested error whose type declares a catalog.
pub trait InnerOfDeclared<'a> {
    /// The error.
    fn __ws_inner(&self) -> &'a dyn Occurrence;
}

impl<'a, T: Declared> InnerOfDeclared<'a> for &Probe<'a, T> {
    #[inline]
    fn __ws_inner(&self) -> &'a dyn Occurrence {
        self.0
    }
}

/// One whose type doesn't, which has been said.
pub trait InnerOfNothing<'a> {
    /// Nothing.
    fn __ws_inner(&self) -> &'a dyn Occurrence;
}

impl<'a, T> InnerOfNothing<'a> for Probe<'a, T> {
    fn __ws_inner(&self) -> &'a dyn Occurrence {
        &Nowhere
    }
}

impl Occurrence for Nowhere {
    fn index(&self) -> usize {
        0
    }

    fn values<'v>(&'v self, _: &mut Values<'v>) {}
}

/// A nested error and the context of the enum that nests it: the inner catalog has an envelope for
/// the same context, or for one that this one gives by `AsRef`.
#[allow(missing_debug_implementations)]
pub struct Nest<'a, T, Cx>(pub &'a T, pub &'a Cx);

/// The context of a nested catalog that was found.
#[allow(missing_debug_implementations)]
pub struct Found<T, Cx: ?Sized>(PhantomData<fn(&T, &Cx)>);

/// A type that says where a context is.
pub trait Index {
    /// The index of the context.
    const INDEX: usize;
}

impl<T: OneEnvelopePerContext<Cx>, Cx: ?Sized> Index for Found<T, Cx> {
    const INDEX: usize = T::CONTEXT;
}

/// The index of the context that a probe finds, which is known by its type alone.
pub const fn index_of<T, Cx, I: Index>(_: fn(&T, &Cx) -> (Output, I)) -> usize {
    I::INDEX
}

/// The context is the inner one's.
pub trait SameContext<T, Cx> {
    /// What is sent.
    fn __ws_kept(&self, into: Buffer<'_>) -> (Output, Found<T, Cx>);
}

impl<T: Envelope<Cx> + OneEnvelopePerContext<Cx>, Cx> SameContext<T, Cx> for &&&Nest<'_, T, Cx> {
    #[inline]
    fn __ws_kept(&self, into: Buffer<'_>) -> (Output, Found<T, Cx>) {
        (self.0.__encode(self.1, into), Found(PhantomData))
    }
}

/// The context gives the inner one's.
pub trait ThroughAsRef<T, Cx: ?Sized> {
    /// What is sent.
    fn __ws_kept(&self, into: Buffer<'_>) -> (Output, Found<T, Cx>);
}

impl<T: Envelope<Inner> + OneEnvelopePerContext<Inner>, Cx: AsRef<Inner>, Inner: ?Sized>
    ThroughAsRef<T, Inner> for &&Nest<'_, T, Cx>
{
    #[inline]
    fn __ws_kept(&self, into: Buffer<'_>) -> (Output, Found<T, Inner>) {
        (self.0.__encode(self.1.as_ref(), into), Found(PhantomData))
    }
}

/// Said of a context that does not give another.
#[diagnostic::on_unimplemented(
    message = "the context `{Self}` does not give the context `{Inner}`",
    label = "this catalog has an envelope for `{Inner}`",
    note = "implement `AsRef<{Inner}>` for `{Self}`"
)]
pub trait Gives<Inner: ?Sized> {
    /// The context that is given.
    fn give(&self) -> &Inner;
}

#[diagnostic::do_not_recommend]
impl<Cx: AsRef<Inner>, Inner: ?Sized> Gives<Inner> for Cx {
    fn give(&self) -> &Inner {
        self.as_ref()
    }
}

/// What is sent in a context of the nested catalog that is named.
#[inline]
pub fn through<Inner: ?Sized, T: Envelope<Inner>, Cx: Gives<Inner>>(
    inner: &T,
    cx: &Cx,
    into: Buffer<'_>,
) -> Output {
    inner.__encode(cx.give(), into)
}

/// Said of a catalog that has no envelope for a context in which it is kept as it is.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no envelope for the context `{Cx}`, and none is declared here",
    label = "`transparent` keeps the envelopes of this catalog",
    note = "declare one for it: `envelope({Cx}) = {{ … }}`",
    note = "or name a context that it has: `envelope(Context) = transparent`; one that has more in it gives it by `AsRef<Context>`"
)]
pub trait HasEnvelope<Cx: ?Sized> {}

#[diagnostic::do_not_recommend]
impl<T: OneEnvelopePerContext<Cx>, Cx: ?Sized> HasEnvelope<Cx> for T {}

/// Neither: the bound says so, in our words.
pub trait Neither<T, Cx> {
    /// What would be sent.
    fn __ws_kept(&self, into: Buffer<'_>) -> (Output, Nowhere)
    where
        T: HasEnvelope<Cx>;
}

impl<T: Declared, Cx> Neither<T, Cx> for &Nest<'_, T, Cx> {
    fn __ws_kept(&self, _: Buffer<'_>) -> (Output, Nowhere)
    where
        T: HasEnvelope<Cx>,
    {
        (Output::default(), Nowhere)
    }
}

/// It declares no catalog at all, which has been said.
pub trait NoCatalog {
    /// Nothing.
    fn __ws_kept(&self, _: Buffer<'_>) -> (Output, Nowhere);
}

impl<T, Cx> NoCatalog for Nest<'_, T, Cx> {
    fn __ws_kept(&self, _: Buffer<'_>) -> (Output, Nowhere) {
        (Output::default(), Nowhere)
    }
}

/// No context, and no error.
#[derive(Debug)]
pub struct Nowhere;

impl Index for Nowhere {
    const INDEX: usize = 0;
}

/// An error in a box is that error, as `std::error::Error` has it.
impl<T: WsError> WsError for Box<T> {
    fn catalog() -> &'static crate::catalog::Catalog {
        T::catalog()
    }

    fn findings() -> Vec<String> {
        T::findings()
    }

    fn entry(&self) -> &'static Entry {
        (**self).entry()
    }

    fn close(&self) -> Option<Close> {
        (**self).close()
    }

    fn respond(&self, request: &Request<'_>) -> Response {
        (**self).respond(request)
    }
}

impl<T: Envelope<Cx>, Cx: ?Sized> Envelope<Cx> for Box<T> {
    fn __encode(&self, cx: &Cx, into: Buffer<'_>) -> Output {
        (**self).__encode(cx, into)
    }

    fn context(&self) -> (&'static crate::catalog::Catalog, usize) {
        (**self).context()
    }
}

impl<T, Cx: ?Sized> fmt::Debug for Found<T, Cx> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Found")
    }
}
