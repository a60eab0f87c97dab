// How fast generated decoders are: node bench.mjs [PROCESSES]
//
// Each of the five catalogs' modules against a checking switch written by hand, and metered's beside
// zod and valibot as well. Messages are parsed already; the row `JSON.parse` says what that takes.
//
// Whatever else the machine does must not decide. So all decoders take turns, in batches so small that
// few are disturbed, and the median of the batches counts. What an engine compiles depends on what it
// ran before, so each kind of messages has processes of its own, and their median counts again.
//
// It fails where a decoder takes more than LIMIT times what the switch takes.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
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
/** How many batches each decoder takes in a process. */
const ROUNDS = 1001;

const self = fileURLToPath(import.meta.url);
const here = dirname(self);
const frames = JSON.parse(
  readFileSync(join(here, "bench/frames.json"), "utf8"),
);

async function generated(catalog) {
  const { outputFiles } = await build({
    entryPoints: [join(here, `../../catalog/generated/${catalog}.ts`)],
    bundle: true,
    format: "esm",
    target: "es2022",
    write: false,
  });
  const code = Buffer.from(outputFiles[0].contents).toString("base64");
  return (await import(`data:text/javascript;base64,${code}`)).decode;
}

function median(values) {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[sorted.length >> 1];
}

/** Nanoseconds that each takes for one of these messages. */
function measure(decoders, messages) {
  const times = decoders.map(() => []);
  for (let round = 0; round < ROUNDS; round++) {
    // Another begins each time.
    for (let turn = 0; turn < decoders.length; turn++) {
      const index = (round + turn) % decoders.length;
      const [name, decode] = decoders[index];
      let found = 0;
      const start = performance.now();
      for (let index = 0; index < BATCH; index++)
        if (decode(messages[index % messages.length]) !== undefined) found++;
      const took = performance.now() - start;
      assert.ok(found === 0 || found === BATCH, name);
      times[index].push((took * 1e6) / BATCH);
    }
  }
  return decoders.map(([name], index) => [name, median(times[index])]);
}

/** What the decoders of a catalog take for its errors, or for what is none. */
async function measured(catalog, what) {
  const decoders = [
    ["by hand", byHand[catalog]],
    ["generated", await generated(catalog)],
  ];
  if (catalog === "metered")
    decoders.push(["zod", zod.decode], ["valibot", valibot.decode]);
  const texts = frames[catalog][what];
  const messages = texts.map((text) => JSON.parse(text));
  for (const message of messages)
    for (const [name, decode] of decoders)
      assert.deepEqual(decode(message), byHand[catalog](message), name);
  const times = measure(decoders, messages);
  if (catalog === "metered")
    times.push(...measure([["JSON.parse", JSON.parse]], texts));
  return Object.fromEntries(times);
}

/** The same, in a process of its own. */
function alone(catalog, what) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [self, catalog, what],
    { encoding: "utf8", timeout: 120_000 },
  );
  if (status !== 0) throw new Error(`${catalog}, ${what}: ${stderr}`);
  return JSON.parse(stdout);
}

function table(processes) {
  console.log("| messages | decoder | ns | times the switch |");
  console.log("| --- | --- | ---: | ---: |");
  let slowest = 0;
  for (const catalog of Object.keys(frames))
    for (const what of ["errors", "traffic"]) {
      const runs = Array.from({ length: processes }, () =>
        alone(catalog, what),
      );
      for (const name of Object.keys(runs[0])) {
        const time = median(runs.map((run) => run[name]));
        const ratio = median(runs.map((run) => run[name] / run["by hand"]));
        if (name === "generated") slowest = Math.max(slowest, ratio);
        console.log(
          `| ${catalog}, ${what} | ${name} | ${time.toFixed(1)} | ${ratio.toFixed(2)} |`,
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
}

const [first, what] = process.argv.slice(2);
if (what === undefined) table(Number(first ?? 5));
else console.log(JSON.stringify(await measured(first, what)));
