//! Catalogs inside a catalog: what `transparent` nests.
//!
//! An enum and what it nests are a [`Tree`], which the macro writes. Of that the compiler checks
//! that the entries go together ([`check`]), and the first use makes one catalog of it ([`Joined`]).

pub(crate) mod check;
mod compile;
mod join;
mod out;
mod policies;
mod under;

pub use join::Joined;
pub use under::{
    InnerOfDeclared, InnerOfNothing, Neither, Nest, NoCatalog, SameContext, ThroughAsRef, index_of,
    nested, through, under,
};

use crate::WsError;
use crate::catalog::{Catalog, Node};
use crate::wire::generated::Argument;

/// An enum and the catalogs that it nests.
#[derive(Debug)]
pub struct Tree {
    /// What the enum declares itself.
    pub own: &'static Catalog,
    /// What it nests, in the order of the variants.
    pub nested: &'static [Nested],
    /// The entries of its own that may look like another, by their index.
    pub alike: &'static [usize],
    /// The entries of its own whose `Display` text is not for clients, by their index.
    pub quiet: &'static [usize],
    /// Whether it says what is to be done about close codes that nobody declared.
    pub closes_unknown: bool,
    /// Whether it says what is to be done about codes that nobody declared.
    pub codes_unknown: bool,
}

/// A catalog inside another.
#[derive(Debug)]
pub struct Nested {
    /// The variant.
    pub variant: &'static str,
    /// How many entries of the enum's own come before it.
    pub at: usize,
    /// What is nested.
    pub tree: &'static Tree,
    /// How its entries are encoded in each of the enum's contexts.
    pub ways: &'static [Way],
    /// Constants of the user's own, for entries that don't set them.
    pub constants: &'static [(&'static str, Node)],
    /// The heading for entries that have none.
    pub section: Option<&'static str>,
}

/// How the entries of a nested catalog are encoded in a context.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// They don't exist in it.
    Absent,
    /// As they are in this context of the nested catalog.
    Kept(usize),
    /// In this envelope of the outer one.
    Under(usize),
}

/// Takes the values of an occurrence.
pub type Visit<'v> = &'v mut dyn FnMut(&[Argument<'_>]);

/// An enum that has derived `WsError`, and so can be nested.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no catalog, and `transparent` nests one",
    label = "`transparent` nests the catalog of this type",
    note = "derive `ws_errors::WsError` for it; or take `transparent` away, and give the variant a message of its own: `message = \"…\"`"
)]
pub trait Declared: WsError {
    /// What it declares.
    const TREE: &'static Tree;

    /// Calls `visit` with the values of this occurrence: its fields without sources, as JSON; then
    /// those in its close reason; then those in its message, or its `Display` text where that is the
    /// message and may be sent.
    fn values(&self, visit: Visit<'_>);
}

/// An enum that has an envelope for the context.
pub trait In<Cx: ?Sized> {
    /// The index of the context.
    const CONTEXT: usize;
}

#[diagnostic::do_not_recommend]
impl<T: Declared> Declared for Box<T> {
    const TREE: &'static Tree = T::TREE;

    fn values(&self, visit: Visit<'_>) {
        (**self).values(visit);
    }
}

impl<T: In<Cx>, Cx: ?Sized> In<Cx> for Box<T> {
    const CONTEXT: usize = T::CONTEXT;
}
