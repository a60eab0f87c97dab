// Checks the guide, and the book that mdBook made of it: node guide.mjs DOCS BOOK
//
// Every page is in the book and short enough to be read, every link and anchor resolves, and what the
// page of compiler messages quotes is what the compiler says in the tests.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { Folder, each, failures } from "./folder.mjs";
import { checkLinks } from "./pages.mjs";

const [directory, book] = process.argv.slice(2);
if (book === undefined) {
  console.error("usage: node guide.mjs DOCS BOOK");
  process.exit(2);
}
const here = dirname(fileURLToPath(import.meta.url));
const docs = new Folder(resolve(directory));
const summary = docs.read("SUMMARY.md");
const pages = docs.ending(".md").filter((page) => page !== "SUMMARY.md");

await each("pages", pages, (page) => {
  const text = docs.read(page);
  const lines = text.trimEnd().split("\n").length;
  assert.ok(lines <= 300, `has ${lines} lines`);
  assert.ok(summary.includes(`(${page})`), "is not in SUMMARY.md");
  assert.match(text, /^# .+\n/, "has no title");
  return { lines };
});
await checkLinks(new Folder(resolve(book)));

const cases = new Folder(join(here, "../ui"));
const said = cases.files
  .filter((file) => file.endsWith(".stderr"))
  .map((file) => readFileSync(join(cases.directory, file), "utf8"))
  .join("\n");
const quoted = [...docs.read("compiler-messages.md").matchAll(/^```text\n(.*?)^```$/gms)];
await each("messages of the compiler", quoted, ([, message]) => {
  const line = message.trim().replaceAll("\n", " ");
  assert.ok(said.includes(line), `nobody says ${line}`);
});

if (failures.length > 0) {
  console.error(`\n${failures.length} failed:\n${failures.join("\n")}`);
  process.exit(1);
}
