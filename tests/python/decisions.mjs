// What the client in TypeScript decides, for tests/python/decisions.py: a line for each, with all that it was
// decided from, and then the storm model.

import { mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const { build } = createRequire(join(here, "../typescript/"))("esbuild");
const work = mkdtempSync(join(tmpdir(), "ws-errors-decisions-"));
async function load(source) {
  const outfile = join(work, `${source.replaceAll(/\W/g, "_")}.mjs`);
  const entryPoints = [join(here, "../..", source)];
  await build({ entryPoints, bundle: true, format: "esm", outfile });
  return import(pathToFileURL(outfile));
}

const { decide, policyOf } = await load("ws-errors/typescript/policy.ts");
const { fleets, storm } = await load("tests/client/source/storm.ts");
rmSync(work, { recursive: true });

const words = "never never_on_connection now after backoff when leave new".split(" ");
const waits = [undefined, 0, 1, 250, 1000, 30_000, 5_000_000];
const hints = [undefined, null, 0, -1, 500, 2.5, 86_400_000, 86_400_001, "750", " 5 ", "1e3", "x", "", true, [], {}];
let seed = 1;
const number = () => {
  seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
  return seed / 2 ** 32;
};
const pick = (all) => all[Math.floor(number() * all.length)];
for (let row = 0; row < 20_000; row++) {
  const policy = { retry: pick(words) };
  for (const [key, values] of Object.entries({
    attempts: [undefined, undefined, 0, 1, 5],
    jitter: [undefined, undefined, "none", 0, 1000],
    spread: waits,
    wait: waits,
    unit: [undefined, undefined, 1000],
    base: waits,
    max: waits,
    action: [undefined, "refresh"],
    otherwise: [undefined, undefined, "sign_in"],
  })) {
    const value = pick(values);
    if (value !== undefined) policy[key] = value;
  }
  const attempt = pick([0, 1, 2, 5, 40, 1100, 100_000, -3]);
  const wait = pick(hints);
  const randoms = [number(), number()];
  let used = 0;
  const decision = decide(policy, attempt, { wait }, { now: () => 0 }, () => randoms[used++]);
  const said = { next: decision.next, ms: decision.ms, action: decision.action, otherwise: decision.otherwise };
  console.log(JSON.stringify({ policy, attempt, hint: wait, randoms, said, used }));
}
const range = (first, last, base) => ({ first, last, policy: { retry: "backoff", base } });
const policies = { ranges: [range(4000, 4099, 1), range(4050, 4999, 2)], unknown: { retry: "now" } };
for (const of of [
  { kind: "known", code: 4000 },
  { kind: "$unknown", code: 4000 },
  { kind: "$unknown", code: 4060 },
  { kind: "$unknown", code: "$unknown", rawCode: "4060" },
  { kind: "$unknown", code: "$unknown", rawCode: "4060x" },
  { kind: "$unknown", code: "$unknown", rawCode: 3999 },
  { kind: "$unknown", code: "$unknown" },
  { kind: "constructor", code: 1006 },
])
  for (const ranges of [policies, undefined])
    console.log(JSON.stringify({ of, ranges, found: policyOf({ known: { retry: "never" } }, ranges, of) }));
for (const fleet of fleets) {
  const all = { ...fleet, refusal: 0.25, clients: 5000 };
  console.log(JSON.stringify({ fleet: all, outcome: storm(all) }));
}
