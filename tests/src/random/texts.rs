//! Texts: tame ones, which can be mistaken for nothing else, and hostile ones.

use super::numbers::Random;

/// What stands between slots somewhere, quotes and escapes, control characters, letters of several
/// bytes and of two UTF-16 units, what JSON and filters write, and constants of envelopes.
const HOSTILE: [&str; 44] = [
    "",
    " ",
    ":",
    ",",
    "#",
    "/",
    " :",
    "; ",
    "\"",
    "\\",
    "\\\"",
    "'",
    "{",
    "}",
    "[",
    "]",
    "<a>",
    "&amp;",
    "&",
    "\r\n",
    "\n",
    "\t",
    "\u{0}",
    "\u{1e}",
    "\u{7f}",
    "\u{85}",
    "\u{2028}",
    "\u{feff}",
    "\u{fffd}",
    "é",
    "日本",
    "🎈",
    "e\u{301}",
    "null",
    "-1",
    "0",
    "true",
    "error",
    "ERR ",
    "__proto__",
    "constructor",
    "$serde_json::private::Number",
    "\\u0041",
    "4003",
];

/// A text. One that is tame has some letters and digits, and is not empty.
pub(super) fn text(random: &mut Random, tame: bool) -> String {
    if tame || random.chance(20) {
        let letters = ["qa", "wz", "vy", "xo", "ju"];
        return format!("{}{}", random.pick(&letters), random.below(90));
    }
    (0..random.below(5)).map(|_| *random.pick(&HOSTILE)).collect()
}

/// What stands between the slots of a string.
pub(super) const LITERALS: [&str; 18] = [
    " ", ":", ",", "#", "/", " :", "; ", "'", "\" ", "<", "> ", "=", "é", "🎈", " - ", "|", "\n",
    "{",
];

/// What texts begin with.
pub(super) const WORDS: [&str; 7] = ["ERR ", "-ERR ", "http://a/b#", "44", "{", "éé", "/"];
