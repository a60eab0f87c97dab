//! What a client takes from the module: a reader of frames, and all of it as one value.

use super::layout::{Doc, block, concat, text};
use super::names::{comment, quoted};
use crate::catalog::{Catalog, Format, Guards};
use crate::export::visible::visible_entries;

/// What the frames of a catalog are, as far as a reader has to know it.
struct Frames {
    /// Some are bytes that hold a text.
    bytes: bool,
    /// Some are bytes that only a library, or the application, can unpack.
    packed: bool,
    /// All texts are JSON; then most can be seen not to hold several messages.
    json: bool,
}

impl Frames {
    fn of(catalog: &'static Catalog) -> Self {
        let mut frames = Self { bytes: false, packed: false, json: true };
        let envelopes = visible_entries(catalog).flat_map(|entry| entry.envelopes);
        for envelope in envelopes.filter_map(|(_, index)| catalog.envelopes.get(*index)) {
            match envelope.format {
                Format::Json => {}
                Format::Text => frames.json = false,
                Format::Binary => (frames.bytes, frames.json) = (true, false),
                Format::MessagePack(_) | Format::Cbor(_) | Format::With(_) => frames.packed = true,
            }
        }
        frames
    }
}

const READ: &str = "The error that a frame is, as a socket with the `binaryType` `arraybuffer` gives it; where it\nholds several messages, the errors among them; `undefined` where there is none. It never throws.";
const READER: &str = "Reads frames, as a socket with the `binaryType` `arraybuffer` gives them: the error that one is, or\nthe errors among its messages. `unpack` makes a value of the bytes of a binary frame: a library's\nfunction for MessagePack or CBOR, or the application's own; what it throws is no error of this\ncatalog.";

/// The reader, and the value that has all that a client needs.
pub(super) fn docs(catalog: &'static Catalog, prefix: &str, error: &str, close: &str) -> Vec<Doc> {
    let frames = Frames::of(catalog);
    let gives = format!("{error} | readonly {error}[] | undefined");
    let mut docs = Vec::new();
    let name = if frames.packed { "text" } else { "read" };
    let mut lines = Vec::new();
    if frames.bytes && !frames.packed {
        lines.push("  if (typeof data !== \"string\") return unpacked(data);".to_owned());
    } else if !frames.packed {
        lines.push("  if (typeof data !== \"string\") return undefined;".to_owned());
    }
    lines.push("  const error = parse(data);".to_owned());
    if frames.json {
        lines.push("  if (error !== undefined || !several.test(data)) return error;".to_owned());
    } else {
        lines.push("  if (error !== undefined) return error;".to_owned());
    }
    lines.push("  const errors = parseAll(data);".to_owned());
    lines.push("  return errors.length > 0 ? errors : undefined;".to_owned());
    let parameter = if frames.packed { "data: string" } else { "data: unknown" };
    let exported = if frames.packed { "" } else { "export " };
    let head = format!("{exported}function {name}(");
    docs.push(concat([
        comment(&if frames.packed { Vec::new() } else { vec![READ.to_owned()] }),
        signature(&head, parameter, &gives),
        source(&lines),
    ]));
    if frames.json {
        docs.push(source(&[
            "/** Where a text may hold several messages: an array, or one behind the other. */"
                .into(),
            "const several = /^\\s*\\[|[}\\]][\\0-\\x20]*[[{]/;".into(),
        ]));
    }
    if frames.bytes {
        let unpacked = UNPACKED.replace("{error}", error);
        docs.push(source(&unpacked.lines().map(str::to_owned).collect::<Vec<_>>()));
    }
    if frames.packed {
        docs.push(reader(&gives, frames.bytes));
    }
    docs.push(value(catalog, prefix, error, close, &frames, &gives));
    docs
}

const UNPACKED: &str = "\
/** The error that the text of a binary frame is, or the JSON in it. */
function unpacked(data: unknown): {error} | undefined {
  if (!(data instanceof ArrayBuffer)) return undefined;
  const { TextDecoder } = globalThis as unknown as {
    readonly TextDecoder: new () => { decode(bytes: ArrayBuffer): string };
  };
  const text = new TextDecoder().decode(data);
  const error = decode(text);
  if (error !== undefined) return error;
  try {
    return decode(JSON.parse(text));
  } catch {
    return undefined;
  }
}";

