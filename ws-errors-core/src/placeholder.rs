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

/// What stands between the braces of a text: the name of a field, and the format behind a colon.
///
/// # Errors
/// Says how a placeholder is written.
pub fn field(inside: &str) -> Result<(&str, &str), String> {
    let (name, spec) = inside.split_once(':').unwrap_or((inside, ""));
    let (name, spec) = (name.trim(), spec.trim_end());
    if let Some(field) = name.strip_prefix("self.") {
        return Err(format!(
            "`{{{inside}}}`: in a text a field stands without `self`: `{{{field}}}`"
        ));
    }
    if name.is_empty() {
        return Err(format!(
            "`{{{inside}}}` names no field; write `{{field}}`, or `{{0}}` in a tuple variant"
        ));
    }
    if !name.chars().all(|c| c == '_' || c.is_alphanumeric()) {
        return Err(format!(
            "`{{{inside}}}` is no placeholder: a text takes fields of the variant, `{{field}}`; braces themselves are written `{{{{` and `}}}}`"
        ));
    }
    if spec.contains('$') || spec.contains(".*") {
        return Err(format!(
            "`{{{inside}}}` takes its width from an argument, and a text has none; write a number"
        ));
    }
    match is_format(spec) {
        true => Ok((name, spec)),
        false => Err(format!(
            "`{{{inside}}}`: `{spec}` is no format of Rust's; write one such as `{{{name}:>8}}`, `{{{name}:.2}}` or `{{{name}:?}}`"
        )),
    }
}

/// Whether Rust knows what stands behind the colon:
/// `[[fill]align][sign]['#']['0'][width]['.' precision][type]`.
fn is_format(spec: &str) -> bool {
    let is_align = |c: Option<char>| matches!(c, Some('<' | '^' | '>'));
    let mut rest = spec.chars();
    if is_align(spec.chars().nth(1)) {
        rest.nth(1);
    } else if is_align(spec.chars().next()) {
        rest.next();
    }
    let mut rest = rest.as_str();
    rest = rest.strip_prefix(['+', '-']).unwrap_or(rest);
    rest = rest.strip_prefix('#').unwrap_or(rest);
    let is_number = |digits: &str| digits.parse::<u16>().is_ok();
    let end = |text: &str| text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let (width, mut rest) = rest.split_at(end(rest));
    if let Some(after) = rest.strip_prefix('.') {
        let (precision, after) = after.split_at(end(after));
        if !is_number(precision) {
            return false;
        }
        rest = after;
    }
    (width.is_empty() || is_number(width))
        && ["", "?", "x?", "X?", "x", "X", "o", "b", "e", "E", "p"].contains(&rest)
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

    #[test]
    fn a_format_is_one_of_rusts() {
        for spec in ["", "?", "#?", ">8", "*^8.2", "08.3", "+#010x", "<<4", "x?", "é>3", "e"] {
            assert!(is_format(spec), "{spec}");
        }
        for spec in ["json", "5q", ".", "99999999", ".999999", "??", "xx", ">>>"] {
            assert!(!is_format(spec), "{spec}");
        }
    }
}
