// Pages around `createClient` in a real browser, with a real server behind a network that fails:
// node browser.mjs [FOLDER], which gets the screenshots.
//
// CHROMIUM says where the browser is.

import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
} from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { chromium } from "playwright-core";
import { Proxy } from "./proxy.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "../..");
const target = process.env.CARGO_TARGET_DIR ?? join(root, "target");
const screenshots = process.argv[2];
if (screenshots) mkdirSync(screenshots, { recursive: true });
const work = mkdtempSync(join(tmpdir(), "ws-errors-browser-"));
let failed = false;

spawnSync(join(root, "tests/build"), { stdio: "inherit" });

/** The server of the catalogs in Rust. */
async function serve() {
  const child = spawn(join(target, "debug/raise"), {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const lines = createInterface({ input: child.stdout });
  const [url] = await once(lines, "line");
  const ended = once(child, "exit");
  return {
    port: Number(new URL(url).port),
    kill: async () => {
      child.kill("SIGKILL");
      await ended;
    },
  };
}

async function bundle(name, file) {
  for (const one of ["materi", "ws-errors"])
    copyFileSync(
      join(root, `catalog/generated/${one}.ts`),
      join(work, `${one}.ts`),
    );
  copyFileSync(join(here, "page", file), join(work, file));
  const { outputFiles } = await build({
    entryPoints: [join(work, file)],
    bundle: true,
    format: "esm",
    jsx: "automatic",
    minify: true,
    define: {
      "process.env.NODE_ENV": '"development"',
      __VUE_OPTIONS_API__: "true",
      __VUE_PROD_DEVTOOLS__: "false",
      __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: "false",
    },
    nodePaths: [join(here, "node_modules")],
    write: false,
  });
  return [`/${name}.js`, outputFiles[0].text];
}

const style =
  "body{font:16px sans-serif;margin:2em}p{border:1px solid #bbb;padding:1em}";
const scripts = new Map([
  await bundle("react", "react.ts"),
  await bundle("vue", "vue.ts"),
]);
const http = createServer(({ url }, response) => {
  const script = scripts.get(url);
  if (script) {
    response.setHeader("content-type", "text/javascript");
    response.end(script);
  } else if (url === "/token") {
    // The path at which the server talks.
    response.end("");
  } else if (url === "/empty") {
    response.setHeader("content-type", "text/html");
    response.end("<!doctype html><title>empty</title>");
  } else {
    response.setHeader("content-type", "text/html");
    response.end(
      `<!doctype html><title>ws-errors</title><style>${style}</style><script type="module" src="${url}.js"></script>`,
    );
  }
});
http.listen(0, "127.0.0.1");
await once(http, "listening");
const origin = `http://127.0.0.1:${http.address().port}`;

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic"],
  // A page that is left is kept, as it is for people.
  ignoreDefaultArgs: ["--disable-back-forward-cache"],
});

/** A page, its network, and its server. */
async function open(name) {
  const server = await serve();
  const proxy = await Proxy.start();
  proxy.target = server.port;
  const context = await browser.newContext();
  const page = await context.newPage();
  const errors = [];
  const tokens = [];
  page.on("request", (request) => {
    if (request.url() === `${origin}/token`) tokens.push(request);
  });
  page.on("pageerror", (error) => errors.push(String(error)));
  page.on("console", (message) => {
    if (message.type() === "error") errors.push(message.text());
  });
  await page.goto(`${origin}/${name}#${proxy.url}`);
  const shows = (text, timeout = 10_000) =>
    page
      .getByRole("status")
      .filter({ hasText: text })
      .nth(1)
      .waitFor({ timeout });
  const shot = async (what) => {
    if (screenshots)
      await page.screenshot({ path: join(screenshots, `${name}-${what}.png`) });
  };
  const click = (button) =>
    page.getByRole("button", { name: button, exact: true }).first().click();
  async function close() {
    await context.close();
    proxy.stop();
    await this.server.kill();
  }
  const all = { context, page, proxy, tokens, errors, shows, shot, click };
  return { ...all, server, close };
}

async function test(title, run) {
  const start = performance.now();
  try {
    await run();
    const seconds = ((performance.now() - start) / 1000).toFixed(1);
    console.log(`ok     ${title} (${seconds} s)`);
  } catch (error) {
    failed = true;
    console.log(`FAILED ${title}\n${error.stack ?? error}`);
  }
}

/** Until it holds, at most so long. */
async function until(holds, what, ms = 10_000) {
  const end = performance.now() + ms;
  while (!holds()) {
    if (performance.now() > end) throw new Error(`${what} within ${ms} ms`);
    await new Promise((resume) => setTimeout(resume, 10));
  }
}

