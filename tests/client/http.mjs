// The errors over HTTP and at the handshake, with real clients: curl, Node, Node's `ws`, and Chromium.
//
//   node http.mjs           40 handshakes of each kind in the browser
//   node http.mjs --long    500
//
// CHROMIUM says where the browser is.

import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";
import { chromium } from "playwright-core";
import WebSocket from "ws";

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "../..");
const target = process.env.CARGO_TARGET_DIR ?? join(root, "target");
const handshakes = process.argv.includes("--long") ? 500 : 40;
const work = mkdtempSync(join(tmpdir(), "ws-errors-http-"));
let failed = false;

const { status } = spawnSync(join(root, "tests/build"), { stdio: "inherit" });
assert.equal(status, 0, "the server is built");
const shop = join(target, "debug/shop");
mkdirSync(join(work, "generated"));
assert.equal(
  spawnSync(shop, ["export", join(work, "generated")], { stdio: "inherit" })
    .status,
  0,
);

async function check(title, run) {
  try {
    const said = await run();
    console.log(`ok     ${title}${said ? `: ${said}` : ""}`);
  } catch (error) {
    failed = true;
    console.log(`FAILED ${title}\n${error.stack ?? error}`);
  }
}

/** A generated module as JavaScript, and as one that a page takes. */
async function bundle(name, format) {
  const { outputFiles } = await build({
    stdin: {
      contents: `export * as shop from "./shop.ts";
        export * as rooms from "./rooms.ts";
        export * as instant from "./instant.ts";
        export * from "./ws-errors.ts";`,
      resolveDir: join(work, "generated"),
    },
    bundle: true,
    format,
    globalName: "errors",
    outfile: join(work, name),
    write: format === "esm",
  });
  return outputFiles?.[0].text;
}
await bundle("node.mjs", "esm");
const errors = await import(pathToFileURL(join(work, "node.mjs")));
const script = await bundle("page.js", "iife");

const server = spawn(shop, { stdio: ["pipe", "pipe", "inherit"] });
const [line] = await once(createInterface({ input: server.stdout }), "line");
const ports = JSON.parse(line);
const http = (path) => `http://127.0.0.1:${ports.axum}${path}`;
const ws = (library, path) => `ws://127.0.0.1:${ports[library]}${path}`;

function curl(...arguments_) {
  const { stdout, status: code } = spawnSync(
    "curl",
    ["--silent", "--include", "--max-time", "10", ...arguments_],
    { encoding: "utf8" },
  );
  assert.equal(code, 0, `curl ${arguments_.join(" ")}`);
  const [head, body] = stdout.split("\r\n\r\n");
  const [first, ...lines] = head.split("\r\n");
  const headers = Object.fromEntries(
    lines.map((one) => {
      const colon = one.indexOf(":");
      return [one.slice(0, colon).toLowerCase(), one.slice(colon + 1).trim()];
    }),
  );
  return { status: Number(first.split(" ")[1]), headers, body };
}

const HANDSHAKE = [
  ["Connection", "Upgrade"],
  ["Upgrade", "websocket"],
  ["Sec-WebSocket-Version", "13"],
  ["Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ=="],
].flatMap(([name, value]) => ["--header", `${name}: ${value}`]);

await check("curl: I3, a known exception is 400 with type and message", () => {
  const { status, headers, body } = curl(http("/instant/NotFoundError"));
  assert.deepEqual(
    [status, headers["content-type"]],
    [400, "application/json"],
  );
  assert.equal(
    body,
    '{"type":"NotFoundError","message":"The room does not exist any more."}',
  );
});

await check("curl: I3, a wholly unexpected failure is 400 Bad Request", () => {
  const { status, headers, body } = curl(http("/instant/Unhandled"));
  assert.deepEqual([status, body], [400, "Bad Request"]);
  assert.equal(headers["content-type"], "text/plain; charset=utf-8");
});

