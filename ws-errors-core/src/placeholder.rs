//! Texts with placeholders in braces, as Rust's own formatting writes them.

/// A piece of a text with braces.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Segment {
    /// Characters as they are.
    Literal(String),
    /// What stands between two braces.
    Placeholder(String),
}

/// Cuts a text at its braces; `{{` and `}}` are braces themselves.
///
/// # Errors
/// Says which brace has no other.
pub fn segments(text: &str) -> Result<Vec<Segment>, String> {
    let mut segments = Vec::new();
    let mut literal = String::new();
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            '{' | '}' if characters.peek() == Some(&character) => {
                characters.next();
                literal.push(character);
            }
            '{' => {
                let mut inside = String::new();
                loop {
                    match characters.next() {
                        Some('}') => break,
                        Some('{') | None => {
                            return Err(format!(
                                "`{{{inside}` is not closed; a brace itself is written `{{{{`"
                            ));
                        }
                        Some(character) => inside.push(character),
                    }
                }
                if !literal.is_empty() {
                    segments.push(Segment::Literal(std::mem::take(&mut literal)));
                }
                segments.push(Segment::Placeholder(inside));
            }
            '}' => {
                return Err("a `}` that opens nowhere; a brace itself is written `}}`".to_owned());
            }
            character => literal.push(character),
        }
    }
    if !literal.is_empty() {
        segments.push(Segment::Literal(literal));
    }
    Ok(segments)
}

/// A text as [`segments`] reads it: its braces twice.
pub fn escaped(text: &str) -> String {
    text.replace('{', "{{").replace('}', "}}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_escaped_is_one_literal() {
        for text in ["a {b} c", "{{}}", "}{", "plain"] {
            assert_eq!(segments(&escaped(text)), Ok(vec![Segment::Literal(text.to_owned())]));
        }
    }

    #[test]
    fn a_brace_without_another_is_an_error() {
        for text in ["{a", "a}", "{a{b}}", "{"] {
            assert!(segments(text).is_err(), "{text}");
        }
    }
}
