// The pages: markdownlint; MDX 3 without an expression or a tag but for anchors; links, anchors and headings, in the
// source and in the book that mdBook made of it.

import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { posix } from "node:path";
import { fileURLToPath } from "node:url";
import { compile } from "@mdx-js/mdx";
import GithubSlugger from "github-slugger";
import { main as markdownlint } from "markdownlint-cli2";
import remarkGfm from "remark-gfm";
import { each, fail } from "./folder.mjs";

const here = dirname(fileURLToPath(import.meta.url));

export async function checkPages(folder, book) {
  const pages = folder.ending(".md");
  await lint(folder, pages);
  const known = new Map();
  await each("MDX 3", pages, async (file) => {
    known.set(file, await page(folder.read(file)));
  });
  await each("links", pages, (file) => {
    const { links } = known.get(file) ?? { links: [] };
    return { links: follow(file, links, folder, (target) => known.get(target)?.anchors) };
  });
  if (book !== undefined) await checkBook(book, pages, known);
}

async function lint(folder, pages) {
  const said = [];
  const status = await markdownlint({
    directory: folder.directory,
    argv: pages,
    optionsOverride: JSON.parse(
      readFileSync(join(here, ".markdownlint-cli2.jsonc"), "utf8").replace(/^\s*\/\/.*$/gm, ""),
    ),
    logMessage: () => {},
    logError: (message) => said.push(message),
  });
  if (status !== 0) fail("markdownlint", said.join("\n"));
  else console.log(`ok     markdownlint: ${pages.length} files`);
}

/** Calls back with each node of a tree. */
function visit(node, callback) {
  callback(node);
  for (const child of node.children ?? []) visit(child, callback);
}

const textOf = (node) => node.value ?? (node.children ?? []).map(textOf).join("");

/** Compiles a page as MDX, and finds its links and its anchors. */
async function page(source) {
  const links = [];
  const headings = new Set();
  const anchors = new Set();
  const slugger = new GithubSlugger();
  // Front matter is for the site; a site's own plugin takes it off.
  const text = source.replace(/^---\n[\s\S]*?\n---\n/, "");
  await compile(text, {
    remarkPlugins: [
      remarkGfm,
      () => (tree) =>
        visit(tree, (node) => {
          if (isAnchor(node)) anchors.add(node.attributes[0].value);
          else if (node.type.startsWith("mdx")) {
            throw new Error(`line ${node.position.start.line}: ${node.type} in plain text`);
          }
          if (node.type === "link") links.push(node.url);
          if (node.type === "heading") headings.add(slugger.slug(textOf(node)));
        }),
    ],
  });
  return { links, headings, anchors: new Set([...anchors, ...headings]) };
}

/** Whether a node is `<a id="…"></a>`, and nothing more. */
function isAnchor({ type, name, attributes, children }) {
  const [id, ...others] = attributes ?? [];
  const isAlone = others.length === 0 && children?.length === 0;
  return type.startsWith("mdxJsx") && name === "a" && isAlone && id?.name === "id" && typeof id.value === "string";
}

/** Follows links within a folder, and says how many there were. */
function follow(file, links, folder, anchorsOf) {
  const inside = links.filter((link) => !/^[a-z]+:/i.test(link));
  for (const link of inside) {
    const [path, anchor] = link.split("#");
    const target =
      path === "" ? file : posix.join(posix.dirname(file), decodeURIComponent(path));
    if (!folder.has(target)) throw new Error(`${link}: no such file`);
    if (anchor !== undefined && !anchorsOf(target)?.has(decodeURIComponent(anchor))) {
      throw new Error(`${link}: no such anchor`);
    }
  }
  return inside.length;
}

/** The pages of the book: the headings of the source under the same anchors, and no dead link. */
async function checkBook(book, pages, known) {
  const html = (file) => file.replace(/(^|\/)index\.md$/, "$1index.html").replace(/\.md$/, ".html");
  const parsed = new Map(book.ending(".html").map((file) => [file, main(book.read(file))]));
  await each("mdBook", pages.map(html), (file) => {
    const page = parsed.get(file);
    if (page === undefined) throw new Error("no such page");
    const strange = [...page.tags].filter((tag) => !TAGS.has(tag));
    if (strange.length > 0) throw new Error(`has the tags ${strange}, which no text may make`);
    const source = pages.find((name) => html(name) === file);
    const wanted = [...(known.get(source)?.headings ?? [])];
    if (String(wanted.map(undashed)) !== String(page.headings.map(undashed))) {
      throw new Error(`the headings are ${page.headings}\nand not ${wanted}`);
    }
    const links = follow(file, page.links, book, (target) => parsed.get(target)?.anchors);
    return { headings: wanted.length, links };
  });
}

/** Follows the links of every page of a book. */
export async function checkLinks(book) {
  // All pages in one, and what has no links of its own.
  const generated = ["print.html", "404.html", "toc.html"];
  const pages = book.ending(".html").filter((file) => !generated.includes(file));
  const parsed = new Map(pages.map((file) => [file, main(book.read(file))]));
  await each("links", pages, (file) => ({
    links: follow(file, parsed.get(file).links, book, (target) => parsed.get(target)?.anchors),
  }));
}

/** The tags that Markdown makes, and what mdBook puts around a table. */
const TAGS = new Set(
  ("main h1 h2 h3 h4 h5 h6 p a strong em code pre br hr ul ol li blockquote " +
    "div table thead tbody tr th td").split(" "),
);

/** The links, anchors, headings and tags of what a page of the book says. */
function main(text) {
  const start = text.indexOf("<main>");
  const body = text.slice(start, text.indexOf("</main>", start));
  const links = [];
  const anchors = new Set();
  const headings = [];
  const tags = new Set();
  for (const [, name, attributes] of body.matchAll(/<([a-z][a-z0-9]*)((?:\s+[^\s=>]+(?:="[^"]*")?)*)\s*\/?>/gi)) {
    tags.add(name.toLowerCase());
    for (const [, key, value] of attributes.matchAll(/([^\s=]+)="([^"]*)"/g)) {
      if (key === "href" && name === "a") links.push(plain(value));
      if (key === "id") anchors.add(plain(value));
      if (key === "id" && /^h[1-6]$/.test(name)) headings.push(plain(value));
    }
  }
  return { links, anchors, headings, tags };
}

/** mdBook sets two hyphens of a section's title as a dash. In a code they stay what they are. */
const undashed = (anchor) => anchor.replace(/-+/g, "-");

const plain = (value) =>
  value
    .replace(/&#x([0-9a-f]+);/gi, (_, digits) => String.fromCodePoint(parseInt(digits, 16)))
    .replace(/&lt;/g, "<")
    .replace(/&gt;/g, ">")
    .replace(/&quot;/g, '"')
    .replace(/&amp;/g, "&");
