// What the compilers say about code that uses the modules.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

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

/** The modules in a folder. */
function modulesIn(folder) {
  const files = readdirSync(join(work, folder));
  return files
    .filter((file) => file.endsWith(".ts"))
    .map((file) => file.slice(0, -".ts".length));
}

const sources = modulesIn("source");
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

/** Whether each error of a module has a code of its own; one may have none. */
function haveDistinctCodes(source) {
  const errors = source.slice(0, source.indexOf("export function handle<"));
  const codes = [...errors.matchAll(/\n {2}readonly code: ([^;]*);/g)].map(
    ([, code]) => code,
  );
  const isLiteral = (code) => /^(?:-?\d+|"[^]*"|'[^]*'|undefined)$/.test(code);
  const { size } = new Set(codes);
  // What is no union is not narrowed.
  return codes.every(isLiteral) && size === codes.length && size > 1;
}

/** A `switch` over the codes of a module's errors, and what each narrows an error to. */
function byCode(module, source) {
  const errors = source.slice(0, source.indexOf("export function handle<"));
  const member = (name) => [
    ...errors.matchAll(new RegExp(`\\n {2}readonly ${name}: ([^;]*);`, "g")),
  ];
  const codes = member("code").map(([, code]) => code);
  const kinds = member("kind").map(([, kind]) => kind);
  assert.equal(codes.length, kinds.length, module);
  return kinds.map(
    (kind, at) => `      case ${codes[at]}:
        return error.kind satisfies ${kind};`,
  );
}

for (const [name, compiler] of Object.entries(compilers)) {
  test(`${name} narrows an error by its code as by its kind, and names the one that is missing`, () => {
    const distinct = sources.filter((module) =>
      haveDistinctCodes(
        readFileSync(join(work, "source", `${module}.ts`), "utf8"),
      ),
    );
    for (const module of ["chat", "metered", "materi", "rooms", "instant"])
      assert.ok(distinct.includes(module), module);
    const write = (leftOut) =>
      distinct.flatMap((module, index) => {
        const source = readFileSync(
          join(work, "source", `${module}.ts`),
          "utf8",
        );
        return [
          `import * as m${index} from "./source/${module}.js";`,
          `export const of${index} = (error: Parameters<typeof m${index}.handle>[0]): string => {
    switch (error.code) {
${byCode(module, source).slice(leftOut).join("\n")}
      default: {
        const missing: never = error;
        return missing;
      }
    }
  };`,
        ];
      });
    const good = compile(compiler, "by-code", write(0).join("\n"));
    assert.equal(good.status, 0, good.stdout);
    const bad = compile(compiler, "by-code-missing", write(1).join("\n"));
    const errors = bad.stdout.match(/error TS2322/g) ?? [];
    assert.equal(errors.length, distinct.length, bad.stdout);
  });
}

/** A page that takes two catalogs by name. */
const TWO = `
import { type ChatError, type ChatPermissionDenied, chat, chatHandle, chatParse } from "./source/prefixed/chat.js";
import { type MeteredError, MeteredRetry, metered, meteredHandle, meteredParse } from "./source/prefixed/metered.js";

export function read(text: string): MeteredError | ChatError | undefined {
  return meteredParse(text) ?? chatParse(text);
}
export const denied = (error: ChatError): error is ChatPermissionDenied => error.code === 4002;
export const all: readonly unknown[] = [chat, metered, chatHandle, meteredHandle, MeteredRetry];
`;

for (const [name, compiler] of Object.entries(compilers)) {
  test(`${name} takes two prefixed modules that are imported by name`, () => {
    const said = compile(compiler, "two", TWO);
    assert.equal(said.status, 0, said.stdout);
  });
}

test("no two prefixed modules export one name, and each reads its own frames", async () => {
  const folder = "source/prefixed";
  const names = modulesIn(folder);
  assert.ok(names.length >= 5, names.join());
  const everything = names.map((name) => `export * from "./${name}.ts";`);
  // A name that two modules export is in neither, and what it hides is missing below.
  const { outputFiles } = await build({
    stdin: {
      contents: everything.join("\n"),
      resolveDir: join(work, folder),
    },
    bundle: true,
    format: "esm",
    target: "es2022",
    write: false,
  });
  const code = Buffer.from(outputFiles[0].contents).toString("base64");
  const all = await import(`data:text/javascript;base64,${code}`);
  const exported = names.flatMap((name) => {
    const source = readFileSync(join(work, folder, `${name}.ts`), "utf8");
    const [, list] = /\nexport \{([^}]*)\}/.exec(source);
    return list
      .split(",")
      .map((one) => one.trim().split(" as ").at(-1))
      .filter(Boolean);
  });
  assert.deepEqual(Object.keys(all).sort(), exported.sort());
  const text = '{"error":{"code":4002,"detail":"no"}}';
  assert.equal(all.chatParse(text).kind, "permission_denied");
  assert.equal(all.meteredParse(text), undefined);
});
