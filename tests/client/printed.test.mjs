// What is printed about retries is what the client does: of every entry of every catalog in the
// repository, and of every code that nobody declared, the words of the reference, its diagram and the
// JSON are read, and compared with what the decision function does with the generated module.
// WS_ERRORS_PRINTED names the folder that the binary `exported` wrote.

import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { build } from "esbuild";

const folder = process.env.WS_ERRORS_PRINTED;
assert.ok(folder, "run `node run.mjs`, which says where it is");

async function bundled(path) {
  const { outputFiles } = await build({
    entryPoints: [path],
    bundle: true,
    format: "esm",
    write: false,
  });
  const code = Buffer.from(outputFiles[0].contents).toString("base64");
  return import(`data:text/javascript;base64,${code}`);
}

const { decide, policyOf } = await bundled(join(folder, "ws-errors.ts"));

const UNITS = { ms: 1, s: 1000, min: 60_000, h: 3_600_000 };
const TIMES = { once: 1, twice: 2 };
const time = (text) => {
  const [, number, unit] = /^([\d.]+) (ms|s|min|h)$/.exec(text) ?? [];
  assert.ok(unit, `\`${text}\` is no time`);
  return Number(number) * UNITS[unit];
};
/** Takes the words off the end, or anywhere, and gives what stands in their groups. */
function taker(words) {
  let rest = words;
  return {
    take: (pattern) => {
      const found = pattern.exec(rest);
      if (found) rest = rest.replace(pattern, "");
      return found?.slice(1);
    },
    rest: () => rest.trim(),
  };
}

/** What the words of a policy mean, in the reference's table and in its sentences alike. */
function read(words) {
  const { take, rest } = taker(words.replaceAll("`", "").replace(/\.$/, ""));
  const policy = {};
  const otherwise =
    take(/, otherwise (\S+)$/) ?? take(/\. Where that does not help, (\S+)$/);
  if (otherwise) policy.otherwise = otherwise[0];
  const attempts = take(/, at most (once|twice|(\d+) times)/);
  if (attempts) policy.attempts = TIMES[attempts[0]] ?? Number(attempts[1]);
  const spread = take(/, at a random moment within ([\d.]+ \w+)/);
  if (spread) policy.spread = time(spread[0]);
  const added = take(/, plus up to ([\d.]+ \w+)/);
  if (added) policy.added = time(added[0]);
  if (take(/, without jitter/)) policy.added = 0;
  // Whether it is an operation or a connection that is tried again makes no difference here.
  take(/^(Try|Connect) again /);
  let found;
  if (
    take(/^never( on this connection)?$/) ??
    take(/^Do not (try|connect) again\b.*$/)
  )
    policy.kind = "never";
  else if (
    (found =
      take(/^leave with (\d+) ?(.*)$/) ??
      take(/^Close the connection with (\d+) ?(.*), and do not connect again$/))
  )
    Object.assign(policy, {
      kind: "leave",
      code: Number(found[0]),
      reason: found[1],
    });
  else if (
    (found =
      take(/^at once, then back off from ([\d.]+ \w+) to ([\d.]+ \w+)$/) ??
      take(
        /^at once, and then with a growing wait, from ([\d.]+ \w+) up to ([\d.]+ \w+)$/,
      ))
  )
    Object.assign(policy, {
      kind: "now",
      base: time(found[0]),
      max: time(found[1]),
    });
  else if (
    (found =
      take(/^back off from ([\d.]+ \w+) to ([\d.]+ \w+)$/) ??
      take(/^with a growing wait, from ([\d.]+ \w+) up to ([\d.]+ \w+)$/))
  )
    Object.assign(policy, {
      kind: "backoff",
      base: time(found[0]),
      max: time(found[1]),
    });
  else if (
    (found = take(
      /^after (\S+) milliseconds(?: \(([\d.]+ \w+) where it is absent\))?$/,
    ))
  )
    Object.assign(policy, {
      kind: "after",
      field: found[0],
      ...(found[1] && { wait: time(found[1]) }),
    });
  else if ((found = take(/^after ([\d.]+ (?:ms|s|min|h))$/)))
    Object.assign(policy, { kind: "after", wait: time(found[0]) });
  else if (
    (found =
      take(/^after (\S+)$/) ??
      take(/^First (\S+), then (?:try|connect) again$/))
  )
    Object.assign(policy, { kind: "when", action: found[0] });
  assert.equal(rest(), "", `what does \`${words}\` mean?`);
  return policy;
}

