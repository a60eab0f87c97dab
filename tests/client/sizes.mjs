// What each piece of the runtime weighs: minified by esbuild and gzipped, in bytes. A part is what
// it adds to a client that is there already.

import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const runtime = join(here, "../../ws-errors/typescript");

/** The size of a module that exports these names, and the module. */
export async function size(names, entry = join(runtime, "index.ts")) {
  const result = await build({
    stdin: {
      contents: `export { ${names.join(", ")} } from ${JSON.stringify(entry)}`,
      resolveDir: here,
    },
    bundle: true,
    format: "esm",
    minify: true,
    target: "es2022",
    write: false,
  });
  const [{ contents, text }] = result.outputFiles;
  return { bytes: gzipSync(contents, { level: 9 }).length, text };
}

export const PARTS = [
  ["Breaker"],
  ["StormGuard"],
  ["Lifecycle"],
  ["Liveness"],
  ["Queue"],
  ["Requests", "RequestError"],
  ["Recovery"],
  ["store"],
  ["explain"],
  ["loadTranslation"],
];

/** The most that the core may weigh. */
export const CORE = 2700;

/** The most that `createClient` with all parts may weigh. */
export const EVERYTHING = 5200;

/** All sizes, by name. */
export async function sizes(entry) {
  const core = (await size(["Client"], entry)).bytes;
  const all = { "decide alone": (await size(["decide"], entry)).bytes, core };
  for (const names of PARTS)
    all[`+ ${names[0]}`] =
      (await size(["Client", ...names], entry)).bytes - core;
  all.createClient = (await size(["createClient"], entry)).bytes;
  all["+ view"] =
    (await size(["createClient", "view"], entry)).bytes - all.createClient;
  return all;
}

/** The most that what a frontend needs of metered's module may weigh. */
export const MODULE = 2000;

/** What metered's module weighs: the decoder, the switches and the policies. */
export async function moduleSize() {
  const names = [
    "decode",
    "handle",
    "closed",
    "handleClose",
    "MeteredRetry",
    "MeteredCloses",
    "MeteredCodes",
    "catalog",
  ];
  const module = join(here, "../../catalog/generated/metered.ts");
  return (await size(names, module)).bytes;
}

/** What weighs more than it may, given all sizes. */
export function tooHeavy(all, module) {
  return Object.entries({
    "metered's module": [module, MODULE],
    core: [all.core, CORE],
    createClient: [all.createClient, EVERYTHING],
  })
    .filter(([, [bytes, most]]) => bytes > most)
    .map(([name, [bytes, most]]) => `${name}: ${bytes} bytes, of ${most}`);
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const all = await sizes();
  console.log("bytes, minified and gzipped");
  for (const [name, bytes] of Object.entries(all))
    console.log(`${name.padEnd(18)} ${String(bytes).padStart(5)}`);
  const module = await moduleSize();
  console.log(`${"metered's module".padEnd(18)} ${String(module).padStart(5)}`);
  for (const one of tooHeavy(all, module)) {
    console.error(`FAILED ${one}`);
    process.exitCode = 1;
  }
}