// What a reader asks for, the language of the answer, and what it says; values are isolated.
const GONE = [
  ["de-CH, en;q=0.5", "de", "Den Raum gibt es nicht mehr."],
  ["nl;q=0.1, fr", "fr", "Ce salon n’existe plus."],
  ["en-GB", "en", "The room does not exist any more."],
  ["nl", "en", "The room does not exist any more."],
];
const exception = (message) => ({ type: "NotFoundError", message });

await check("curl: I5, the message is in the caller's language", () => {
  for (const [asked, language, message] of GONE) {
    const { status, headers, body } = curl(
      "--header",
      `Accept-Language: ${asked}`,
      http("/instant/NotFoundError"),
    );
    assert.deepEqual([status, JSON.parse(body)], [400, exception(message)]);
    assert.equal(headers["content-language"], language);
    assert.equal(headers.vary, "accept-language");
  }
  const { headers, body } = curl(
    "--header",
    "Accept-Language: de",
    http("/instant/Unhandled"),
  );
  assert.equal(body, "Bad Request");
  assert.equal(headers["content-language"], undefined);
});

await check("curl: R4, a path is refused in the caller's language", () => {
  for (const [asked, message] of [
    ["de", "Unter \u2068/nowhere\u2069 gibt es keinen WebSocket"],
    ["fr-CA", "Il n’y a pas de WebSocket à \u2068/nowhere\u2069"],
    ["en", "There is no WebSocket at /nowhere"],
  ]) {
    const header = ["--header", `Accept-Language: ${asked}`];
    const answer = curl(...HANDSHAKE, ...header, http("/nowhere"));
    assert.equal(answer.status, 404);
    const { data } = JSON.parse(answer.body);
    assert.deepEqual(data, { code: "unsupported_path", message });
    assert.equal(answer.headers["content-language"], asked.split("-")[0]);
  }
});

await check("curl: a problem, and a wait in whole seconds, rounded up", () => {
  const { status, headers, body } = curl(http("/exposed/too_many"));
  assert.equal(status, 429);
  assert.equal(headers["content-type"], "application/problem+json");
  assert.equal(headers["retry-after"], "3");
  assert.equal(headers["access-control-expose-headers"], "retry-after");
  assert.equal(JSON.parse(body).retry_after_ms, 2500);
});

await check("curl: R4, an unsupported path is refused at the handshake", () => {
  const { status, body } = curl(...HANDSHAKE, http("/ws/there/is/none"));
  assert.equal(status, 404);
  assert.equal(
    body,
    '{"type":"error","data":{"code":"unsupported_path","message":"There is no WebSocket at /ws/there/is/none"}}',
  );
});

await check("curl: what is no handshake is answered in the envelope", () => {
  const plain = curl(http("/ws/welcome"));
  assert.equal(plain.status, 400);
  assert.equal(JSON.parse(plain.body).code, "bad_handshake");
  const post = curl("--request", "POST", http("/ws/welcome"));
  assert.equal(post.headers["content-type"], "application/problem+json");
});

for (const library of ["axum", "tungstenite"])
  await check(`curl: ${library} answers who asks for it`, () => {
    const url = ws(library, "/ws/forbidden").replace("ws:", "http:");
    const asked = ["--header", "Accept: application/json"];
    const { status, body } = curl(...HANDSHAKE, ...asked, url);
    assert.deepEqual([status, JSON.parse(body).code], [403, "forbidden"]);
    const overloaded = url.replace("forbidden", "overloaded");
    assert.equal(curl(...HANDSHAKE, overloaded).headers["retry-after"], "3");
  });

await check(
  "Node: fetch reads a response as the error that it is",
  async () => {
    const { readResponse, shop: module } = errors;
    const { parseResponse } = module;
    const read = async (path) =>
      readResponse(parseResponse, await fetch(http(path)));
    const { error, retryAfter } = await read("/exposed/too_many");
    assert.deepEqual(
      [error.kind, error.retry_after, retryAfter],
      ["too_many", 2500, 3000],
    );
    assert.equal((await read("/exposed/sold_out")).error.item, "tea");
    assert.equal((await read("/exposed/unhandled")).error.kind, "unhandled");
    assert.equal((await read("/exposed/welcome")).error, undefined);
    const newer = parseResponse(410, '{"type":"x","code":"closed"}');
    assert.equal(newer, undefined, "no problem of this API");
    const unknown =
      '{"type":"https://example.com/reference/shop#closed","title":"Closed","status":410,"code":"closed"}';
    const found = parseResponse(410, unknown);
    assert.deepEqual([found.kind, found.rawCode], ["$unknown", "closed"]);
    const { instant } = errors;
    assert.equal(instant.parseResponse(400, "Bad Request").kind, "Unhandled");
  },
);