/** What the JSON says, in the same terms. */
function ofJson(retry) {
  const { kind, field, action, otherwise, attempts, code } = retry;
  const added = retry.jitter === "none" ? 0 : retry.jitter?.add_ms; // full: undefined
  const all = {
    kind: kind === "never_on_connection" ? "never" : kind,
    base: retry.base_ms,
    max: retry.max_ms,
    wait: retry.wait_ms,
    spread: retry.spread_ms,
    reason: code === undefined ? undefined : (retry.reason ?? ""),
    added,
    field,
    action,
    otherwise,
    attempts,
    code,
  };
  return JSON.parse(JSON.stringify(all));
}

/** What a client does by these words: the rules that the reference states. */
function expected(policy, attempt, asked, random) {
  const { kind, base, max, added, spread = 0 } = policy;
  if (kind === "never") return "stop";
  if (kind === "leave") return `leave ${policy.code} ${policy.reason}`;
  if (policy.attempts !== undefined && attempt >= policy.attempts)
    return policy.otherwise ? `act ${policy.otherwise} or ` : "stop";
  if (kind === "when")
    return `act ${policy.action} or ${policy.otherwise ?? ""}`;
  const floor = asked ?? policy.wait;
  let ms;
  if (kind === "after" && floor !== undefined)
    ms =
      added !== undefined
        ? floor + random * added
        : floor * (spread > 0 ? 1 : 1 + random);
  else {
    // A wait that the server gives not, with none in its place, is a back-off.
    const [first, most] = kind === "after" ? [1000, 30_000] : [base, max];
    const doublings = kind === "now" ? attempt - 1 : attempt;
    const whole = doublings < 0 ? 0 : Math.min(first * 2 ** doublings, most);
    ms = added !== undefined ? whole + random * added : whole * random;
  }
  return `wait ${(ms + random * spread).toFixed(3)}`;
}

/** What the client does. */
function done(policy, attempt, wait, random) {
  const clock = { now: () => 0 };
  const next = decide(policy, attempt, { wait }, clock, () => random);
  switch (next.next) {
    case "stop":
      return next.leave
        ? `leave ${next.leave.code} ${next.leave.reason}`
        : "stop";
    case "act":
      return `act ${next.action} or ${next.otherwise ?? ""}`;
    case "wait":
      return `wait ${next.ms.toFixed(3)}`;
  }
}

let compared = 0;
const differences = [];
/** What is the same was compared already. */
const known = new WeakMap();
function compare(where, printed, policy) {
  compared++;
  if (known.get(printed)?.has(policy)) return;
  const before = differences.length;
  for (const attempt of [0, 1, 2, 3, 4, 5, 9, 10, 40])
    for (const random of [0, 0.5, 0.999])
      for (const asked of printed.field ? [undefined, 7000] : [undefined]) {
        const [one, other] = [
          expected(printed, attempt, asked, random),
          done(policy, attempt, asked, random),
        ];
        if (one !== other)
          differences.push(`${where}: printed ${one}, done ${other}`);
      }
  if (differences.length > before) return;
  known.set(printed, (known.get(printed) ?? new WeakSet()).add(policy));
}

const cells = (row) =>
  row
    .slice(1, -1)
    .split(/(?<!\\)\|/)
    .map((cell) => cell.trim());
const unescaped = (text) => text.replaceAll(/\\([^\w\s])/g, "$1");

/** The ranges of codes of which a table speaks, with the words for each. */
function undeclared(page, what) {
  const rows = [];
  const [, section] = page.split("about a code that is not on it:");
  const [table] = section.split("\n## ");
  for (const line of table.split("\n")) {
    const found = new RegExp(
      `^\\| (?:${what} (\\d+)|${what}s (-?\\d+) to (-?\\d+)|any(?: other)? ${what}|${what} (-\\d+)) \\| (.*) \\|$`,
    ).exec(line);
    if (!found) continue;
    const [, one, first, last, negative, words] = found;
    const only = one ?? negative;
    rows.push({
      first: Number(only ?? first ?? -Infinity),
      last: Number(only ?? last ?? Infinity),
      words: unescaped(words),
    });
  }
  return rows;
}

const names = readdirSync(folder)
  .filter((name) => name.endsWith(".json"))
  .map((name) => name.slice(0, -".json".length));
assert.ok(names.length > 20 && names.includes("policies"));

