// Follows docs/getting-started.md, and then the page without axum, to the letter, in an empty folder:
// node run.mjs [FOLDER], which gets the screenshots. Each block after a line that names a file is
// written into it, each command is run.
//
// Four things are others than on the page, since nothing is published and other tests run beside it:
// the dependency on ws-errors is a path; the server listens on a port that the system gives it, and the
// page connects through a proxy, which stays where the server is started again; the lock files begin as
// committed ones, so that the same versions are built each time; and each manifest has the dependencies
// of both pages, so that nothing is built once more for the second server. That a page names what it
// uses is looked at by itself. The target folder is the workspace's.
//
// CHROMIUM says where the browser is; playwright-core is that of tests/client.

import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { Proxy } from "../client/proxy.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "../..");
const { chromium } = createRequire(join(here, "../client/package.json"))(
  "playwright-core",
);
const screenshots = process.argv[2];
if (screenshots) mkdirSync(screenshots, { recursive: true });
const work = mkdtempSync(join(tmpdir(), "ws-errors-getting-started-"));
const tea = join(work, "tea");
const web = join(tea, "web");
const environment = {
  ...process.env,
  CARGO_TARGET_DIR: process.env.CARGO_TARGET_DIR ?? join(root, "target"),
  // As in the workspace, so that what both have is built once.
  CARGO_PROFILE_DEV_DEBUG:
    process.env.CARGO_PROFILE_DEV_DEBUG ?? "line-tables-only",
  NO_COLOR: "1",
};
delete environment.FORCE_COLOR;

