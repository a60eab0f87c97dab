// Checks the runtime: node run.mjs [storm]
//
// It builds the server that raises the catalogs' errors, type-checks the runtime, as sources and as
// the one file that is shipped, and the tests on both compilers, checks format and lint, runs the
// tests, and shows what each piece weighs. With `storm` it runs the storm model alone, and writes
// its picture, docs/storm.svg.

import { spawnSync } from "node:child_process";
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { moduleSize, sizes, tooHeavy } from "./sizes.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "../..");
const out = join(here, "node_modules/.out");
const picture = join(root, "docs/storm.svg");
const bin = (name) => join(here, "node_modules/.bin", name);
const compilers = {
  "TypeScript 7": join(here, "node_modules/typescript/bin/tsc"),
  "TypeScript 5.9": join(here, "node_modules/typescript-5.9/bin/tsc"),
};
const work = mkdtempSync(join(tmpdir(), "ws-errors-client-"));
let failed = false;

function run(title, command, arguments_, environment = {}) {
  const { status, stdout, stderr } = spawnSync(command, arguments_, {
    cwd: here,
    encoding: "utf8",
    env: { ...process.env, ...environment },
    maxBuffer: 1 << 28,
    timeout: 600_000,
  });
  console.log(`${status === 0 ? "ok    " : "FAILED"} ${title}`);
  if (status !== 0) {
    failed = true;
    console.log(`${stdout}${stderr}`);
  }
  return stdout;
}

/** A project of these files, under all flags that the runtime promises to compile with. */
function project(name, files, options) {
  const path = join(work, `${name}.json`);
  const config = {
    extends: join(here, "tsconfig.json"),
    compilerOptions: {
      // Neither a browser's types nor those of Node are needed.
      lib: ["ES2020"],
      types: [],
      isolatedDeclarations: true,
      declaration: true,
      noEmit: true,
      rootDir: "/",
      ...options,
    },
    files,
    include: [],
  };
  writeFileSync(path, JSON.stringify(config));
  return path;
}

function tests(names, environment = {}) {
  const files = readdirSync(join(out, "tests/client/source"))
    .filter((name) => name.endsWith(".test.js"))
    .filter(
      (name) =>
        names.length === 0 || names.includes(name.slice(0, -".test.js".length)),
    )
    .map((name) => join(out, "tests/client/source", name));
  return run(
    "what it does",
    process.execPath,
    ["--test", "--test-reporter=tap", ...files],
    environment,
  );
}

try {
  const isStorm = process.argv[2] === "storm";
  rmSync(out, { force: true, recursive: true });
  mkdirSync(out, { recursive: true });
  writeFileSync(join(out, "package.json"), '{ "type": "module" }');
  if (isStorm) {
    run("compile", process.execPath, [compilers["TypeScript 7"], "-p", here]);
    const said = tests(["storm"], {
      WS_ERRORS_STORM: picture,
      WS_ERRORS_PICTURE: picture,
    });
    console.log(
      said
        .match(/^# [┌├│└].*$/gm)
        ?.map((line) => line.slice(2))
        .join("\n"),
    );
  } else {
    const target = process.env.CARGO_TARGET_DIR ?? join(root, "target");
    const exported = join(work, "exported");
    run("the server, and what is exported", join(root, "tests/build"), []);
    run("every catalog", join(target, "debug/exported"), [exported]);
    const folder = join(root, "ws-errors/typescript");
    const sources = readdirSync(folder).map((name) => join(folder, name));
    const shipped = join(root, "catalog/generated/ws-errors.ts");
    for (const [name, compiler] of Object.entries(compilers)) {
      const projects = {
        "the sources": project("sources", sources),
        "the file that is shipped": project("shipped", [shipped]),
        "beside a browser's types": project("browser", [shipped], {
          lib: ["ES2020", "DOM"],
        }),
        "the tests": here,
      };
      for (const [title, path] of Object.entries(projects))
        run(`types, ${name}: ${title}`, process.execPath, [
          compiler,
          "-p",
          path,
        ]);
    }
    run("format, prettier", bin("prettier"), [
      "--check",
      folder,
      here,
      shipped,
    ]);
    run("lint and format, biome", bin("biome"), [
      "check",
      `--config-path=${here}`,
      "--error-on-warnings",
      folder,
      join(here, "source"),
    ]);
    run("what the compilers say", process.execPath, [
      "--test",
      join(here, "types.test.mjs"),
    ]);
    for (const [title, name] of Object.entries({
      "what is printed about retries is what is done": "printed",
      "frames of every kind": "frames",
      "the examples of the docs": "docs",
      "the npm package": "package",
    })) {
      const said = run(
        title,
        process.execPath,
        ["--test", "--test-reporter=tap", join(here, `${name}.test.mjs`)],
        { WS_ERRORS_PRINTED: exported },
      );
      const statements = /^# (\d+ statements.*)$/m.exec(said);
      if (statements) console.log(`       ${statements[1]}`);
    }
    tests([], {
      WS_ERRORS_RAISE: join(target, "debug/raise"),
      WS_ERRORS_PICTURE: picture,
    });
    const all = await sizes();
    const one = await sizes(shipped);
    console.log(
      "\nbytes, minified and gzipped: from the sources, from the file that is shipped",
    );
    for (const [name, bytes] of Object.entries(all))
      console.log(
        `${name.padEnd(18)} ${String(bytes).padStart(5)} ${String(one[name]).padStart(5)}`,
      );
    const module = await moduleSize();
    console.log(
      `${"metered's module".padEnd(18)} ${String(module).padStart(5)}`,
    );
    for (const sizes of [all, one])
      for (const heavy of tooHeavy(sizes, module)) {
        console.log(`FAILED ${heavy}`);
        failed = true;
      }
  }
} finally {
  rmSync(work, { force: true, recursive: true });
}
process.exit(failed ? 1 : 0);
