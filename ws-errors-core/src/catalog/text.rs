//! Texts with fields of the variant in them.

/// A text: constants, and fields of the variant between them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Text(pub &'static [Piece]);

/// A piece of a [`Text`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Piece {
    /// Characters that are always there.
    Literal(&'static str),
    /// A field, as `Display` writes it.
    Field {
        /// The field, by its name in Rust (its index in a tuple variant).
        name: &'static str,
        /// What stands behind the colon of the placeholder; empty where there is none.
        spec: &'static str,
    },
}

impl Text {
    /// The text without anything in it.
    pub const EMPTY: Self = Self(&[]);

    /// The text, where no field is in it.
    pub const fn constant(&self) -> Option<&'static str> {
        match self.0 {
            [] => Some(""),
            [Piece::Literal(text)] => Some(text),
            _ => None,
        }
    }

    /// How many bytes of it are always there.
    pub fn constant_length(&self) -> usize {
        let length = |piece: &Piece| match piece {
            Piece::Literal(text) => text.len(),
            Piece::Field { .. } => 0,
        };
        self.0.iter().map(length).sum()
    }

    /// The fields in it, in order.
    pub fn fields(&self) -> impl Iterator<Item = &'static str> {
        self.0.iter().filter_map(|piece| match piece {
            Piece::Field { name, .. } => Some(*name),
            Piece::Literal(_) => None,
        })
    }
}

/// The text as it is declared, with its placeholders.
impl std::fmt::Display for Text {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for piece in self.0 {
            match piece {
                Piece::Literal(text) => f.write_str(text)?,
                Piece::Field { name, .. } => write!(f, "{{{name}}}")?,
            }
        }
        Ok(())
    }
}
