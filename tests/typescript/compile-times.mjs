// How long type checking a generated module takes as it grows: node compile-times.mjs [RUNS]
//
// `golden --codes N DIR` writes a module of N codes. Each is checked with a file that handles all of
// its cases, on both compilers; the fastest of the runs counts, less what an empty project takes.

import { spawnSync } from "node:child_process";
import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "../..");
const runs = Number(process.argv[2] ?? 3);
const SIZES = [125, 250, 500, 1000];
const compilers = {
  "TypeScript 5.9": join(here, "node_modules/typescript-5.9/bin/tsc"),
  "TypeScript 7": join(here, "node_modules/typescript/bin/tsc"),
};
const work = mkdtempSync(join(tmpdir(), "ws-errors-times-"));

function check(compiler, config) {
  const times = [];
  for (let run = 0; run < runs; run++) {
    const start = performance.now();
    const { status, stdout } = spawnSync(
      process.execPath,
      [compiler, "-p", config],
      { encoding: "utf8" },
    );
    if (status !== 0) throw new Error(stdout);
    times.push(performance.now() - start);
  }
  return Math.min(...times);
}

function project(name, files) {
  const path = join(work, `${name}.json`);
  const compilerOptions = { noEmit: true, rootDir: work };
  const config = { extends: join(here, "tsconfig.json"), compilerOptions };
  writeFileSync(path, JSON.stringify({ ...config, files }));
  return path;
}

try {
  const nothing = join(work, "nothing.ts");
  writeFileSync(nothing, "export {};\n");
  const empty = project("empty", [nothing]);
  const base = {};
  for (const [name, compiler] of Object.entries(compilers))
    base[name] = check(compiler, empty);
  console.log(
    `| codes | lines | ${Object.keys(compilers)
      .map((name) => `${name}, ms | a code, ms`)
      .join(" | ")} |\n|---:|---:|---:|---:|---:|---:|`,
  );
  for (const codes of SIZES) {
    const folder = join(work, String(codes));
    mkdirSync(folder);
    const { status, stderr } = spawnSync(
      "cargo",
      [
        "run",
        "--quiet",
        "--locked",
        "--package",
        "tests",
        "--bin",
        "golden",
        "--",
        "--codes",
        String(codes),
        folder,
      ],
      { cwd: root, encoding: "utf8" },
    );
    if (status !== 0) throw new Error(stderr);
    const source = readFileSync(join(folder, "grown.ts"), "utf8");
    const kinds = [
      ...source.matchAll(/^ {2}readonly ([$\w]+): \(\s*error: /gm),
    ].map(([, kind]) => `  ${kind}: (error) => error.kind,`);
    const use = join(folder, "use.ts");
    writeFileSync(
      use,
      `import { handle, type GrownError } from "./grown.js";\nexport const say = (error: GrownError): string =>\n  handle<string>(error, {\n${kinds.join("\n")}\n});\n`,
    );
    const config = project(String(codes), [join(folder, "grown.ts"), use]);
    const cells = Object.entries(compilers).map(([name, compiler]) => {
      const time = check(compiler, config) - base[name];
      return `${time.toFixed(0)} | ${(time / codes).toFixed(2)}`;
    });
    console.log(
      `| ${codes} | ${source.split("\n").length} | ${cells.join(" | ")} |`,
    );
  }
} finally {
  rmSync(work, { force: true, recursive: true });
}