for (const name of names) {
  const page = readFileSync(join(folder, `${name}.md`), "utf8");
  const json = JSON.parse(readFileSync(join(folder, `${name}.json`), "utf8"));
  const { catalog } = await bundled(join(folder, `${name}.ts`));
  const { retry, closes, codes } = catalog;

  test(`${name}: each entry`, () => {
    differences.length = 0;
    const from = page.indexOf("\n## All errors");
    const table = page
      .slice(from)
      .split("\n")
      .filter((line) => line.startsWith("| ["));
    const sentences = page.match(/(?<=^\*\*What to do:\*\* ).*$/gm);
    assert.equal(table.length, json.entries.length);
    const rows = new Map(
      table.map((row) => {
        const [code, , , words] = cells(row);
        const parts = [...code.matchAll(/`([^`]*)`/g)].map(([, one]) => one);
        return [parts.at(-1) ?? code, unescaped(words)];
      }),
    );
    for (const entry of json.entries) {
      const policy = retry[entry.name];
      assert.ok(policy, entry.name);
      compare(`${entry.name}, JSON`, ofJson(entry.retry), policy);
      const shown =
        rows.get(entry.name) ?? rows.get(String(entry.code ?? entry.name));
      assert.ok(shown, `${entry.name} is in the table`);
      compare(`${entry.name}, table`, read(shown), policy);
      // The sentence, before the advice of the entry.
      const says = sentences.some((sentence) => {
        const text = unescaped(sentence);
        for (
          let end = text.length;
          end > 0;
          end = text.lastIndexOf(".", end - 1)
        )
          try {
            const words = read(text.slice(0, end + 1).replace(/\.$/, ""));
            if (JSON.stringify(words) === JSON.stringify(read(shown)))
              return true;
          } catch {
            // It goes on with the advice.
          }
        return false;
      });
      assert.ok(says, `${entry.name}: no sentence says \`${shown}\``);
    }
    assert.deepEqual(differences, []);
  });

  test(`${name}: each code that nobody declared`, () => {
    differences.length = 0;
    for (const [what, policies, printed, from, to] of [
      ["close code", closes, json.closes, 1000, 4999],
      ["code", codes, json.codes, -33_000, 1200],
    ]) {
      const rows = undeclared(page, what);
      // A code that no message carries can't be unknown.
      const isCarried =
        what === "close code" ||
        printed.ranges.length > 0 ||
        json.entries.some(
          ({ code, examples }) => code !== undefined && examples.length > 0,
        );
      if (!isCarried) {
        assert.deepEqual(rows, [], what);
        continue;
      }
      assert.equal(rows.length, printed.ranges.length + 1, what);
      const words = rows.map((row) => read(row.words));
      const ranges = printed.ranges.map((range) => ofJson(range.retry));
      const rest = ofJson(printed.unknown);
      for (let code = from; code <= to; code++) {
        if (
          what === "close code" &&
          catalog.closed(code, "").kind !== "$unknown"
        )
          continue;
        const policy = policyOf(retry, policies, { kind: "$unknown", code });
        const row = rows.findIndex(
          ({ first, last }) => code >= first && code <= last,
        );
        compare(`${what} ${code}, table`, words[row], policy);
        const range = printed.ranges.findIndex(
          ({ first, last }) => code >= first && code <= last,
        );
        const said = ranges[range] ?? rest;
        compare(`${what} ${code}, JSON`, said, policy);
      }
    }
    assert.deepEqual(differences, []);
  });

  test(`${name}: each close in the diagram`, () => {
    differences.length = 0;
    const plain = (text) =>
      text.replaceAll(/#(\d+);/g, (_, code) => String.fromCodePoint(code));
    for (const [, closesOf, then] of page.matchAll(
      /close\d+\(\["(.*?)"\]\) --> then\d+\["(.*?)"\]/g,
    ))
      for (const close of closesOf.split("<br>")) {
        const [, code, reason] =
          /^(\d{4})(?: to \d{4}|(?: (.*))?)$/.exec(plain(close)) ?? [];
        if (code === undefined) continue;
        // The name stands there where there is no reason.
        const said = retry[reason] ? "" : (reason ?? "");
        const of = retry[reason]
          ? { kind: reason }
          : catalog.closed(Number(code), said);
        const policy = policyOf(retry, closes, of);
        compare(`diagram, ${close}`, read(plain(then)), policy);
      }
    assert.deepEqual(differences, []);
  });
}

test("there was something to compare", () => {
  console.log(
    `${compared} statements of ${names.length} catalogs compared with what is done`,
  );
  assert.ok(compared > 100_000);
});
