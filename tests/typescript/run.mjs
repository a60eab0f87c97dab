// Checks a folder of generated modules: node run.mjs DIR
//
// DIR holds `<catalog>.ts` for each catalog, some of them once more in `prefixed/`, with the name of
// the catalog before each export, and `golden.json`, a list of
//   { catalog, frame, kind, context, fields }  the text of a frame and what it is; the kind is null
//                                              where it is none of the catalog's
//   { catalog, close: [code, reason], kind }   the same for a close
// It type-checks the modules on both compilers, checks their format and lint, compiles them into a
// folder of its own, and runs the tests beside this file on what came out.

import { spawnSync } from "node:child_process";
import {
  copyFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const directory = resolve(process.argv[2] ?? join(here, "../../target/golden"));
const modules = readdirSync(directory)
  .filter((name) => name.endsWith(".ts"))
  .map((name) => name.slice(0, -".ts".length))
  .sort();
if (modules.length === 0) {
  console.error(`${directory} has no .ts file; write the modules there first`);
  process.exit(2);
}

const work = mkdtempSync(join(tmpdir(), "ws-errors-typescript-"));
const compilers = {
  "TypeScript 7": join(here, "node_modules/typescript/bin/tsc"),
  "TypeScript 5.9": join(here, "node_modules/typescript-5.9/bin/tsc"),
};
let failed = false;

function run(title, command, ...arguments_) {
  const { status, stdout, stderr } = spawnSync(command, arguments_, {
    cwd: work,
    encoding: "utf8",
    env: {
      ...process.env,
      WS_ERRORS_MODULES: work,
      WS_ERRORS_GOLDEN: join(work, "golden.json"),
    },
    timeout: 300_000,
  });
  console.log(`${status === 0 ? "ok    " : "FAILED"} ${title}`);
  if (status !== 0) {
    failed = true;
    console.log(`${stdout}${stderr}`);
  }
}

function project(name, options, files) {
  const path = join(work, name);
  const config = {
    extends: join(here, "tsconfig.json"),
    compilerOptions: { rootDir: work, ...options },
    files,
  };
  writeFileSync(path, JSON.stringify(config));
  return path;
}

try {
  mkdirSync(join(work, "source"));
  for (const name of modules) {
    copyFileSync(
      join(directory, `${name}.ts`),
      join(work, "source", `${name}.ts`),
    );
  }
  cpSync(join(directory, "prefixed"), join(work, "source/prefixed"), {
    recursive: true,
  });
  copyFileSync(join(directory, "golden.json"), join(work, "golden.json"));
  writeFileSync(join(work, "package.json"), '{ "type": "module" }');

  const prefixed = readdirSync(join(work, "source/prefixed"));
  const sources = [
    ...modules.map((name) => join(work, "source", `${name}.ts`)),
    ...prefixed.map((name) => join(work, "source/prefixed", name)),
  ];
  const config = project(
    "tsconfig.json",
    { outDir: join(work, "out"), rootDir: join(work, "source") },
    sources,
  );
  for (const [name, compiler] of Object.entries(compilers)) {
    run(`types, ${name}`, process.execPath, compiler, "-p", config);
  }
  const bin = (name) => join(here, "node_modules/.bin", name);
  run("format, prettier", bin("prettier"), "--check", ...sources);
  const runtime = join(here, "../../ws-errors/src/export/typescript/runtime");
  run(
    "format of what is copied",
    bin("prettier"),
    "--check",
    `${runtime}/*.ts`,
  );
  run("lint and format, biome", bin("biome"), "check", ...sources);
  run(
    "what they do",
    process.execPath,
    "--test",
    "--test-reporter=spec",
    join(here, "frames.test.mjs"),
  );
  run(
    "what the compiler says",
    process.execPath,
    "--test",
    "--test-reporter=spec",
    join(here, "types.test.mjs"),
  );

  console.log(
    "\nbytes, minified and gzipped: all | decode and handle | a policy alone",
  );
  for (const name of modules) {
    const sizes = [];
    for (const names of ["*", "{ decode, handle }", "Retry"]) {
      const source = readFileSync(join(work, "source", `${name}.ts`), "utf8");
      const retry = /export const (\w+Retry) =/.exec(source)?.[1];
      const wanted = names === "Retry" ? `{ ${retry} }` : names;
      const result = await build({
        stdin: {
          contents: `export ${wanted} from "./source/${name}.ts"`,
          resolveDir: work,
        },
        bundle: true,
        format: "esm",
        minify: true,
        target: "es2022",
        write: false,
      });
      sizes.push(gzipSync(result.outputFiles[0].contents, { level: 9 }).length);
    }
    console.log(`${name.padEnd(16)} ${sizes.join(" | ")}`);
  }
} finally {
  rmSync(work, { force: true, recursive: true });
}
process.exit(failed ? 1 : 0);
