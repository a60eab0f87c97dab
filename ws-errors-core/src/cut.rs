//! Texts that are cut where they are too long.

/// The longest beginning of a text that has at most so many bytes.
#[inline]
pub fn cut(text: &str, bytes: usize) -> &str {
    let mut end = bytes.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

#[cfg(test)]
mod tests {
    use super::cut;

    #[test]
    fn a_text_is_cut_before_the_character_that_has_no_room() {
        let text = "añ€𝒳";
        let cuts: Vec<&str> = (0..12).map(|bytes| cut(text, bytes)).collect();
        assert_eq!(cuts, ["", "a", "a", "añ", "añ", "añ", "añ€", "añ€", "añ€", "añ€", text, text]);
    }
}
