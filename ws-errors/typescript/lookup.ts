/** Which of the languages that there are a reader gets. */

/** A language tag, and what is left of it when its subtags go from the end. */
function* truncations(tag: string): Generator<string> {
  // A single letter introduces other subtags, and goes with them.
  for (let rest = tag; rest; rest = rest.replace(/(-[^-])*(^|-)[^-]*$/, ""))
    yield rest;
}

/**
 * The languages in which a reader is to get a text, the first in which there is one; after them the
 * source language, which has no file. The first language of the reader that matches decides, by
 * the lookup of RFC 4647; what it lacks is in the source language, and not in one that the reader
 * wants less.
 */
export function lookup(
  wanted: string | readonly string[],
  available: readonly string[],
  source = "en",
): string[] {
  const isIt = (tag: string) => (other: string) =>
    other.toLowerCase() === tag.toLowerCase();
  for (const range of typeof wanted === "string" ? [wanted] : wanted) {
    const found: string[] = [];
    for (const tag of truncations(range)) {
      if (isIt(tag)(source)) return found;
      const there = available.find(isIt(tag));
      if (there !== undefined) found.push(there);
    }
    if (found.length > 0) return found;
  }
  return [];
}
