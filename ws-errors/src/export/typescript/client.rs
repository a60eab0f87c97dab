//! What a client takes from the module: a reader of frames, and all of it as one value.

use super::layout::{Doc, block, concat, group, indent, lines, list, text};
use super::names::{documented, quoted};
use super::statements::{exported, function};
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
const READER: &str = "Reads frames, as a socket with the `binaryType` `arraybuffer` gives them: the error that one is, or\nthe errors among its messages. `unpack` makes a value of the bytes of a binary frame: a library's\nfunction for MessagePack or CBOR, or the application's own. It gets the bytes that stand before\nthose, too, and skips them; what it throws is no error of this catalog.";

const SEVERAL: &str = "\
/** Where a text may hold several messages: an array, or one behind the other. */
const several = /^\\s*\\[|[}\\]][\\0-\\x20]*[[{]/;";

const UNPACKED: &str = "\
/** The error that the text of a binary frame is, or the JSON in it. */
function unpacked(data: unknown): $Error | undefined {
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

const READER_SOURCE: &str = "\
export function reader(
  unpack: (bytes: Uint8Array) => unknown,
): $Type {
  return (data) => {
    if (typeof data === \"string\") return text(data);
    if (!(data instanceof ArrayBuffer)) return undefined;
    try {
      const found = decode(unpack(new Uint8Array(data)));
      return $found;
    } catch {
      return undefined;
    }
  };
}";

/// The reader, and the value that has all that a client needs.
pub(super) fn docs(catalog: &'static Catalog, prefix: &str, error: &str, close: &str) -> Vec<Doc> {
    let frames = Frames::of(catalog);
    let gives = format!("{error} | readonly {error}[] | undefined");
    let mut read = Vec::new();
    if !frames.packed {
        let found = if frames.bytes { "unpacked(data)" } else { "undefined" };
        read.push(format!("if (typeof data !== \"string\") return {found};"));
    }
    let is_one = if frames.json { " || !several.test(data)" } else { "" };
    read.push("const error = parse(data);".to_owned());
    read.push(format!("if (error !== undefined{is_one}) return error;"));
    read.push("const errors = parseAll(data);".to_owned());
    read.push("return errors.length > 0 ? errors : undefined;".to_owned());
    let read = read.into_iter().map(text).collect();
    let mut docs = vec![match frames.packed {
        true => function("text", &["data: string"], &gives, read),
        false => documented(READ, exported("read", &["data: unknown"], &gives, read)),
    }];
    if frames.json {
        docs.push(lines(SEVERAL));
    }
    if frames.bytes {
        docs.push(lines(&UNPACKED.replace("$Error", error)));
    }
    if frames.packed {
        let found = if frames.bytes { "found ?? unpacked(data)" } else { "found" };
        let (head, body) = READER_SOURCE.split_once("$Type").unwrap_or_default();
        let of = concat([list("(", vec![text("data: unknown")], ")"), text(" => "), text(&*gives)]);
        let body = lines(&body.replace("$found", found));
        docs.push(documented(READER, concat([lines(head), of, body])));
    }
    docs.push(value(catalog, prefix, error, close, &frames, &gives));
    docs
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
                list("(", vec![text("data: unknown")], ")"),
                text(" =>"),
                // Where it is too long for the line, it stands on one of its own.
                group(indent(concat([Doc::Line, text(gives)]))),
            ]),
            "read",
        ),
    };
    members.push(("read", read, reads.to_owned()));
    let closed = list(
        "(",
        vec![text("code: number"), text("reason: string"), text(format!("last?: {error}"))],
        ")",
    );
    members.push(("closed", concat([closed, text(format!(" => {close}"))]), "closed".to_owned()));
    if catalog.has_http() {
        let ty = list("(", vec![text("status: number"), text("body: string")], ")");
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
    let types = block("{", types, ";");
    let value =
        [text("export const catalog: "), types, text(" = "), block("{", values, ","), text(";")];
    let docs = format!("All that `createClient` has to know of {}.", quoted(catalog.name));
    documented(&docs, concat(value))
}
