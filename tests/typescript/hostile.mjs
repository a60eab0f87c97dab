// Hostile frames: node hostile.mjs DIR [FRAMES] [SEED]
//
// DIR is a folder of generated modules with their golden frames, as `golden` writes it. Frames are
// golden ones with random damage, and values that nobody would send. What `parse`, `parseAll` and
// `decode` make of each must be none of the errors, an unknown one, or an error whose members have
// the types that the module declares: those are read from its source. It prints the seed, so that a
// run can be done again.

import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";
import ts from "typescript-5.9";

/** Numbers that are the same in each run (mulberry32). */
export function random(seed) {
  return (below) => {
    seed = (seed + 0x6d2b79f5) | 0;
    let bits = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    bits = (bits + Math.imul(bits ^ (bits >>> 7), 61 | bits)) ^ bits;
    return ((bits ^ (bits >>> 14)) >>> 0) % below;
  };
}

/** Checks of values for the types that a module declares, by kind. */
export function checks(source) {
  const file = ts.createSourceFile("module.ts", source, ts.ScriptTarget.ES2022);
  const declared = new Map();
  for (const statement of file.statements)
    if (
      ts.isInterfaceDeclaration(statement) ||
      ts.isTypeAliasDeclaration(statement)
    )
      declared.set(statement.name.text, statement);
  const name = (key) => key.text ?? key.getText(file);

  function members(list, value) {
    if (typeof value !== "object" || value === null || Array.isArray(value))
      return false;
    const known = new Set();
    let rest;
    for (const member of list) {
      if (ts.isIndexSignatureDeclaration(member)) {
        rest = member.type;
        continue;
      }
      const key = name(member.name);
      known.add(key);
      if (!Object.hasOwn(value, key)) {
        const isUndefined = member.type.getText(file) === "undefined";
        if (!member.questionToken && !isUndefined) return false;
      } else if (!is(member.type, value[key])) return false;
    }
    return (
      !rest ||
      Object.keys(value).every((key) => known.has(key) || is(rest, value[key]))
    );
  }

  function is(type, value) {
    switch (type.kind) {
      case ts.SyntaxKind.UnknownKeyword:
        return true;
      case ts.SyntaxKind.StringKeyword:
        return typeof value === "string";
      case ts.SyntaxKind.NumberKeyword:
        return typeof value === "number";
      case ts.SyntaxKind.BooleanKeyword:
        return typeof value === "boolean";
      case ts.SyntaxKind.UndefinedKeyword:
        return value === undefined;
      case ts.SyntaxKind.NeverKeyword:
        return false;
      case ts.SyntaxKind.LiteralType:
        return type.literal.kind === ts.SyntaxKind.NullKeyword
          ? value === null
          : value === new Function(`return ${type.literal.getText(file)}`)();
      case ts.SyntaxKind.ParenthesizedType:
        return is(type.type, value);
      case ts.SyntaxKind.TypeOperator:
        return is(type.type, value);
      case ts.SyntaxKind.ArrayType:
        return (
          Array.isArray(value) &&
          value.every((element) => is(type.elementType, element))
        );
      case ts.SyntaxKind.TupleType:
        return (
          Array.isArray(value) &&
          type.elements.every((element, index) => {
            if (ts.isRestTypeNode(element))
              return is(element.type, value.slice(index));
            if (ts.isOptionalTypeNode(element))
              return index >= value.length || is(element.type, value[index]);
            return index < value.length && is(element, value[index]);
          })
        );
      case ts.SyntaxKind.UnionType:
        return type.types.some((one) => is(one, value));
      case ts.SyntaxKind.IntersectionType:
        return type.types.every((one) => is(one, value));
      case ts.SyntaxKind.TypeLiteral:
        return members(type.members, value);
      case ts.SyntaxKind.TypeReference: {
        const declaration = declared.get(name(type.typeName));
        if (!declaration)
          throw new Error(`no declaration of ${type.getText(file)}`);
        return ts.isInterfaceDeclaration(declaration)
          ? members(declaration.members, value)
          : is(declaration.type, value);
      }
      default:
        throw new Error(`a type that is not known: ${type.getText(file)}`);
    }
  }

  const [, union] =
    /export type (\w+Error) =/.exec(source) ??
    /export type (\w+) =/.exec(source);
  return (error) => is(declared.get(union).type, error);
}

const deep = (open, close, times) => open.repeat(times) + close.repeat(times);

