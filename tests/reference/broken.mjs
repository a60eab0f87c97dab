// Shows that each check can fail: node broken.mjs DIR BOOK, where BOOK is the program that builds one.
//
// A copy of DIR is broken in several places, each in a file of its own, and the checks have to name
// those files and no others.

import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const [from, builder] = process.argv.slice(2).map((path) => resolve(path));
if (builder === undefined) {
  console.error("usage: node broken.mjs DIR BOOK");
  process.exit(2);
}

const json = (change) => (content) => {
  const value = JSON.parse(content);
  change(value);
  return JSON.stringify(value);
};

/** What is broken, and which checks have to say so. */
const breaks = [
  ["chat.md", (page) => page.replace("](#", "](#no-"), ["links", "mdBook"]],
  ["rooms.md", (page) => `${page}\n[gone](gone.md)\n`, ["links", "mdBook"]],
  ["materi.md", (page) => `${page}\nAn {expression}.\n`, ["MDX 3", "mdBook"]],
  ["instant.md", (page) => `${page}\n<script>alert(1)</script>\n`, ["MDX 3", "mdBook"]],
  ["metered.md", (page) => `${page}\n\n\nToo much space.\n`, ["markdownlint"]],
  // An error that the pages don't have, which no search finds.
  ["metered.json", json((it) => (it.entries[0].docs = "Xylophones.")), ["search"]],
  ["chat.json", json((it) => (it.entries[0].retry.kind = "sometimes")), ["catalog"]],
  ["rooms.schema.json", (it) => it.replace('"const": 4003', '"const": 4999'), ["schema"]],
  ["materi.schema.json", json((it) => (it.newKeyword = 1)), ["schema"]],
  ["metered.asyncapi.json", json((it) => delete it.info), ["AsyncAPI"]],
  [
    "instant.asyncapi.json",
    json((it) => (Object.values(it.components.messages)[0].examples[0].payload = 7)),
    ["AsyncAPI"],
  ],
  ["instant.openapi.json", json((it) => delete it.info.version), ["OpenAPI"]],
  [
    "rooms.openapi.json",
    json((it) => {
      const [response] = Object.values(it.components.responses);
      Object.values(response.content["application/json"].examples)[0].value = 7;
    }),
    ["OpenAPI"],
  ],
];

const work = mkdtempSync(join(tmpdir(), "ws-errors-broken-"));
try {
  const folder = join(work, "pages");
  cpSync(from, folder, { recursive: true });
  for (const [file, change] of breaks) {
    const whole = readFileSync(join(folder, file), "utf8");
    const broken = change(whole);
    if (broken === whole) throw new Error(`${file} was not broken`);
    writeFileSync(join(folder, file), broken);
  }
  spawnSync(builder, [folder, join(work, "book")], { stdio: "ignore" });
  const checked = spawnSync(
    process.execPath,
    [join(here, "check.mjs"), folder, join(work, "book/book")],
    { encoding: "utf8" },
  );
  const wanted = breaks.flatMap(([file, , checks]) =>
    checks.map((check) => {
      if (check === "markdownlint") return check;
      return `${check}: ${check === "mdBook" ? file.replace(".md", ".html") : file}`;
    }),
  );
  // What does not compile has no anchors for the index to lead to.
  wanted.push("links: index.md");
  const found = checked.stderr.split("\n").filter((line) => wanted.includes(line));
  const others = checked.stderr.split("\n").slice(2, -1).filter((line) => !wanted.includes(line));
  const missing = wanted.filter((line) => !found.includes(line));
  if (checked.status !== 1 || missing.length > 0 || others.length > 0) {
    console.error(`${checked.stdout}\nstatus ${checked.status}`);
    console.error(`not found: ${missing.join("; ")}\nfound besides: ${others.join("; ")}`);
    process.exitCode = 1;
  } else {
    console.log(`${breaks.length} broken files were found by ${wanted.length} checks, and no other`);
  }
} finally {
  rmSync(work, { recursive: true, force: true });
}