/** What a client reads of an exception, in each language. */
async function readInEachLanguage(read) {
  for (const [asked, language, message] of GONE)
    assert.deepEqual(await read([http("/instant/NotFoundError"), asked]), [
      "NotFoundError",
      message,
      language,
    ]);
}

await check("Node: I5, fetch reads the message in its language", () =>
  readInEachLanguage(async ([url, asked]) => {
    const response = await fetch(url, {
      headers: { "accept-language": asked },
    });
    const language = response.headers.get("content-language");
    const { parseResponse } = errors.instant;
    const { error } = await errors.readResponse(parseResponse, response);
    return [error.kind, error.message, language];
  }),
);

/** What a client does with a refusal: its listeners' words, until it comes to rest or acts. */
function follow(library, kind, options = {}) {
  const { createClient, answering, shop: module } = errors;
  const said = [];
  return new Promise((resolve) => {
    const timer = setTimeout(() => finish("timeout"), 10_000);
    const finish = (end) => {
      clearTimeout(timer);
      client.stop();
      resolve([...said, end]);
    };
    const client = createClient(module.catalog, {
      url: ws(library, `/ws/${kind}`),
      socket: answering(WebSocket),
      actions: {
        refresh_token: () => {
          finish("refresh_token");
          return false;
        },
      },
      ...options,
    });
    client.on({
      error: (error) => said.push(error.kind),
      state: ({ state, at }) => {
        if (state === "failed") finish("failed");
        if (state === "waiting" && at)
          finish(Math.round((at - Date.now()) / 100));
      },
    });
    client.start();
  });
}

for (const library of ["axum", "tungstenite"])
  await check(
    `Node's ws: refused by ${library}, the policy applies`,
    async () => {
      assert.deepEqual(await follow(library, "invalid_token"), [
        "invalid_token",
        "refresh_token",
      ]);
      assert.deepEqual(await follow(library, "bad_origin"), [
        "bad_origin",
        "failed",
      ]);
      assert.deepEqual(await follow(library, "forbidden"), [
        "forbidden",
        "failed",
      ]);
      // `after(2500ms)`, with a random part of it more.
      const [error, tenths] = await follow(library, "overloaded");
      assert.equal(error, "overloaded");
      assert.ok(tenths >= 24 && tenths <= 51, `${tenths}`);
    },
  );

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
  ],
});
// Another origin than that of the errors: another port.
const pages = createServer((request, response) => {
  const isScript = request.url === "/page.js";
  response.setHeader(
    "content-type",
    isScript ? "text/javascript" : "text/html",
  );
  response.end(isScript ? script : "<script src=/page.js></script>");
});
pages.listen(0, "127.0.0.1");
await once(pages, "listening");
const page = await browser.newPage();
await page.goto(`http://127.0.0.1:${pages.address().port}/`);

await check("Chromium: a page of another origin reads an error", async () => {
  const read = (url) =>
    page.evaluate(async (url) => {
      const { readResponse, shop: module } = globalThis.errors;
      const { error, retryAfter } = await readResponse(
        module.parseResponse,
        await fetch(url),
      );
      return [error.kind, error.retry_after, retryAfter];
    }, url);
  assert.deepEqual(await read(http("/exposed/too_many")), [
    "too_many",
    2500,
    3000,
  ]);
  // The same without the header: the body is read, `Retry-After` is hidden.
  const [kind, inBody, hidden] = await read(http("/hidden/too_many"));
  assert.deepEqual(
    [kind, inBody, hidden ?? undefined],
    ["too_many", 2500, undefined],
  );
});

