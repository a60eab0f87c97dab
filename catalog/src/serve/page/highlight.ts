/** Colours for the few languages that the page shows. */

import { h } from "./dom.ts";

/** What the pieces of a text are, in the order in which they are tried. */
const RUST =
  /(?<comment>\/\/.*)|(?<string>"(?:[^"\\]|\\.)*")|(?<word>\b(?:pub|enum|derive|self|Some|None|true|false)\b)|(?<number>\b\d[\d_]*(?:ms|s|min|h)?\b)|(?<name>\b[a-z_]+(?=[(?]| =))|(?<type>\b[A-Z]\w*)/g;
const JSON_TEXT =
  /(?<name>"(?:[^"\\]|\\.)*"(?=\s*:))|(?<string>"(?:[^"\\]|\\.)*")|(?<number>-?\b\d[\d.eE+-]*\b)|(?<word>\b(?:true|false|null)\b)/g;

function coloured(text: string, pieces: RegExp): DocumentFragment {
  const fragment = document.createDocumentFragment();
  let at = 0;
  for (const match of text.matchAll(pieces)) {
    fragment.append(text.slice(at, match.index));
    const found = Object.entries(match.groups ?? {}).find(([, part]) => part);
    fragment.append(h("span", { class: `is-${found?.[0]}` }, match[0]));
    at = match.index + match[0].length;
  }
  fragment.append(text.slice(at));
  return fragment;
}

/** Rust, its lines as far to the left as they can be. */
export function rust(lines: string): DocumentFragment {
  return coloured(lines.replaceAll("\n    ", "\n"), RUST);
}

/** JSON, and what resembles it. */
export const json = (text: string): DocumentFragment =>
  coloured(text, JSON_TEXT);

/** A value over several lines, an object of the generated module, say. */
export const value = (of: unknown): DocumentFragment =>
  json(JSON.stringify(of, undefined, 2));