const DEPENDENCIES = /(?<=^\[dependencies\]\n).*?(?=^```)/ms;

/** What the manifest on a page depends on: for each crate its version and its features. */
function dependencies(page) {
  const lines = DEPENDENCIES.exec(page)[0].trim().split("\n");
  return new Map(
    lines.map((line) => {
      const [, name, value] = /^([\w-]+) = (.+)$/.exec(line);
      const [, version] = /"([^"]+)"/.exec(value);
      const [, list = ""] = /features = \[(.*)\]/.exec(value) ?? [];
      const features = [...list.matchAll(/"([^"]+)"/g)].map(([, one]) => one);
      return [name, { version, features }];
    }),
  );
}

/** What code has that takes a feature of a crate. */
const USES = [
  [/ws_errors::transport::axum\b/, "ws-errors", "axum"],
  [/ws_errors::transport::tungstenite\b/, "ws-errors", "tungstenite"],
  [/ws_errors::cli!/, "ws-errors", "cli"],
  [/axum::extract::ws\b/, "axum", "ws"],
  [/\bSinkExt\b/, "futures-util", "sink"],
  [/derive\(Deserialize\)/, "serde", "derive"],
  [/tokio::main/, "tokio", "macros"],
  [/tokio::main/, "tokio", "rt-multi-thread"],
  [/tokio::net/, "tokio", "net"],
];

/** Fails where code uses what the manifest beside it doesn't name. */
function check(manifest, code) {
  for (const name of everything.keys())
    if (code.includes(`${name.replaceAll("-", "_")}::`))
      assert.ok(manifest.has(name), `${name} is used, and no dependency`);
  for (const [use, name, feature] of USES)
    if (use.test(code))
      assert.ok(
        manifest.get(name)?.features.includes(feature),
        `${name} lacks the feature ${feature}`,
      );
}

const pages = ["getting-started", "getting-started-tungstenite"].map((name) =>
  readFileSync(join(root, `docs/${name}.md`), "utf8"),
);
const everything = new Map();
for (const [name, { version, features }] of pages.flatMap((page) => [
  ...dependencies(page),
])) {
  const known = everything.get(name)?.features ?? [];
  const all = [...new Set([...known, ...features])];
  everything.set(name, { version, features: all });
}
const rust = (page) =>
  [...page.matchAll(/`(src\S+)`:\n\n```rust\n(.*?)^```$/gms)].map(
    ([, file, code]) => [file, code],
  );
const files = new Map();
for (const page of pages) {
  // The second page goes on with the files of the first.
  for (const [file, code] of rust(page)) files.set(file, code);
  check(dependencies(page), [...files.values()].join("\n"));
}
const proxy = await Proxy.start();
const page = pages
  .join("\n")
  .replaceAll(
    new RegExp(DEPENDENCIES, "gms"),
    [...everything]
      .map(([name, { version, features }]) => {
        const from =
          name === "ws-errors"
            ? `path = "${root}/ws-errors"`
            : `version = "${version}"`;
        return `${name} = { ${from}, features = ${JSON.stringify(features)} }\n`;
      })
      .join(""),
  )
  .replaceAll("127.0.0.1:3000", "127.0.0.1:0")
  .replaceAll("ws://localhost:3000", proxy.url);

const started = Date.now();
const say = (text) => {
  const seconds = ((Date.now() - started) / 1000).toFixed(0).padStart(3);
  console.log(`${seconds} s  ${text}`);
};

function run(command, directory) {
  const { status, stdout, stderr } = spawnSync(command, {
    cwd: directory,
    encoding: "utf8",
    env: environment,
    shell: true,
  });
  return { status, said: `${stdout}${stderr}` };
}

const running = new Map();
/** Starts a command that goes on, in the place of what it was before, and gives what it prints. */
async function start(command, directory, expected) {
  await stop(command);
  const child = spawn(command, {
    cwd: directory,
    // A group of its own: what cargo and npm start ends with them.
    detached: true,
    env: environment,
    shell: true,
    stdio: ["ignore", "pipe", "inherit"],
  });
  running.set(command, child);
  for await (const line of createInterface({ input: child.stdout })) {
    const found = expected.exec(line);
    if (found) {
      child.stdout.resume();
      return found[0];
    }
  }
  throw new Error(`${command} ended`);
}

async function stop(command) {
  const child = running.get(command);
  if (!child) return;
  running.delete(command);
  const ended = once(child, "exit");
  process.kill(-child.pid);
  await ended;
}

/** Starts the server, and lets the proxy lead to it. */
async function serve() {
  const listening = await start("cargo run", tea, /listening on \S+:(\d+)/);
  proxy.target = Number(/\d+$/.exec(listening)[0]);
}

let browser;
let shop;
let tries = 0;
/** What the page says under step 5. */
async function tryPage() {
  browser ??= await chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic"],
  });
  const tab = await browser.newPage({ viewport: { width: 600, height: 200 } });
  const problems = [];
  tab.on("pageerror", (error) => problems.push(String(error)));
  let asked = 0;
  tab.on("dialog", (dialog) => {
    asked++;
    void dialog.accept();
  });
  const shows = (text) => tab.getByRole("status").getByText(text).waitFor();
  await tab.goto(shop);
  await shows("open");
  await tab.getByRole("button").click();
  await shows("Almost sold out: Only 7 bags are left.");
  assert.equal(await tab.inputValue("input"), "7");
  tries++;
  if (screenshots)
    await tab.screenshot({
      path: join(screenshots, `getting-started-${tries}.png`),
    });
  await tab.getByRole("button").click();
  await shows("Your tea is on its way.");
  await tab.fill("input", "0");
  await tab.getByRole("button").click();
  while (asked === 0) await new Promise((resume) => setTimeout(resume, 10));
  await shows("open");
  assert.deepEqual(problems, []);
  return tab;
}

const commands = {
  "cargo new tea": () => {
    assert.equal(run("cargo new tea", work).status, 0);
    copyFileSync(join(root, "Cargo.lock"), join(tea, "Cargo.lock"));
  },
  "cargo run": async () => {
    await serve();
    if (shop) await tryPage();
  },
  "npm install": () => {
    copyFileSync(
      join(here, "package-lock.json"),
      join(web, "package-lock.json"),
    );
    const { status, said } = run("npm install", web);
    assert.equal(status, 0, said);
  },
  "npm run dev": async () => {
    shop = await start("npm run dev", web, /http:\/\/localhost:\d+\//);
    const tab = await tryPage();
    // Stop the server, and start it again.
    await stop("cargo run");
    proxy.target = undefined;
    await tab
      .getByRole("status")
      .getByText(/waiting|connecting/)
      .waitFor();
    await serve();
    await tab
      .getByRole("status")
      .getByText("open")
      .waitFor({ timeout: 60_000 });
  },
};

const file = /^`([^`]+)`:$/;
try {
  const lines = page.split("\n");
  let named;
  for (let at = 0; at < lines.length; at++) {
    const [, name] = file.exec(lines[at]) ?? [];
    // A line may say a file's name at its end.
    const [, last] = /`([^`\s]+\.\w+)`:$/.exec(lines[at]) ?? [];
    if (name ?? last) named = name ?? last;
    const [, language] = /^```(\w+)$/.exec(lines[at]) ?? [];
    if (!language) continue;
    const end = lines.indexOf("```", at);
    const block = lines.slice(at + 1, end);
    at = end;
    if (language !== "sh") {
      assert.ok(named, `a block without a file: ${block[0]}`);
      mkdirSync(dirname(join(tea, named)), { recursive: true });
      writeFileSync(join(tea, named), `${block.join("\n")}\n`);
      say(named);
      named = undefined;
      continue;
    }
    let directory = tea;
    for (const command of block) {
      const [, into] = /^cd (.+)/.exec(command) ?? [];
      if (into === "tea") continue;
      if (into) directory = join(directory, into);
      else if (commands[command]) await commands[command]();
      else {
        const { status, said } = run(command, directory);
        assert.equal(status, 0, said);
        assert.ok(!said.includes("warning"), said);
      }
      say(command);
    }
  }
  const { status, said } = run(
    "cargo run --bin errors -- export --only ts --check",
    tea,
  );
  assert.equal(status, 0, said);
  const main = join(web, "src/main.ts");
  const lacks = readFileSync(main, "utf8").replace(/^.*no_order: .*\n/m, "");
  writeFileSync(main, lacks);
  const built = run("npm run build", web);
  assert.ok(built.status !== 0 && built.said.includes("no_order"), built.said);
  say("a case that is missing does not compile, and is named");
  assert.equal(tries, 2, "the page was tried with both servers");
} finally {
  for (const command of [...running.keys()]) await stop(command);
  await browser?.close();
  proxy.stop();
  rmSync(work, { force: true, recursive: true, maxRetries: 5 });
}
