//! Names in modules for clients.

use std::collections::BTreeSet;

/// Gives each type a name that no other has.
#[derive(Debug, Clone)]
pub(in crate::export) struct Names(BTreeSet<String>);

impl Names {
    /// No names but those that the language, or the module itself, has.
    pub(in crate::export) fn new(taken: &[&str]) -> Self {
        Self(taken.iter().map(|name| (*name).to_owned()).collect())
    }

    /// Whether a type has the name, or the language.
    pub(in crate::export) fn has(&self, name: &str) -> bool {
        self.0.contains(name)
    }

    /// The name, or where it is taken the name with the word behind it, and at last with a number.
    pub(in crate::export) fn take(&mut self, name: String, word: &str) -> String {
        let candidates = std::iter::once(name.clone())
            .chain(std::iter::once(format!("{name}{word}")))
            .chain((2_usize..).map(|number| format!("{name}{word}{number}")));
        for candidate in candidates {
            if self.0.insert(candidate.clone()) {
                return candidate;
            }
        }
        name
    }
}

/// The words of a name, each with a capital: `user-events` is `UserEvents`.
pub(in crate::export) fn pascal(name: &str) -> String {
    let mut out = String::new();
    for word in name.split(|character: char| !character.is_ascii_alphanumeric()) {
        let mut characters = word.chars();
        out.extend(characters.next().map(|first| first.to_ascii_uppercase()));
        out.push_str(characters.as_str());
    }
    match out.chars().next() {
        None => "Unnamed".to_owned(),
        Some('0'..='9') => format!("_{out}"),
        Some(_) => out,
    }
}

/// Whether a name is one in JavaScript.
pub(in crate::export) fn is_identifier(name: &str) -> bool {
    let is_letter = |character: char| character.is_ascii_alphabetic() || "_$".contains(character);
    name.starts_with(is_letter) && name.chars().all(|c| is_letter(c) || c.is_ascii_digit())
}

/// A string as source text of JavaScript and of Python, in the quotes that need fewer escapes.
pub(in crate::export) fn quoted(text: &str) -> String {
    let count = |quote| text.matches(quote).count();
    let quote = if count('"') > count('\'') { '\'' } else { '"' };
    let mut out = String::from(quote);
    for character in text.chars() {
        match character {
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\u{0}'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{2028}' | '\u{2029}' | '\u{feff}'
            // Characters that change the direction of what is shown around them.
            | '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
                out.push_str(&format!("\\u{:04x}", u32::from(character)));
            }
            _ if character == quote => {
                out.push('\\');
                out.push(quote);
            }
            _ => out.push(character),
        }
    }
    out.push(quote);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_catalogs_name_becomes_the_name_of_a_type() {
        for (name, expected) in [
            ("metered", "Metered"),
            ("user-events", "UserEvents"),
            ("alreadyCamel_case", "AlreadyCamelCase"),
            ("3d", "_3d"),
            ("", "Unnamed"),
        ] {
            assert_eq!(pascal(name), expected);
        }
    }

    #[test]
    fn a_name_that_is_taken_gets_a_word_and_then_a_number() {
        let mut names = Names::new(&["Map"]);
        let taken: Vec<String> = (0..3).map(|_| names.take("Detail".to_owned(), "Data")).collect();
        assert_eq!(taken, ["Detail", "DetailData", "DetailData2"]);
        assert_eq!(names.take("Map".to_owned(), "Entry"), "MapEntry");
    }

    #[test]
    fn nothing_in_a_string_ends_it_or_hides_what_follows() {
        assert_eq!(quoted("a\"b"), r#"'a"b'"#);
        assert_eq!(quoted("a\"b'c"), r#""a\"b'c""#);
        assert_eq!(quoted("\\ \n \u{2028} \u{202e} \0"), r#""\\ \n \u2028 \u202e \u0000""#);
    }
}
