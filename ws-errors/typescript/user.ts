/** What a person sees of an error, known or not, in the language asked for. */

import { lookup } from "./lookup.js";

/** A text; one with members of the error in it as its pieces. */
export type Words = string | readonly (string | { readonly field: string })[];

/** What a person sees. */
export interface Message<W = Words> {
  readonly title: W;
  readonly message: W;
  /** What the button says; absent where there is nothing to do. */
  readonly action?: W;
}

/** Messages of a language, by kind; `$fallback` for all others. */
export type Messages = Readonly<Record<string, Message>>;

/** Where the messages come from. */
export interface Texts<U extends Messages = Messages> {
  /** Those of the generated module, by kind. */
  readonly user?: U;
  /** Its message for all others. */
  readonly fallback?: Message;
  /** Their language; `en` where nothing is said. */
  readonly language?: string;
  /** Those of other languages, by language (`de`, `de-AT`): see {@link loadTranslation}. */
  readonly translations?: Readonly<Record<string, Messages>>;
  /** What the reader reads, where `explain` and `view` are given no languages. */
  readonly wanted?: string | readonly string[];
}

const NOTHING: Message = {
  title: "Something went wrong",
  message: "Please try again later.",
};

export function own<V>(
  record: Readonly<Record<string, V>> | undefined,
  key: string,
): V | undefined {
  const found = Object.getOwnPropertyDescriptor(Object(record), key);
  return found?.value as V | undefined;
}

function say(words: Words, error: object): string {
  if (typeof words === "string") return words;
  return words
    .map((piece) => {
      if (typeof piece === "string") return piece;
      const value = own(error as Record<string, unknown>, piece.field);
      return value && typeof value === "object"
        ? JSON.stringify(value)
        : (value ?? "");
    })
    .join("");
}

/**
 * What a person sees of an error or a close: in the language asked for, else in its language
 * without a region, else as the catalog has it; and a message for everything else, unknown kinds
 * among it.
 */
export function explain(
  error: { readonly kind: string },
  texts: Texts,
  wanted: string | readonly string[] = texts.wanted ?? [],
): Message<string> {
  const { user, fallback, language, translations = {} } = texts;
  const tables = lookup(wanted, Object.keys(translations), language).map(
    (tag) => own(translations, tag),
  );
  const find = (kind: string): Message | undefined => {
    for (const table of tables) {
      const found = own(table, kind);
      if (found) return found;
    }
    return undefined;
  };
  const found =
    find(error.kind) ??
    // The catalog's words for this error are better than any words for all errors.
    own(user, error.kind) ??
    find("$fallback") ??
    fallback ??
    NOTHING;
  const { title, message, action } = found;
  return {
    title: say(title, error),
    message: say(message, error),
    ...(action === undefined ? {} : { action: say(action, error) }),
  };
}
