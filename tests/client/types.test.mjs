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
const page = (actions) => `
import { Client, Recovery, Queue, Requests, hostTimers as timers } from "${runtime}";
import * as materi from "${materi}";
const actions = { ${actions} };
export const client: { start(): void } = new Client({
  url: new URL("wss://example.org/"),
  parse: materi.parse,
  closed: materi.closed,
  retry: materi.MateriRetry,
  closes: materi.MateriCloses,
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
import { Client, type Failure } from "${runtime}";
import * as materi from "${materi}";
const client = new Client({
  url: "wss://example.org/",
  parse: materi.parse,
  closed: materi.closed,
  retry: materi.MateriRetry,
  actions: {
    login: (cause: materi.MateriError | materi.MateriClose) => cause.kind,
    refresh_token: () => {},
    sync: () => {},
  },
});
client.subscribe({
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
    case "not_open":
    case "dropped":
      return failure.reason;
  }
};
`,
    );
    assert.equal(status, 0, stdout);
  });
}

test("what a page doesn't use is not in what it loads", async () => {
  const core = (await size(["Client"])).text;
  const marks = {
    Breaker: "half-open",
    StormGuard: "moreThan",
    Lifecycle: "visibilitychange",
    Queue: "capacity",
    Requests: "RequestError",
    Recovery: "gaveUp",
    explain: "$fallback",
  };
  for (const names of PARTS) {
    const mark = marks[names[0]];
    assert.ok(!core.includes(mark), `${mark} is in the core`);
    const { text } = await size(["Client", ...names]);
    assert.ok(text.includes(mark), `${mark} is in none`);
  }
});
