// The examples in TypeScript of the guide compile, and run.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import {
  copyFileSync,
  cpSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "../..");
const folder = process.env.WS_ERRORS_PRINTED;
assert.ok(folder, "run `node run.mjs`, which says where it is");
const work = mkdtempSync(join(here, "node_modules/.docs-"));
after(() => {
  rmSync(work, { force: true, recursive: true });
});

const pages = ["client", "module", "testing", "languages"].map((name) =>
  readFileSync(join(root, `docs/${name}.md`), "utf8"),
);
const blocks = pages.flatMap((page) => [
  ...page.matchAll(/^```ts( no-run)?\n(.*?)^```$/gms),
]);
cpSync(join(root, "catalog/locales"), join(work, "locales"), {
  recursive: true,
});
for (const name of ["chat", "materi", "metered", "packed", "ws-errors"])
  copyFileSync(join(folder, `${name}.ts`), join(work, `${name}.ts`));
const files = blocks.map(([, , text], index) => {
  const file = join(work, `example${index}.ts`);
  writeFileSync(file, text);
  return file;
});

test("they compile", () => {
  assert.ok(files.length >= 8);
  const config = {
    extends: join(here, "tsconfig.json"),
    compilerOptions: {
      noEmit: true,
      rootDir: "/",
      skipLibCheck: true,
      noUnusedLocals: false,
      allowImportingTsExtensions: true,
      resolveJsonModule: true,
      lib: ["ES2022", "DOM"],
      types: [],
    },
    files,
    include: [],
  };
  writeFileSync(join(work, "tsconfig.json"), JSON.stringify(config));
  const { status, stdout } = spawnSync(
    process.execPath,
    [join(here, "node_modules/typescript/bin/tsc"), "-p", work],
    { encoding: "utf8" },
  );
  assert.equal(status, 0, stdout);
});

// A browser's page, as far as the examples use it.
Object.defineProperty(globalThis, "navigator", {
  value: { languages: ["de-AT", "en"] },
});
const sockets = [];
Object.assign(globalThis, {
  localStorage: { getItem: () => "t" },
  WebSocket: class {
    readyState = 1;
    sent = [];
    constructor(url) {
      assert.match(String(url), /^wss:\/\/example\.com/);
      sockets.push(this);
    }
    send(data) {
      this.sent.push(data);
    }
    close() {}
  },
});

for (const [index, [, noRun]] of blocks.entries())
  if (!noRun)
    test(`the ${index + 1}. runs`, async () => {
      const { outputFiles } = await build({
        entryPoints: [files[index]],
        bundle: true,
        format: "esm",
        write: false,
      });
      const code = Buffer.from(outputFiles[0].text).toString("base64");
      await import(`data:text/javascript;base64,${code}`);
    });

test("the first example sends what waits once it is open", () => {
  const [socket] = sockets;
  socket.onopen();
  assert.deepEqual(socket.sent, ['{"type":"subscribe","channel":"room-1"}']);
  // They all run on; nobody waits for them.
  setTimeout(() => process.exit(), 500).unref();
});
