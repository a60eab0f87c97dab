// What the compilers say about code that uses the runtime.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import { PARTS, size } from "./sizes.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const compilers = {
  "TypeScript 7": join(here, "node_modules/typescript/bin/tsc"),
  "TypeScript 5.9": join(here, "node_modules/typescript-5.9/bin/tsc"),
};
const work = mkdtempSync(join(here, "node_modules/.types-"));
after(() => {
  rmSync(work, { force: true, recursive: true });
});

function compile(compiler, source, options = {}) {
  writeFileSync(join(work, "page.ts"), source);
  const config = {
    extends: join(here, "tsconfig.json"),
    compilerOptions: {
      noEmit: true,
      skipLibCheck: true,
      lib: ["ES2022", "DOM"],
      types: [],
      ...options,
    },
    files: [join(work, "page.ts")],
    include: [],
  };
  writeFileSync(join(work, "tsconfig.json"), JSON.stringify(config));
  const { status, stdout } = spawnSync(
    process.execPath,
    [compiler, "-p", work],
    {
      encoding: "utf8",
    },
  );
  return { status, stdout };
}

const runtime = "../../../../ws-errors/typescript/index.js";
const materi = "../../../../catalog/generated/materi.js";
const metered = "../../../../catalog/generated/metered.js";
const page = (actions) => `
import { createClient } from "${runtime}";
import { catalog } from "${materi}";
const actions = { ${actions} };
export const client: { start(): void } = createClient(catalog, {
  url: new URL("wss://example.org/"),
  socket: (url, protocols) => new WebSocket(url, protocols),
  actions,
});
client.start();
`;
const ALL =
  "login: () => {}, refresh_token: async () => {}, sync: () => fetch('/document')";

for (const [name, compiler] of Object.entries(compilers)) {
  test(`${name}: a page that acts wherever a policy says so compiles, with a browser's own WebSocket`, () => {
    const { status, stdout } = compile(compiler, page(ALL), {
      noUnusedLocals: false,
    });
    assert.equal(status, 0, stdout);
  });

  test(`${name}: an action that is missing is an error that names it`, () => {
    for (const missing of ["login", "refresh_token", "sync"]) {
      const actions = ALL.split(", ").filter((one) => !one.startsWith(missing));
      const { status, stdout } = compile(compiler, page(actions.join(", ")), {
        noUnusedLocals: false,
      });
      assert.notEqual(status, 0);
      assert.match(stdout, new RegExp(`'?${missing}'? is missing in type`));
      assert.equal(stdout.match(/error TS/g).length, 1, stdout);
    }
  });

  test(`${name}: an error keeps its type on its way through the client, and an action is told what made it necessary`, () => {
    const { status, stdout } = compile(
      compiler,
      `
import { createClient, type Failure } from "${runtime}";
import * as materi from "${materi}";
const client = createClient(materi.catalog, {
  url: "wss://example.org/",
  actions: {
    login: (cause: materi.MateriError | materi.MateriClose) => cause.kind,
    refresh_token: () => {},
    sync: () => {},
  },
});
client.on({
  error: (error) => {
    if (error.kind === "VERSION_CONFLICT") error.server_version satisfies number;
  },
  close: (close) => {
    if (close.kind === "KICKED") close.code satisfies 4004;
    close.after satisfies materi.MateriError | undefined;
  },
});
export const why = (failure: Failure<materi.MateriError, materi.MateriClose>): string => {
  switch (failure.reason) {
    case "error":
      return failure.error.kind;
    case "closed":
      return failure.close.reason;
    case "timeout":
    case "full":
    case "stopped":
      return failure.reason;
  }
};
`,
    );
    assert.equal(status, 0, stdout);
  });
}

for (const [name, compiler] of Object.entries(compilers)) {
  test(`${name}: an answer has its type, a client without requests has none, and frames that need a library ask for it`, () => {
    const page = (read) => `
import { createClient, createClientWith, Queue, type Read } from "${runtime}";
import * as metered from "${metered}";
const actions = {
  unsubscribe: () => {},
  peer_online: () => {},
  quota_renewed: () => {},
  refresh_token: () => false,
};
const client = createClient(metered.catalog, {
  url: "wss://example.org/",
  actions,
  answered: (data) => ({ id: String(data), value: 7 }),
});
client.requests.request((id) => id).then((value) => value satisfies number);
client.subscribe(({ error }) => error?.kind satisfies string | undefined);
const small = createClientWith({ Queue }, metered.catalog, { url: "wss://example.org/", actions });
small.requests satisfies undefined;
small.queue.send("");
const packed = { ...metered.catalog, read: undefined };
export const other = createClient(packed, { url: "wss://example.org/", actions ${read} });
export type { Read };
`;
    const reads = ", read: () => undefined";
    assert.equal(
      compile(compiler, page(reads)).status,
      0,
      compile(compiler, page(reads)).stdout,
    );
    const { status, stdout } = compile(compiler, page(""));
    assert.notEqual(status, 0);
    assert.match(stdout, /'?read'? is missing in type/);
  });
}

test("what a page doesn't use is not in what it loads", async () => {
  const core = (await size(["Client"])).text;
  const marks = {
    Breaker: "half-open",
    StormGuard: "moreThan",
    Lifecycle: "visibilitychange",
    Liveness: "isPong",
    Queue: "capacity",
    Requests: "RequestError",
    Recovery: "gaveUp",
    store: "getSnapshot",
    explain: "$fallback",
    loadTranslation: '"default"',
  };
  for (const names of PARTS) {
    const mark = marks[names[0]];
    assert.ok(!core.includes(mark), `${mark} is in the core`);
    const { text } = await size(["Client", ...names]);
    assert.ok(text.includes(mark), `${mark} is in none`);
  }
  // What a client is not made with, no bundler keeps; `gaveUp` and the like are names of options.
  const { text } = await size(["createClientWith"]);
  for (const name of ["Breaker", "Lifecycle", "Liveness", "Queue", "Requests"])
    assert.ok(!text.includes(marks[name]), `${name} is in a client without it`);
});
