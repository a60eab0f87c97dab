// What the compilers say about code that uses the modules.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

const work = process.env.WS_ERRORS_MODULES;
const here = dirname(fileURLToPath(import.meta.url));
const compilers = {
  "TypeScript 7": join(here, "node_modules/typescript/bin/tsc"),
  "TypeScript 5.9": join(here, "node_modules/typescript-5.9/bin/tsc"),
};

/** The kinds of a handler, as the source of the module has them. */
function kinds(source, name) {
  const [, body] = new RegExp(
    `function ${name}<R>\\([^]*?switch \\(([^]*?)\\n}\\n`,
  ).exec(source);
  return [...body.matchAll(/case ("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'):/g)].map(
    ([, kind]) => new Function(`return ${kind}`)(),
  );
}

function compile(compiler, name, source) {
  const file = join(work, `${name}.ts`);
  writeFileSync(file, source);
  const config = join(work, `tsconfig.${name}.json`);
  writeFileSync(
    config,
    JSON.stringify({
      extends: join(here, "tsconfig.json"),
      compilerOptions: { noEmit: true, rootDir: work, noUnusedLocals: false },
      files: [file],
    }),
  );
  return spawnSync(process.execPath, [compiler, "-p", config], {
    encoding: "utf8",
  });
}

const sources = readdirSync(join(work, "source")).map((file) =>
  file.slice(0, -".ts".length),
);
for (const [name, compiler] of Object.entries(compilers)) {
  test(`${name} takes handlers for all cases, and names the one that is missing`, () => {
    const complete = [];
    const missing = [];
    const expected = [];
    for (const [index, module] of sources.entries()) {
      const source = readFileSync(join(work, "source", `${module}.ts`), "utf8");
      complete.push(`import * as m${index} from "./source/${module}.js";`);
      for (const handler of ["handle", "handleClose"]) {
        const use = (handlers) => `
{
  const of = (value: Parameters<typeof m${index}.${handler}>[0]): string =>
    m${index}.${handler}<string>(value, { ${handlers.join(", ")} });
}`;
        const all = kinds(source, handler);
        const members = all.map(
          (kind) => `${JSON.stringify(kind)}: (it) => it.kind`,
        );
        complete.push(use(members));
        missing.push(use(members.slice(1)));
        expected.push(all[0]);
      }
    }
    const good = compile(compiler, "complete", complete.join("\n"));
    assert.equal(good.status, 0, good.stdout);
    const imports = complete.filter((line) => line.startsWith("import"));
    const bad = compile(
      compiler,
      "missing",
      [...imports, ...missing].join("\n"),
    );
    assert.notEqual(bad.status, 0);
    const errors = bad.stdout
      .split(/\n(?=\S)/)
      .filter((text) => text.includes("error TS"));
    assert.equal(errors.length, expected.length, bad.stdout);
    for (const [index, kind] of expected.entries()) {
      // The compiler shows a name that is no identifier in quotes of its own.
      const shown = kind.replaceAll('"', '\\"');
      const isNamed =
        errors[index].includes(kind) || errors[index].includes(shown);
      assert.ok(isNamed, `${kind}: ${errors[index]}`);
    }
  });
}
