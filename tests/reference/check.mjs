// Checks a folder of generated artefacts, and the book that mdBook made of its pages:
// node check.mjs DIR [BOOK]
//
//   *.md             markdownlint; MDX 3 without an expression or a tag but for anchors; links and anchors, here and
//                    in the book
//   *.json           the catalog against its published schema, and that the book's search finds each of its errors
//   *.schema.json    a schema that is strictly valid, and every example frame against it
//   *.openapi.json   valid OpenAPI 3.1, and every example against its schema
//   *.asyncapi.json  no error of @asyncapi/parser, and every example against its payload

import { resolve } from "node:path";
import { Folder, failures } from "./folder.mjs";
import { checkPages } from "./pages.mjs";
import { checkSchemas } from "./schemas.mjs";
import { checkSearch } from "./search.mjs";

const [directory, book] = process.argv.slice(2);
if (directory === undefined) {
  console.error("usage: node check.mjs DIR [BOOK]");
  process.exit(2);
}
const folder = new Folder(resolve(directory));
const built = book === undefined ? undefined : new Folder(resolve(book));
await checkPages(folder, built);
if (built !== undefined) await checkSearch(built, folder);
await checkSchemas(folder);

if (failures.length > 0) {
  console.error(`\n${failures.length} failed:\n${failures.join("\n")}`);
  process.exit(1);
}
