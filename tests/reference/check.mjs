// Checks a folder of generated artefacts: node check.mjs DIR
//
//   *.md             markdownlint; MDX 3 without an expression or a tag; links and anchors
//   *.json           the catalog against its published schema
//   *.schema.json    a schema that is strictly valid, and every example frame against it
//   *.asyncapi.json  no error of @asyncapi/parser, and every example against its payload

import { existsSync, readFileSync, readdirSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import asyncapi from "@asyncapi/parser";
import { compile } from "@mdx-js/mdx";
import { Ajv } from "ajv";
import { Ajv2020 } from "ajv/dist/2020.js";
import formats from "ajv-formats";
import GithubSlugger from "github-slugger";
import { main as markdownlint } from "markdownlint-cli2";
import remarkGfm from "remark-gfm";

const here = dirname(fileURLToPath(import.meta.url));
const directory = resolve(process.argv[2] ?? join(here, "../../target/tmp/reference"));
const files = readdirSync(directory).sort();
const failures = [];

const read = (file) => readFileSync(join(directory, file), "utf8");
const ending = (extension) =>
  files.filter(
    (file) => file.endsWith(extension) && file.split(".").length === extension.split(".").length,
  );

/** Runs a check of each file, and says how it went. */
async function each(title, names, check) {
  if (names.length === 0) failures.push(`${title}: no files in ${directory}`);
  for (const name of names) {
    try {
      const said = await check(name);
      console.log(`ok     ${title}: ${name}${said ? ` (${said})` : ""}`);
    } catch (error) {
      failures.push(`${title}: ${name}`);
      console.log(`FAILED ${title}: ${name}\n${error.message ?? error}`);
    }
  }
}

/** Calls back with each node of a tree. */
function visit(node, callback) {
  callback(node);
  for (const child of node.children ?? []) visit(child, callback);
}

const textOf = (node) => node.value ?? (node.children ?? []).map(textOf).join("");

/** Compiles a page as MDX, and finds its links and its anchors. */
async function page(file) {
  const links = [];
  const anchors = new Set();
  const slugger = new GithubSlugger();
  // Front matter is for the site; a site's own plugin takes it off.
  const text = read(file).replace(/^---\n[\s\S]*?\n---\n/, "");
  await compile(text, {
    remarkPlugins: [
      remarkGfm,
      () => (tree) =>
        visit(tree, (node) => {
          if (node.type.startsWith("mdx")) {
            throw new Error(`line ${node.position.start.line}: ${node.type} in plain text`);
          }
          if (node.type === "link") links.push(node.url);
          if (node.type === "heading") anchors.add(slugger.slug(textOf(node)));
        }),
    ],
  });
  return { links, anchors };
}

const pages = ending(".md");
const status = await markdownlint({
  directory,
  argv: pages,
  optionsOverride: JSON.parse(
    readFileSync(join(here, ".markdownlint-cli2.jsonc"), "utf8").replace(/^\s*\/\/.*$/gm, ""),
  ),
  logMessage: () => {},
  logError: (message) => console.log(message),
});
if (status !== 0) failures.push("markdownlint");
console.log(`${status === 0 ? "ok    " : "FAILED"} markdownlint: ${pages.length} pages`);

const known = new Map();
await each("MDX 3", pages, async (file) => {
  known.set(file, await page(file));
});
await each("links", pages, (file) => {
  const { links } = known.get(file) ?? { links: [] };
  for (const link of links) {
    if (/^[a-z]+:/i.test(link)) continue;
    const [path, anchor] = link.split("#");
    const target = path === "" ? file : path;
    if (!existsSync(join(directory, target))) throw new Error(`${link}: no such file`);
    if (anchor !== undefined && !known.get(target)?.anchors.has(decodeURIComponent(anchor))) {
      throw new Error(`${link}: no such anchor`);
    }
  }
  return `${links.length} links`;
});

const published = JSON.parse(
  readFileSync(join(here, "../../ws-errors/src/export/json/schema.json"), "utf8"),
);
const strict = { strict: true, allowUnionTypes: true, strictTuples: false, allErrors: true };

/** Validators that know the formats of Rust's numbers, too. */
function validators(Kind, options = strict) {
  const ajv = new Kind(options);
  formats.default(ajv);
  for (const format of ["uint8", "uint16", "uint32", "uint64", "uint", "int8", "int16", "int"]) {
    ajv.addFormat(format, true);
  }
  return ajv;
}

function valid(validate, value, what) {
  if (!validate(value)) throw new Error(`${what}: ${JSON.stringify(validate.errors, null, 2)}`);
}

/** The value of a frame: its JSON, or its text. */
function valueOf(frame) {
  try {
    return JSON.parse(frame);
  } catch {
    return frame;
  }
}

// The published schema lists keywords for a kind of template beside the alternatives.
const catalog = new Ajv2020({ ...strict, strict: false }).compile(published);
await each("catalog", ending(".json"), (file) => {
  const value = JSON.parse(read(file));
  valid(catalog, value, file);
  return `${value.entries.length} errors`;
});

await each("schema", ending(".schema.json"), (file) => {
  const validate = validators(Ajv2020).compile(JSON.parse(read(file)));
  const { entries } = JSON.parse(read(file.replace(".schema.json", ".json")));
  const frames = entries.flatMap((entry) => entry.examples.map((example) => example.frame));
  for (const frame of frames) valid(validate, valueOf(frame), frame);
  return `${frames.length} frames`;
});

await each("AsyncAPI", ending(".asyncapi.json"), async (file) => {
  const text = read(file);
  const { document, diagnostics } = await new asyncapi.Parser().parse(text);
  const errors = diagnostics.filter((diagnostic) => diagnostic.severity === 0);
  if (errors.length > 0 || document === undefined) throw new Error(JSON.stringify(errors, null, 2));
  const { components } = JSON.parse(text);
  let examples = 0;
  for (const [name, message] of Object.entries(components.messages)) {
    // What stands around a payload is no schema.
    const ajv = validators(Ajv, { ...strict, strict: false });
    const pointer = `#/components/messages/${encodeURIComponent(name)}/payload`;
    for (const { payload } of message.examples ?? []) {
      valid(ajv.compile({ $ref: pointer, components }), payload, name);
      examples += 1;
    }
  }
  const warnings = diagnostics.length;
  return `${examples} examples, ${warnings} remarks`;
});

if (failures.length > 0) {
  console.error(`\n${failures.length} failed:\n${failures.join("\n")}`);
  process.exit(1);
}
