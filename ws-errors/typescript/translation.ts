/** Translations of what a person sees: JSON files, of which one language is loaded at a time. */

import { hostReport } from "./environment.js";
import { lookup } from "./lookup.js";
import {
  type Message,
  type Messages,
  own,
  type Texts,
  type Words,
} from "./user.js";

/** A translation: the texts by the names of the errors, as `de/chat.json` has them. */
export type Translation<U = Messages> = {
  readonly [K in keyof U]?: { readonly [P in keyof U[K]]?: string };
};

/** What loads the translation into each language: `{ de: () => import("./de/chat.json") }`. */
export type Languages<U = Messages> = Readonly<
  Record<
    string,
    () => Promise<Translation<U> | { readonly default: Translation<U> }>
  >
>;

/** What was said of the translations of a table, so that it is said once. */
const reported = new WeakMap<object, Set<string>>();

const fieldsOf = (words: Words): string[] =>
  typeof words === "string"
    ? []
    : words.flatMap((piece) => (typeof piece === "string" ? [] : piece.field));

const PARTS = ["title", "message", "action"] as const;

/** A text with the fields of the source text, and no others than the error's texts have. */
function translatedText(
  text: unknown,
  source: Words,
  known: string[],
): Words | undefined {
  if (typeof text !== "string" || !text.trim()) return undefined;
  const pieces: (string | { readonly field: string })[] = [];
  for (const [piece] of text.matchAll(/\{\{|\}\}|\{[^{}]*\}|[^{}]+|[{}]/g)) {
    const field = piece.length > 2 && piece[0] === "{" && piece.slice(1, -1);
    if (field === false && /^[{}]$/.test(piece)) return undefined;
    if (field !== false && !known.includes(field)) return undefined;
    pieces.push(
      field === false ? piece.replace(/^([{}])\1$/, "$1") : { field },
    );
  }
  const there = fieldsOf(pieces);
  return fieldsOf(source).every((field) => there.includes(field))
    ? pieces
    : undefined;
}

/** An error is translated as a whole, or not at all. */
function translatedMessage(
  source: Message,
  given: unknown,
): Message | undefined {
  const known = PARTS.flatMap((part) => fieldsOf(source[part] ?? ""));
  const all: Record<string, Words> = {};
  for (const part of PARTS) {
    const words = source[part];
    if (words === undefined) continue;
    const translated = translatedText(
      own(given as Record<string, unknown>, part),
      words,
      known,
    );
    if (translated === undefined) return undefined;
    all[part] = translated;
  }
  return all as unknown as Message;
}

/**
 * The texts with those of the reader's language: what `explain` and `view` take then, and show without
 * being asked for a language. `wanted` is what the reader reads, `navigator.languages` in a browser.
 *
 * What can't be loaded, or lacks something, is shown in the source language. That is reported, once for
 * each language; on the console where nothing else is reported.
 */
export async function loadTranslation<U extends Messages>(
  texts: Texts<U>,
  languages: Languages<U>,
  wanted: string | readonly string[],
  report: (problem: string) => void = hostReport,
): Promise<Texts<U>> {
  const { user, fallback, language, translations } = texts;
  const same = JSON.stringify(fallback);
  const loaded: Record<string, Messages> = { ...translations };
  for (const tag of lookup(wanted, Object.keys(languages), language)) {
    const messages: Record<string, Message> = {};
    const missing: string[] = [];
    let problem = "";
    try {
      const module = (await languages[tag]?.()) as Record<string, unknown>;
      const inner = own(module, "default") as { title?: unknown } | undefined;
      const table =
        inner && typeof inner.title !== "string"
          ? (inner as Record<string, unknown>)
          : module;
      for (const [kind, source] of Object.entries<Message>(user ?? {})) {
        const found = translatedMessage(source, own(table, kind));
        if (!found) missing.push(kind);
        else {
          Object.defineProperty(messages, kind, {
            value: found,
            enumerable: true,
          });
          if (JSON.stringify(source) === same)
            Object.assign(messages, { $fallback: found });
        }
      }
      if (missing.length > 0)
        problem = `no translation of ${missing.join(", ")}`;
    } catch (error) {
      problem = String(error);
    }
    loaded[tag] = messages;
    const known = reported.get(languages) ?? new Set();
    reported.set(languages, known);
    if (problem && !known.has(tag)) {
      known.add(tag);
      report(`${tag}: ${problem}; the source language stands in`);
    }
  }
  return { ...texts, translations: loaded, wanted };
}
