// The client as an npm package of the repository: packed, installed in an empty folder, compiled
// against, bundled and run; and the packages that the tests themselves install.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import {
  copyFileSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { size } from "./sizes.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "../..");
const folder = mkdtempSync(join(tmpdir(), "ws-errors-package-"));
after(() => rmSync(folder, { force: true, recursive: true }));

function run(command, arguments_, cwd) {
  // The compiler of these tests is that of the package.
  const path = [join(here, "node_modules/.bin"), process.env.PATH];
  const { status, stdout, stderr } = spawnSync(command, arguments_, {
    cwd,
    encoding: "utf8",
    env: { ...process.env, PATH: path.join(delimiter) },
    timeout: 300_000,
  });
  assert.equal(
    status,
    0,
    `${command} ${arguments_.join(" ")}: ${stdout}${stderr}`,
  );
  return stdout;
}

/** A page that speaks to a server which accepts, says no, and closes. */
const PAGE = `
import { catalog } from "./chat.js";
import { type Socket, createClient } from "ws-errors";

const socket = {
  binaryType: "blob",
  readyState: 1,
  onopen: null as ((event: unknown) => void) | null,
  onmessage: null as ((event: { data: string }) => void) | null,
  onerror: null,
  onclose: null as ((event: { code: number; reason: string }) => void) | null,
  send: (): void => socket.onmessage?.({ data: '{"error":{"code":4002,"detail":"no"}}' }),
  close: (): void => undefined,
};
const client = createClient(catalog, {
  url: "wss://example.com/ws",
  actions: { sign_in: () => false },
  socket: () => socket satisfies object as Socket,
});
client.on({
  error: (error) => {
    if (error.code === 4002) console.log(error.kind satisfies "permission_denied", error.message);
    client.stop();
  },
});
client.start();
client.queue.send("hello");
setTimeout(() => {
  socket.onopen?.({});
  console.log(client.getSnapshot().state);
}, 0);
`;

test("the package is installed in an empty folder, compiled against, bundled and run", async () => {
  const packed = run(
    "npm",
    ["pack", "--json", "--pack-destination", folder],
    root,
  );
  const [{ filename, files }] = JSON.parse(packed.slice(packed.indexOf("[")));
  const names = files.map(({ path }) => path);
  const sources = readdirSync(join(root, "ws-errors/typescript"));
  for (const source of sources.filter((name) => name.endsWith(".ts")))
    for (const ending of [".js", ".d.ts"])
      assert.ok(names.includes(`dist/${source.slice(0, -3)}${ending}`), source);
  assert.ok(
    !names.some((name) => /^(?!dist).*\.(?:ts|rs)$/.test(name)),
    names.join(),
  );

  writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
  run(
    "npm",
    ["install", "--offline", "--no-audit", "--no-fund", `./${filename}`],
    folder,
  );
  copyFileSync(
    join(root, "catalog/generated/chat.ts"),
    join(folder, "chat.ts"),
  );
  writeFileSync(join(folder, "page.ts"), PAGE);
  for (const compiler of ["typescript", "typescript-5.9"]) {
    const tsc = join(here, "node_modules", compiler, "bin/tsc");
    const flags =
      "--strict --exactOptionalPropertyTypes --noUncheckedIndexedAccess";
    const target = "--target es2022 --lib es2022,dom --module nodenext";
    run(
      process.execPath,
      [tsc, ...`${flags} ${target} page.ts`.split(" ")],
      folder,
    );
  }
  const said = run(process.execPath, ["page.js"], folder);
  assert.equal(said, "permission_denied no\nstopped\n");

  // What is not used is in no bundle.
  const { outputFiles } = await build({
    stdin: {
      contents: 'import "ws-errors"; console.log(1);',
      resolveDir: folder,
    },
    bundle: true,
    format: "esm",
    minify: true,
    write: false,
  });
  assert.equal(outputFiles[0].text.trim(), "console.log(1);");
  const entry = join(folder, "node_modules/ws-errors/dist/index.js");
  for (const names of [["decide"], ["createClient"]]) {
    const own = (await size(names)).bytes;
    const its = (await size(names, entry)).bytes;
    assert.ok(Math.abs(its - own) < 20, `${names}: ${its} bytes, of ${own}`);
  }
});

test("the package has the version of the crates", () => {
  const { version } = JSON.parse(
    readFileSync(join(root, "package.json"), "utf8"),
  );
  const manifest = readFileSync(join(root, "Cargo.toml"), "utf8");
  assert.equal(
    /\[workspace.package\]\nversion = "(.*)"/.exec(manifest)[1],
    version,
  );
});

test("each package that a lock file names has a checksum, and no address", () => {
  const folders = readdirSync(join(root, "tests"));
  const locks = folders
    .map((name) => join(root, "tests", name, "package-lock.json"))
    .filter((lock) => existsSync(lock));
  assert.ok(locks.length >= 4);
  for (const lock of locks) {
    const { packages } = JSON.parse(readFileSync(lock, "utf8"));
    for (const [path, entry] of Object.entries(packages)) {
      if (path === "" || entry.link) continue;
      assert.match(entry.integrity ?? "", /^sha512-/, `${lock}: ${path}`);
      assert.equal(entry.resolved, undefined, `${lock}: ${path}`);
    }
  }
});