fn reader(gives: &str, bytes: bool) -> Doc {
    let fallback =
        if bytes { "      return found ?? unpacked(data);" } else { "      return found;" };
    let lines = [
        "  return (data) => {",
        "    if (typeof data === \"string\") return text(data);",
        "    if (!(data instanceof ArrayBuffer)) return undefined;",
        "    try {",
        "      const found = decode(unpack(new Uint8Array(data)));",
        fallback,
        "    } catch {",
        "      return undefined;",
        "    }",
        "  };",
    ];
    concat([
        comment(&[READER.to_owned()]),
        text("export function reader("),
        Doc::Hard,
        text("  unpack: (bytes: Uint8Array) => unknown,"),
        Doc::Hard,
        text("): ("),
        Doc::Hard,
        text("  data: unknown,"),
        Doc::Hard,
        text(format!(") => {gives} {{")),
        source(&lines.map(str::to_owned)),
    ])
}

/// A function's head, which prettier breaks where it is too long.
fn signature(head: &str, parameter: &str, gives: &str) -> Doc {
    concat([super::layout::list(head, vec![text(parameter)], ")"), text(format!(": {gives} {{"))])
}

/// Lines of a function's body with the brace behind them, or whole declarations.
fn source(lines: &[String]) -> Doc {
    let is_body = lines.first().is_some_and(|line| line.starts_with(' '));
    let mut docs = Vec::new();
    for (index, line) in lines.iter().enumerate() {
        if is_body || index > 0 {
            docs.push(Doc::Hard);
        }
        docs.push(text(line.clone()));
    }
    if is_body {
        docs.extend([Doc::Hard, text("}")]);
    }
    concat(docs)
}

/// Everything that `createClient` takes of the module.
fn value(
    catalog: &'static Catalog,
    prefix: &str,
    error: &str,
    close: &str,
    frames: &Frames,
    gives: &str,
) -> Doc {
    let mut members: Vec<(&str, Doc, String)> = Vec::new();
    let (read, reads) = match frames.packed {
        true => (text("undefined"), "undefined"),
        false => (
            concat([
                super::layout::list("(", vec![text("data: unknown")], ")"),
                text(" =>"),
                // Where it is too long for the line, it stands on one of its own.
                Doc::Group(Box::new(Doc::Indent(Box::new(concat([Doc::Line, text(gives)]))))),
            ]),
            "read",
        ),
    };
    members.push(("read", read, reads.to_owned()));
    let closed = super::layout::list(
        "(",
        vec![text("code: number"), text("reason: string"), text(format!("last?: {error}"))],
        ")",
    );
    members.push(("closed", concat([closed, text(format!(" => {close}"))]), "closed".to_owned()));
    if catalog.has_http() {
        let ty = super::layout::list("(", vec![text("status: number"), text("body: string")], ")");
        let ty = concat([ty, text(format!(" => {error} | undefined"))]);
        members.push(("parseResponse", ty, "parseResponse".to_owned()));
    }
    let mut constant = |key: &'static str, name: &str| {
        let name = format!("{prefix}{name}");
        members.push((key, text(format!("typeof {name}")), name));
    };
    constant("retry", "Retry");
    constant("closes", "Closes");
    constant("codes", "Codes");
    if catalog.guards != Guards::NONE {
        constant("guards", "Guards");
    }
    if catalog.correlate.is_some() {
        constant("correlate", "Correlate");
    }
    let (types, values): (Vec<Doc>, Vec<Doc>) = members
        .into_iter()
        .map(|(key, ty, value)| {
            let value = if key == value { value } else { format!("{key}: {value}") };
            (concat([text(format!("readonly {key}: ")), ty]), text(value))
        })
        .unzip();
    concat([
        comment(&[format!("All that `createClient` has to know of {}.", quoted(catalog.name))]),
        text("export const catalog: "),
        block("{", types, ";"),
        text(" = "),
        block("{", values, ","),
        text(";"),
    ])
}
