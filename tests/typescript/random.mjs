// What generated modules make of frames: node random.mjs, for `tests/tests/random.rs`
//
// Each line of the standard input is a catalog, { module, frames, closes }: the TypeScript, what
// came as a frame ({ text } as it is, { data } unpacked, { batch } of several messages), and closes as [code, reason]. For each it
// writes a line with what the module makes of them, { errors, closes } or { failure }; nothing is
// null. Of an error each member has the JSON text of its value, those of the context behind `cx.`: a
// value at the bound of depth would nest too deep for a reader of the answer.

import { createInterface } from "node:readline";
import { transform } from "esbuild";

async function load(source) {
  const { code } = await transform(source, { loader: "ts", format: "cjs" });
  const module = { exports: {} };
  new Function("module", "exports", code)(module, module.exports);
  return module.exports;
}

function read({ parse, parseAll, decode }, frame) {
  if ("batch" in frame) return parseAll(frame.batch).map(described);
  return described("text" in frame ? parse(frame.text) : decode(frame.data));
}

function described(error) {
  if (error === undefined) return null;
  const { context, ...members } = error;
  // The message as it came says nothing new.
  if (error.kind === "$unknown") delete members.data;
  const ofContext = Object.entries(context).map(([name, value]) => [`cx.${name}`, value]);
  const all = [...Object.entries(members), ...ofContext];
  return Object.fromEntries(all.map(([name, value]) => [name, JSON.stringify(value)]));
}

function ended({ closed }, [code, reason]) {
  const { after, ...close } = closed(code, reason);
  return close;
}

for await (const line of createInterface({ input: process.stdin })) {
  let answer;
  try {
    const { module: source, frames, closes } = JSON.parse(line);
    const module = await load(source);
    answer = {
      errors: frames.map((frame) => read(module, frame)),
      closes: closes.map((close) => ended(module, close)),
    };
  } catch (failure) {
    answer = { failure: String(failure?.stack ?? failure) };
  }
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
