//! The lines of the enums, as they are in their files: rustfmt's, which is what these functions rely on.

/// The file of a catalog.
pub(super) fn of(catalog: &str) -> &'static str {
    match catalog {
        "chat" => include_str!("../chat.rs"),
        "rooms" => include_str!("../rooms.rs"),
        "materi" => include_str!("../materi.rs"),
        "metered" => include_str!("../metered.rs"),
        "instant" => include_str!("../instant.rs"),
        _ => "",
    }
}

/// The enum with its documentation and its attributes, up to its first variant.
pub(super) fn head(source: &'static str) -> Option<&'static str> {
    let derive = source.find("WsError)]\n#[ws_error(")?;
    let start = source[..derive].rfind("\n\n")? + 2;
    let end = derive + source[derive..].find("Error {")? + "Error {".len();
    source.get(start..end)
}

/// A variant with its documentation and its attributes. The lines after the first are indented as they
/// are in the file.
pub(super) fn variant(source: &'static str, name: &str) -> Option<&'static str> {
    let body = source.find("WsError)]\n#[ws_error(")?;
    let ends = [",\n", "(", " {\n"].map(|end| format!("\n    {name}{end}"));
    let at = ends.iter().filter_map(|end| source[body..].find(end)).min()? + body + 1;
    // A blank line stands between variants, and the enum's brace before the first.
    let before = &source[..at];
    let start = before.rfind("\n\n").max(before.rfind("Error {\n").map(|at| at + 6))? + 2;
    let line = at + source[at..].find('\n')?;
    let end = match source[..line].ends_with('{') {
        true => at + source[at..].find("\n    },")? + "\n    },".len(),
        false => line,
    };
    source.get(start..end).map(str::trim_start)
}
