// Runs the generated modules and the shipped runtime wherever they are said to run, against a real
// server: node everywhere.mjs
//
// Node (22 and newer), Deno and Bun run the TypeScript as it is, Chromium a bundle of it; an older Node
// has no WebSocket, and runs a bundle with that of `ws`. Deno and Bun are npm packages here; what isn't
// installed is skipped, and named. NODE, DENO, BUN and CHROMIUM say
// where another is.

import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import {
  copyFileSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "../..");
const target = process.env.CARGO_TARGET_DIR ?? join(root, "target");
const work = mkdtempSync(join(tmpdir(), "ws-errors-everywhere-"));
const CATALOGS = ["chat", "rooms", "materi", "metered", "instant"];

/** What no server can make a client see as what it is, and what the client sees in its place. */
const OTHERWISE = {
  // A browser says of a handshake that is refused no more than that there is no connection.
  "rooms unsupported_path": "connection_lost",
  // The client itself tells these; the server breaks the connection where it is asked for one.
  "rooms ping_timeout": "connection_lost",
  "materi REFRESH_FAILED": "ABNORMAL_CLOSURE",
  "materi ERROR_STORM": "ABNORMAL_CLOSURE",
};

/** Where npm puts a command. */
const installed = (name) => join(here, "node_modules/.bin", name);

function wrong(rows) {
  if (!Array.isArray(rows)) return [String(rows)];
  const expected = CATALOGS.flatMap((catalog) => {
    const { entries } = JSON.parse(
      readFileSync(join(root, `catalog/generated/${catalog}.json`), "utf8"),
    );
    return entries.map(({ name }) => `${catalog} ${name}`);
  });
  const seen = new Map(
    rows.map(({ catalog, kind, ran }) => [`${catalog} ${kind}`, ran]),
  );
  return expected.flatMap((entry) => {
    const handler = OTHERWISE[entry] ?? entry.split(" ")[1];
    const ran = seen.get(entry);
    return ran?.length === 1 && ran[0] === handler
      ? []
      : [`${entry}: ${ran ?? "not raised"}`];
  });
}

let failed = false;
function tell(title, rows) {
  const problems = wrong(rows);
  if (problems.length > 0) failed = true;
  console.log(
    `${problems.length === 0 ? "ok    " : "FAILED"} ${title}: ${rows.length ?? 0} entries`,
  );
  for (const problem of problems) console.log(`       ${problem}`);
}

async function commandLine(title, command, arguments_) {
  const { stdout } = spawnSync(command, ["--version"], { encoding: "utf8" });
  if (!stdout)
    return console.log(`skipped ${title}: ${command} is not installed`);
  const version = stdout.split("\n")[0];
  const major = Number(/\d+/.exec(version)?.[0]);
  const isOld = title === "Node" && major < 22;
  const run = isOld
    ? [await bundleForOldNode(major)]
    : [...arguments_, join(work, "main.ts")];
  const child = spawn(command, [...run, server], {
    stdio: ["ignore", "pipe", "inherit"],
    timeout: 60_000,
  });
  let said = "";
  for await (const chunk of child.stdout) said += chunk;
  tell(
    `${title} ${version}${isOld ? " with ws" : ""}`,
    said.startsWith("[") ? JSON.parse(said) : said,
  );
}

/** A Node without type stripping and without a WebSocket. */
async function bundleForOldNode(major) {
  const outfile = join(work, "main.mjs");
  symlinkSync(join(here, "node_modules"), join(work, "node_modules"));
  await build({
    entryPoints: [join(work, "main.ts")],
    bundle: true,
    format: "esm",
    platform: "node",
    target: `node${major}`,
    banner: {
      js: 'import * as $ws from "ws";\nglobalThis.WebSocket ??= $ws.WebSocket;',
    },
    outfile,
  });
  return outfile;
}

async function page(command) {
  const { stdout } = spawnSync(command, ["--version"], { encoding: "utf8" });
  if (!stdout)
    return console.log(`skipped Chromium: ${command} is not installed`);
  const bundle = await build({
    entryPoints: [join(work, "page.ts")],
    bundle: true,
    format: "esm",
    target: "es2022",
    write: false,
  });
  let give;
  const report = new Promise((resolve) => {
    give = resolve;
  });
  const http = createServer(async (request, response) => {
    if (request.method === "POST") {
      let body = "";
      for await (const chunk of request) body += chunk;
      give(JSON.parse(body));
      response.end();
    } else if (request.url === "/page.js") {
      response.setHeader("content-type", "text/javascript");
      response.end(bundle.outputFiles[0].text);
    } else {
      response.setHeader("content-type", "text/html");
      response.end(
        '<!doctype html><title>ws-errors</title><script type="module" src="/page.js"></script>',
      );
    }
  });
  http.listen(0, "127.0.0.1");
  await once(http, "listening");
  const browser = spawn(
    command,
    [
      "--headless",
      "--no-sandbox",
      "--disable-gpu",
      "--no-first-run",
      `--user-data-dir=${join(work, "profile")}`,
      `http://127.0.0.1:${http.address().port}/#${server}`,
    ],
    { stdio: "ignore" },
  );
  const late = setTimeout(give, 60_000, "no report within a minute");
  tell(stdout.trim(), await report);
  clearTimeout(late);
  const ended = once(browser, "exit");
  browser.kill();
  await ended;
  http.closeAllConnections();
  http.close();
}

spawnSync(join(root, "tests/build"), { stdio: "inherit" });
const raise = spawn(join(target, "debug/raise"), {
  stdio: ["pipe", "pipe", "inherit"],
});
const [server] = await once(createInterface({ input: raise.stdout }), "line");
try {
  writeFileSync(join(work, "package.json"), '{ "type": "module" }');
  // What `cargo run -p catalog -- export` writes is all that a frontend needs.
  for (const name of ["ws-errors", ...CATALOGS])
    copyFileSync(
      join(root, `catalog/generated/${name}.ts`),
      join(work, `${name}.ts`),
    );
  for (const name of ["session", "main", "page"])
    copyFileSync(join(here, `everywhere/${name}.ts`), join(work, `${name}.ts`));
  await commandLine("Node", process.env.NODE ?? "node", [
    "--experimental-strip-types",
    "--no-warnings",
  ]);
  await commandLine("Deno", process.env.DENO ?? installed("deno"), [
    "run",
    "--quiet",
    "--allow-net",
  ]);
  await commandLine("Bun", process.env.BUN ?? installed("bun"), ["run"]);
  await page(process.env.CHROMIUM ?? "chromium");
} finally {
  raise.stdin.end();
  rmSync(work, { force: true, recursive: true, maxRetries: 5 });
}
process.exit(failed ? 1 : 0);