await check("Chromium: I5, a page of another origin reads its language", () =>
  readInEachLanguage((arguments_) =>
    page.evaluate(async ([url, asked]) => {
      // A page may set this header of any request, and read that of any answer.
      const response = await fetch(url, {
        headers: { "accept-language": asked },
      });
      const language = response.headers.get("content-language");
      const { readResponse, instant } = globalThis.errors;
      const { error } = await readResponse(instant.parseResponse, response);
      return [error.kind, error.message, language];
    }, arguments_),
  ),
);

await check("Chromium: I5, what a browser asks for by itself", async () => {
  const context = await browser.newContext({ locale: "fr-CA" });
  const page = await context.newPage();
  await page.goto(`http://127.0.0.1:${pages.address().port}/`);
  const message = await page.evaluate(async (url) => {
    const response = await fetch(url);
    return (await response.json()).message;
  }, http("/instant/NotFoundError"));
  assert.equal(message, GONE[1][2]);
  await context.close();
});

/** What pages see that send as soon as they are open, of so many sockets, 20 at a time. */
function open(url, count, protocols = []) {
  return page.evaluate(
    async ([url, count, protocols]) => {
      const one = () =>
        new Promise((resolve) => {
          const seen = { message: "", code: 0, reason: "" };
          const socket = new WebSocket(url, protocols);
          socket.onopen = () => {
            for (let i = 0; i < 8; i++) socket.send("x".repeat(4096));
          };
          socket.onmessage = ({ data }) => {
            seen.message = data;
          };
          socket.onclose = ({ code, reason }) =>
            resolve({ ...seen, code, reason });
        });
      const all = [];
      while (all.length < count)
        all.push(
          ...(await Promise.all(
            Array.from({ length: Math.min(20, count - all.length) }, one),
          )),
        );
      return all;
    },
    [url, count, protocols],
  );
}

const MESSAGE =
  '{"code":"forbidden","message":"Not allowed","details":{"shop":"tea"}}';
const saw = ({ message, code, reason }) =>
  message === MESSAGE && code === 4403 && reason === "forbidden";

for (const library of ["axum", "tungstenite"]) {
  await check(
    `Chromium: refused by ${library}, message and close arrive`,
    async () => {
      const all = await open(ws(library, "/ws/forbidden"), handshakes);
      const lost = all.filter((one) => !saw(one));
      assert.deepEqual(lost, []);
      return `${all.length} of ${all.length}`;
    },
  );
  await check(
    `Chromium: the same of ${library} as people write it`,
    async () => {
      const all = await open(
        ws(`naive_${library}`, "/ws/forbidden"),
        handshakes,
      );
      return `${all.filter(saw).length} of ${all.length} see message and close`;
    },
  );
  await check(
    `Chromium: refused by ${library} with a subprotocol`,
    async () => {
      const [one] = await open(ws(library, "/ws/forbidden"), 1, [
        "shop.v2",
        "shop.v1",
      ]);
      assert.ok(saw(one), JSON.stringify(one));
    },
  );
  await check(
    `Chromium: what ${library} must not accept is 1006 to a page`,
    async () => {
      const [one] = await open(ws(library, "/ws/overloaded"), 1);
      assert.deepEqual(one, { message: "", code: 1006, reason: "" });
    },
  );
  await check(
    `Chromium: a soft error of ${library} is closed behind it`,
    async () => {
      const [never] = await open(ws(library, "/ws/sold_out"), 1);
      assert.deepEqual([never.code, never.reason], [1008, "sold_out"]);
      const [later] = await open(ws(library, "/ws/too_many"), 1);
      assert.deepEqual([later.code, later.reason], [1013, "too_many"]);
      assert.equal(JSON.parse(later.message).code, "too_many");
    },
  );
}

await browser.close();
pages.close();
server.stdin.end();
await once(server, "exit");
rmSync(work, { recursive: true, force: true });
process.exitCode = failed ? 1 : 0;
