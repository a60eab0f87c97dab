//! What the derive writes, unfolded: one catalog of an enum and of what it nests, and the plans by
//! which its errors are written.
//!
//! The macro writes a [`Declaration`]. Of those that nest the compiler [checks](check) names, codes
//! and closes; the first use makes one catalog of all ([`Unfolded`]), and checks the rest.

mod check;
mod encode;
mod join;
mod policies;
mod reader;
mod respond;
mod under;
mod unfold;

use ws_errors_core::facts::Declaration;

#[cfg(feature = "cli")]
pub(crate) use check::listed;
pub use check::{assert_nested, check};
pub use encode::{NO_VALUES, close, encode};
pub use reader::{ReaderOfLocalized, ReaderOfNothing};
pub use respond::respond;
pub use under::{
    InnerOfDeclared, InnerOfNothing, Neither, Nest, NoCatalog, SameContext, ThroughAsRef, index_of,
    through,
};
pub use unfold::Unfolded;

use crate::wire::generated::Values;

/// An enum that has derived `WsError`, and so can be nested.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no catalog, and `transparent` nests one",
    label = "`transparent` nests the catalog of this type",
    note = "derive `ws_errors::WsError` for it; or take `transparent` away, and give the variant a message of its own: `message = \"…\"`"
)]
pub trait Declared: Occurrence {
    /// What it declares.
    const DECLARATION: &'static Declaration;
}

/// An error of such an enum. What is done with one takes it as an object, so that it is compiled here,
/// and not once more in each crate with an enum.
pub trait Occurrence {
    /// The index of its entry in its catalog.
    fn index(&self) -> usize;

    /// Puts its values, in the order that [`ws_errors_core::encoding::values`] says.
    fn values<'v>(&'v self, out: &mut Values<'v>);
}

/// An enum that has an envelope for the context. An alias of a context is that context, and only the
/// compiler knows: what it says then names this trait.
pub trait OneEnvelopePerContext<Cx: ?Sized> {
    /// The index of the context.
    const CONTEXT: usize;
}

#[diagnostic::do_not_recommend]
impl<T: Declared> Declared for Box<T> {
    const DECLARATION: &'static Declaration = T::DECLARATION;
}

/// Generated code takes an error as an object by a reference to a reference: an object of the enum itself
/// has to be able to drop it, and each crate with an enum would compile how, although nothing drops it there.
impl<T: Occurrence + ?Sized> Occurrence for &T {
    fn index(&self) -> usize {
        (**self).index()
    }

    fn values<'v>(&'v self, out: &mut Values<'v>) {
        (**self).values(out);
    }
}

impl<T: Occurrence> Occurrence for Box<T> {
    fn index(&self) -> usize {
        (**self).index()
    }

    fn values<'v>(&'v self, out: &mut Values<'v>) {
        (**self).values(out);
    }
}

impl<T: OneEnvelopePerContext<Cx>, Cx: ?Sized> OneEnvelopePerContext<Cx> for Box<T> {
    const CONTEXT: usize = T::CONTEXT;
}