const react = async () => {
  const one = await open("react");
  const { page, proxy, shows, shot, click } = one;
  await test("React: a token is refreshed, and two components in StrictMode share one connection", async () => {
    // One that was accepted and closed, and one that stays.
    await until(() => proxy.made === 2 && proxy.open === 1, "a second one");
    await shows("open");
    assert.equal(one.tokens.length, 1);
    assert.equal(proxy.made, 2);
    await shot("open");
  });
  await test("React: an error is shown to a person, until they have seen it", async () => {
    await click("Edit");
    await shows("Access Denied");
    await shot("error");
    await click("Request Access");
    await shows("open");
    await page.getByText("Access Denied").first().waitFor({ state: "hidden" });
  });
  await test("React: the server is restarted", async () => {
    proxy.target = undefined;
    await one.server.kill();
    await shows("waiting");
    await shot("waiting");
    one.server = await serve();
    proxy.target = one.server.port;
    await shows("open", 40_000);
    assert.equal(proxy.open, 1);
  });
  await test("React: a connection that went black is noticed within 5 s, and there is another", async () => {
    const { made } = proxy;
    const start = performance.now();
    proxy.goBlack();
    await until(() => proxy.made > made, "another connection", 9000);
    const took = performance.now() - start;
    // 3 s of silence and 2 s for an answer; then up to 2 s until the next connection.
    assert.ok(took > 1500 && took < 8000, `${took} ms`);
    await shows("open");
  });
  await test("React: a page that is left gives its connection back, and has another when it is shown again", async () => {
    await page.evaluate(() => {
      globalThis.addEventListener("pageshow", ({ persisted }) => {
        globalThis.wasKept = persisted;
      });
    });
    await page.goto(`${origin}/empty`);
    await until(() => proxy.open === 0, "no connection");
    await page.goBack({ waitUntil: "commit" });
    await shows("open");
    assert.equal(proxy.open, 1);
    const wasKept = await page.evaluate(() => globalThis.wasKept);
    console.log(`       the page was ${wasKept ? "" : "not "}kept`);
    if (!wasKept) await page.getByText("open").first().waitFor();
  });
  await test("React: a page that is told that it freezes gives its connection back, and has another when it wakes", async () => {
    // A browser without a window freezes no page by itself.
    const tell = (type) =>
      page.evaluate((type) => document.dispatchEvent(new Event(type)), type);
    await tell("freeze");
    await until(() => proxy.open === 0, "no connection");
    await tell("resume");
    await shows("open");
    assert.equal(proxy.open, 1);
  });
  await test("React: what ends for good says why", async () => {
    await click("Leave");
    await shows("Removed");
    await shot("failed");
    assert.equal(proxy.open, 0);
  });
  await test("React: after unmounting there is no connection", async () => {
    const before = proxy.made;
    await page.reload();
    await until(() => proxy.made === before + 2, "a second one");
    await shows("open");
    await click("Unmount");
    await until(() => proxy.open === 0, "no connection");
    const { made } = proxy;
    await new Promise((resume) => setTimeout(resume, 500));
    assert.equal(proxy.made, made);
    const own = one.errors.filter((text) => !/WebSocket connection/.test(text));
    assert.deepEqual(own, []);
  });
  await one.close();
};

const offline = async () => {
  const one = await open("react");
  await test("React: a minute offline", async () => {
    const { context, proxy, shows, shot } = one;
    await until(() => proxy.made === 2 && proxy.open === 1, "a second one");
    await shows("open");
    await context.setOffline(true);
    proxy.cut();
    await shows("waiting");
    const { made } = proxy;
    await new Promise((resume) => setTimeout(resume, 60_000));
    assert.equal(proxy.made, made, "nothing is tried");
    await shot("offline");
    await context.setOffline(false);
    await shows("open", 3000);
    assert.equal(proxy.open, 1);
  });
  await one.close();
};

const vue = async () => {
  const one = await open("vue");
  await test("Vue: two components share one connection, an error is shown, and after unmounting there is none", async () => {
    const { proxy, shows, shot, click } = one;
    await shows("open");
    assert.equal(proxy.made, 1);
    await click("Edit");
    await shows("Access Denied");
    await shot("error");
    await click("Unmount");
    await until(() => proxy.open === 0, "no connection");
    assert.deepEqual(one.errors, []);
  });
  await one.close();
};

try {
  await test("the React page has at most 30 lines", () => {
    const page = readFileSync(join(here, "page/react.ts"), "utf8");
    const { length } = page.trim().split("\n");
    assert.ok(length <= 30, `${length} lines`);
    for (const line of page.split("\n")) assert.ok(line.length <= 160, line);
  });
  await Promise.all([offline(), react().then(vue)]);
} finally {
  await browser.close();
  http.closeAllConnections();
  http.close();
  rmSync(work, { force: true, recursive: true, maxRetries: 5 });
}
process.exit(failed ? 1 : 0);