/** What is put in the place of a value. */
const strange = [
  ..."null true 0 -1 1.5 1e999 4003".split(" "),
  '""',
  '"x"',
  "[]",
  "{}",
  "[1]",
  '["x",null]',
  '{"a":1}',
  '{"__proto__":null}',
  '{"__proto__":{"type":"error","code":"backend_error"}}',
  '{"constructor":1,"toString":"x","hasOwnProperty":0}',
  '"toString"',
  '"__proto__"',
  '"constructor"',
  '"\\ud800"',
  `"${"x".repeat(10_000)}"`,
  deep("[", "]", 400),
  deep('{"a":', "}", 200).replace("}", "1}"),
];

export function damaged(frame, pick) {
  const at = pick(frame.length + 1);
  switch (pick(6)) {
    case 0:
      return frame.slice(0, at) + frame.slice(at + 1 + pick(4));
    case 1:
      return (
        frame.slice(0, at) +
        String.fromCharCode(pick(0x180)) +
        frame.slice(at + 1)
      );
    case 2:
      return frame.slice(0, at) + frame.slice(pick(frame.length + 1));
    default: {
      // A value for a value, so that the frame stays JSON.
      const leaves = [
        ...frame.matchAll(
          /"(?:[^"\\]|\\.)*"(?!:)|-?\d+(?:\.\d+)?|true|false|null/g,
        ),
      ];
      if (leaves.length === 0) return frame;
      const leaf = leaves[pick(leaves.length)];
      const value = strange[pick(strange.length)];
      return (
        frame.slice(0, leaf.index) +
        value +
        frame.slice(leaf.index + leaf[0].length)
      );
    }
  }
}

/** The modules of a folder, with their golden frames. */
export async function load(directory) {
  const path = process.env.WS_ERRORS_GOLDEN ?? join(directory, "golden.json");
  const golden = JSON.parse(readFileSync(path, "utf8"));
  const modules = [];
  for (const file of readdirSync(directory).sort()) {
    if (!file.endsWith(".ts")) continue;
    const catalog = file.slice(0, -".ts".length);
    const { outputFiles } = await build({
      entryPoints: [join(directory, file)],
      bundle: true,
      format: "esm",
      write: false,
    });
    const code = Buffer.from(outputFiles[0].contents).toString("base64");
    const frames = golden
      .filter((row) => row.catalog === catalog && row.frame && row.kind)
      .map((row) => row.frame);
    if (frames.length === 0) continue;
    const isTyped = checks(readFileSync(join(directory, file), "utf8"));
    const module = await import(`data:text/javascript;base64,${code}`);
    modules.push({ catalog, module, frames, isTyped });
  }
  return modules;
}

/** Decodes so many damaged frames; throws where one is not as it must be. */
export function attack({ catalog, module, frames, isTyped }, count, pick) {
  const { parse, parseAll, decode, handle } = module;
  const seen = { none: 0, unknown: 0, known: 0 };
  let reached;
  const handlers = new Proxy(
    {},
    {
      get: (_, kind) => (error) => {
        reached = { kind, error };
      },
    },
  );
  for (let round = 0; round < count; round++) {
    let frame = frames[pick(frames.length)];
    for (let times = 1 + pick(3); times > 0; times--)
      frame = damaged(frame, pick);
    let data;
    try {
      data = JSON.parse(frame);
    } catch {
      data = frame;
    }
    for (const error of [parse(frame), decode(data), ...parseAll(frame)]) {
      if (error === undefined) {
        seen.none++;
        continue;
      }
      handle(error, handlers);
      const isRight =
        reached.kind === error.kind &&
        reached.error === error &&
        Object.getPrototypeOf(error) === Object.prototype &&
        isTyped(error);
      if (!isRight)
        throw new Error(
          `${catalog}: ${frame}\nreached ${reached.kind} as ${JSON.stringify(error)}`,
        );
      seen[error.kind === "$unknown" ? "unknown" : "known"]++;
    }
  }
  if ({}.polluted !== undefined || {}.type !== undefined)
    throw new Error(`${catalog}: the prototype of all objects is changed`);
  return seen;
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const [directory, wanted, start] = process.argv.slice(2);
  if (!directory) {
    console.error("usage: node hostile.mjs DIR [FRAMES] [SEED]");
    process.exit(2);
  }
  const frames = Number(wanted ?? 1_000_000);
  const seed = Number(start ?? 20_250_801);
  const pick = random(seed);
  const modules = await load(resolve(directory));
  const began = performance.now();
  const all = { none: 0, unknown: 0, known: 0 };
  for (const one of modules) {
    const seen = attack(one, Math.ceil(frames / modules.length), pick);
    for (const key of Object.keys(all)) all[key] += seen[key];
  }
  const seconds = Math.round((performance.now() - began) / 1000);
  console.log(
    `${frames} damaged frames of ${modules.length} catalogs, seed ${seed}: nothing was thrown, and no handler got a value of another type (${all.known} known, ${all.unknown} unknown, ${all.none} none of the errors; ${seconds} s)`,
  );
}
