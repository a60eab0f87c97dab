// What a person sees in their language: which one they get, loading it, and what stands in for it.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import {
  explain,
  type Languages,
  loadTranslation,
  lookup,
} from "../../../ws-errors/typescript/index.js";

const CASES = "../../../../../../../ws-errors-core/src/language.cases.txt";

test("a reader gets the same language as in Rust", () => {
  const cases = readFileSync(
    fileURLToPath(new URL(CASES, import.meta.url)),
    "utf8",
  );
  const lines = cases.split("\n").filter((line) => /^[^#]/.test(line));
  assert.ok(lines.length > 10);
  for (const line of lines) {
    const [wanted = "", available = "", expected = ""] = line
      .split("|")
      .map((column) => column.trim());
    const words = (text: string): string[] => text.match(/\S+/g) ?? [];
    assert.deepEqual(
      lookup(wanted.split(/, */), words(available), "en"),
      words(expected),
      line,
    );
  }
});

const texts = {
  user: {
    full: {
      title: "Full",
      message: ["At most ", { field: "limit" }, " fit in {here}."],
      action: "Upgrade",
    },
    gone: { title: "Gone", message: "There is no such room." },
    broken: { title: "Oops", message: "Something broke." },
  },
  fallback: { title: "Oops", message: "Something broke." },
} as const;

const GERMAN = {
  full: {
    title: "Voll",
    message: "Mehr als {limit} passen nicht {{hinein}}.",
    action: "Erweitern",
  },
  gone: { title: "Weg", message: "Diesen Raum gibt es nicht." },
  broken: { title: "Hoppla", message: "Etwas ging schief." },
};

/** What was loaded, and what was reported. */
function watched(de: unknown = { default: GERMAN }) {
  const loaded: string[] = [];
  const reports: string[] = [];
  const load = (tag: string, table: unknown) => () => {
    loaded.push(tag);
    return Promise.resolve(table as { default: typeof GERMAN });
  };
  const languages: Languages<typeof texts.user> = {
    de: load("de", de),
    "de-AT": load("de-AT", {
      gone: { title: "Furt", message: "Den gibt's ned." },
    }),
    fr: load("fr", GERMAN),
  };
  const report = (problem: string): void => void reports.push(problem);
  return { loaded, reports, languages, report };
}

test("the one language is loaded that the reader gets, and shown from there on", async () => {
  const { loaded, reports, languages, report } = watched();
  const german = await loadTranslation(
    texts,
    languages,
    ["nl", "de-CH"],
    report,
  );
  assert.deepEqual(loaded, ["de"]);
  assert.deepEqual(reports, []);
  assert.deepEqual(
    explain({ kind: "full", limit: 7 } as { kind: string }, german),
    {
      title: "Voll",
      message: "Mehr als 7 passen nicht {hinein}.",
      action: "Erweitern",
    },
  );
  assert.equal(explain({ kind: "new" }, german).title, "Hoppla", "all others");
  assert.equal(
    explain({ kind: "gone" }, texts).title,
    "Gone",
    "the source stays",
  );
});

test("a region has its own words, and those of its language for the rest", async () => {
  const { loaded, languages, report } = watched();
  const austrian = await loadTranslation(texts, languages, "de-AT", report);
  assert.deepEqual(loaded, ["de-AT", "de"]);
  assert.equal(explain({ kind: "gone" }, austrian).title, "Furt");
  assert.equal(explain({ kind: "full" }, austrian).title, "Voll");
});

test("the source language is loaded from nowhere", async () => {
  const { loaded, languages, report } = watched();
  for (const wanted of ["en-GB", "nl", "", "__proto__", []]) {
    const source = await loadTranslation(texts, languages, wanted, report);
    assert.equal(explain({ kind: "gone" }, source).title, "Gone");
  }
  assert.deepEqual(loaded, []);
});

test("an error that is not translated, or not wholly, is in the source language, and that is reported once", async () => {
  const { full, gone } = GERMAN;
  for (const [what, de] of Object.entries({
    "no entry": { gone },
    "no action": { full: { title: "Voll", message: "{limit}" }, gone },
    "an empty text": { full: { ...full, title: " " }, gone },
    "a wrong argument": { full: { ...full, title: "{limt}" }, gone },
    "a missing argument": { full: { ...full, message: "Viele." }, gone },
    "an open brace": { full: { ...full, title: "{limit" }, gone },
    "no text": { full: { ...full, title: 7 }, gone },
    "no object": { full: "Voll", gone },
    null: { full: null, gone },
  })) {
    const { reports, languages, report } = watched({
      ...de,
      broken: GERMAN.broken,
    });
    const first = await loadTranslation(texts, languages, "de", report);
    await loadTranslation(texts, languages, "de-DE", report);
    assert.equal(explain({ kind: "full" }, first).title, "Full", what);
    assert.equal(explain({ kind: "gone" }, first).title, "Weg", what);
    assert.deepEqual(
      reports,
      ["de: no translation of full; the source language stands in"],
      what,
    );
  }
});

test("a file that can't be loaded costs its language, and neither an error nor an empty message", async () => {
  for (const table of [null, 7, "de", [], { default: null }]) {
    const { reports, languages, report } = watched(table);
    const german = await loadTranslation(texts, languages, "de", report);
    assert.equal(explain({ kind: "full" }, german).title, "Full");
    assert.equal(explain({ kind: "new" }, german).message, "Something broke.");
    assert.equal(reports.length, 1);
  }
  const { reports, report } = watched();
  const failing = { de: () => Promise.reject(new Error("offline")) };
  const german = await loadTranslation(texts, failing, "de", report);
  assert.equal(explain({ kind: "full" }, german).title, "Full");
  assert.deepEqual(reports, [
    "de: Error: offline; the source language stands in",
  ]);
  // A bundler's table may have less than it says.
  const missing = {} as typeof failing;
  Object.assign(missing, { de: undefined });
  assert.equal(
    explain(
      { kind: "full" },
      await loadTranslation(texts, missing, "de", report),
    ).title,
    "Full",
  );
});

test("a translation has the errors and the parts of the catalog, and no others of another type", () => {
  type Table = Languages<typeof texts.user>;
  const mopped = { mopped: { title: "?" } };
  const seven = { full: { title: 7 } };
  const right: Table = { de: () => Promise.resolve(GERMAN) };
  // @ts-expect-error: an error of another catalog
  const other: Table = { de: () => Promise.resolve(mopped) };
  // @ts-expect-error: a text is a string
  const number: Table = { de: () => Promise.resolve(seven) };
  assert.equal([right, other, number].length, 3);
});
