// How fast generated decoders are: node bench.mjs [ROUNDS]
//
// Each of the five catalogs' modules against a checking switch written by hand, and metered's beside
// zod and valibot as well. All take turns in one run, round after round, and the median of the rounds
// is shown, so that whatever else the machine does, it does to all of them. Messages are parsed
// already; the row `JSON.parse` says what that takes.
//
// It fails where a decoder takes more than LIMIT times what the switch takes. The batches are so small
// that whatever else the machine does falls into few of them, and the median is of those without.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { performance } from "node:perf_hooks";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import * as byHand from "./bench/by-hand.mjs";
import * as valibot from "./bench/valibot.mjs";
import * as zod from "./bench/zod.mjs";

/** How much longer than a switch written by hand a decoder may take. */
const LIMIT = 1.25;
/** How many messages are decoded before the clock is looked at. */
const BATCH = 500;

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "../..");
const rounds = Number(process.argv[2] ?? 1001);
const frames = JSON.parse(
  readFileSync(join(here, "bench/frames.json"), "utf8"),
);

async function generated(catalog) {
  const { outputFiles } = await build({
    entryPoints: [join(root, `catalog/generated/${catalog}.ts`)],
    bundle: true,
    format: "esm",
    target: "es2022",
    write: false,
  });
  const code = Buffer.from(outputFiles[0].contents).toString("base64");
  return (await import(`data:text/javascript;base64,${code}`)).decode;
}

function median(times) {
  const sorted = [...times].sort((one, other) => one - other);
  return sorted[sorted.length >> 1];
}

/** Nanoseconds that each takes for one of these messages. */
function measure(decoders, messages) {
  const times = new Map(decoders.map(([name]) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    // Another begins each time.
    for (let turn = 0; turn < decoders.length; turn++) {
      const [name, decode] = decoders[(round + turn) % decoders.length];
      let found = 0;
      const start = performance.now();
      for (let index = 0; index < BATCH; index++)
        if (decode(messages[index % messages.length]) !== undefined) found++;
      const took = performance.now() - start;
      assert.ok(found === 0 || found === BATCH, name);
      times.get(name).push((took * 1e6) / BATCH);
    }
  }
  return new Map([...times].map(([name, all]) => [name, median(all)]));
}

console.log(
  "| messages | decoder | ns | times the switch |\n|---|---|---:|---:|",
);
let slowest = 0;
for (const [catalog, { errors, traffic }] of Object.entries(frames)) {
  const decode = await generated(catalog);
  const decoders = [
    ["by hand", byHand[catalog]],
    ["generated", decode],
  ];
  if (catalog === "metered")
    decoders.push(["zod", zod.decode], ["valibot", valibot.decode]);
  for (const [what, texts] of Object.entries({ errors, traffic })) {
    const messages = texts.map((text) => JSON.parse(text));
    for (const message of messages)
      for (const [name, decode] of decoders)
        assert.deepEqual(decode(message), byHand[catalog](message), name);
    const times = measure(decoders, messages);
    const base = times.get("by hand");
    for (const [name, time] of times) {
      const ratio = time / base;
      if (name === "generated") slowest = Math.max(slowest, ratio);
      console.log(
        `| ${catalog}, ${what} | ${name} | ${time.toFixed(1)} | ${ratio.toFixed(2)} |`,
      );
    }
    if (catalog !== "metered") continue;
    const parse = measure([["JSON.parse", JSON.parse]], texts);
    console.log(
      `| ${catalog}, ${what} | JSON.parse | ${parse.get("JSON.parse").toFixed(1)} | |`,
    );
  }
}
console.log(
  `\nthe slowest decoder takes ${slowest.toFixed(2)} times as long as its switch`,
);
if (slowest > LIMIT) {
  console.error(`FAILED: it may take ${LIMIT} times as long`);
  process.exitCode = 1;
}
