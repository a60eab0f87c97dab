// What the decoders of generated modules call. The exporter copies the sections that a module needs;
// a section begins with a line of its name and of those that it needs in turn.

// --- found
/** What was found in a message. */
interface $Found {
  kind: string;
  code?: unknown;
  context: Record<string, unknown>;
  [name: string]: unknown;
}

// --- types: found
/** How well a value matches; negative where it does not. What is taken goes into `found`. */
type $Match = (value: unknown, found: $Found) => number;

// --- any: types
const any: $Match = () => 0;

// --- is: types
function is(constant: unknown): $Match {
  const score = 1e8 + (typeof constant === "string" ? constant.length : 0);
  return (value) => (value === constant ? score : -1);
}

// --- take: checks types
function take(name: string, check: $Check, score = 0): $Match {
  return (value, found) => {
    if (!check(value)) return -1;
    found[name] = value;
    return score;
  };
}

// --- hold: checks types
function hold(name: string, check: $Check): $Match {
  return (value, found) => {
    if (!check(value)) return -1;
    found.context[name] = value;
    return 0;
  };
}

// --- members: isRecord has types
/** The third element tells that a member may be absent, or that it may be wrong. */
type $Member = readonly [string, $Match, ("optional" | "lenient")?];

function members(list: readonly $Member[], exact = false): $Match {
  return (value, found) => {
    if (!isRecord(value)) return -1;
    let sum = 0;
    for (const [key, match, presence] of list) {
      if (has(value, key)) {
        const score = match(value[key], found);
        sum += 1e4;
        if (score >= 0) sum += score;
        else if (presence !== "lenient") return -1;
      } else if (!presence) return -1;
    }
    if (!exact) return sum;
    const isKnown = (key: string) => list.some(([known]) => known === key);
    return Object.keys(value).every(isKnown) ? sum : -1;
  };
}

// --- elements: types
function elements(
  list: readonly $Match[],
  least: number,
  most: number = list.length,
): $Match {
  return (value, found) => {
    if (!Array.isArray(value) || value.length < least || value.length > most)
      return -1;
    let sum = 0;
    for (let index = 0; index < list.length; index++) {
      if (index >= value.length) break;
      const item: unknown = value[index];
      sum += 1e4;
      // A place that is held for what comes after it.
      if (item === null && index >= least && index < value.length - 1) continue;
      const score = list[index]?.(item, found) ?? 0;
      if (score < 0) return -1;
      sum += score;
    }
    return sum;
  };
}

// --- first: types
function first(matches: readonly $Match[]): $Match {
  return (value, found) => {
    for (const match of matches) {
      const trial = { ...found, context: { ...found.context } };
      const score = match(value, trial);
      if (score < 0) continue;
      Object.assign(found, trial);
      return score;
    }
    return -1;
  };
}

// --- encoded: parsed types
function encoded(match: $Match): $Match {
  return (value, found) =>
    typeof value === "string" ? match(parsed(value), found) : -1;
}

// --- spliced: types
/** An array with a list in it: what the elements around it leave is the list's. */
function spliced(
  before: readonly $Match[],
  after: readonly $Match[],
  list: $Match,
): $Match {
  return (value, found) => {
    if (!Array.isArray(value)) return -1;
    const end = value.length - after.length;
    if (end < before.length) return -1;
    let sum = list(value.slice(before.length, end), found);
    if (sum < 0) return -1;
    for (const [index, match] of [...before, ...after].entries()) {
      const at = index < before.length ? index : index - before.length + end;
      const score = match(value[at], found);
      if (score < 0) return -1;
      sum += 1e4 + score;
    }
    return sum;
  };
}

// --- like: checks written any types
function like(parts: readonly $Part[]): $Check {
  const match = written(parts);
  return (value) => match(value, { kind: "", context: {} }) >= 0;
}

// --- written: types parsed endOfJson
/**
 * A literal, the characters of a value, what is quoted or escaped as in XML, a number that counts,
 * JSON, or parts that may be absent.
 */
type $Part =
  | string
  | $Match
  | { readonly quoted: $Match }
  | { readonly xml: $Match }
  | { readonly digits: true }
  | { readonly json: $Match }
  | { readonly maybe: readonly $Part[] };

function written(parts: readonly $Part[]): $Match {
  // One constant, however many literals.
  const base = parts.some((part) => typeof part === "string") ? 1e8 : 0;
  return (value, found) => {
    const score = typeof value === "string" ? walk(parts, value, found) : -1;
    return score < 0 ? -1 : base + score;
  };
}

function walk(parts: readonly $Part[], text: string, found: $Found): number {
  const [part, ...rest] = parts;
  if (part === undefined) return text === "" ? 0 : -1;
  if (typeof part === "object" && "maybe" in part) {
    const trial = { ...found, context: { ...found.context } };
    const score = walk([...part.maybe, ...rest], text, trial);
    if (score < 0) return walk(rest, text, found);
    Object.assign(found, trial);
    return score;
  }
  const end = endOf(part, rest, text);
  if (end < 0) return -1;
  const score = matched(part, text.slice(0, end), found);
  if (score < 0) return -1;
  const after = walk(rest, text.slice(end), found);
  return after < 0 ? -1 : score + after;
}

function matched(
  part: Exclude<$Part, { maybe: unknown }>,
  text: string,
  found: $Found,
): number {
  if (typeof part === "string") return text === part ? part.length : -1;
  if (typeof part === "function") return characters(part, text, found);
  if ("json" in part) return part.json(parsed(text), found);
  if ("digits" in part) return /^\d+$/.test(text) ? 0 : -1;
  if ("xml" in part) return characters(part.xml, withoutEntities(text), found);
  const slot = parsed(text);
  return typeof slot === "string" ? characters(part.quoted, slot, found) : -1;
}

/** The characters of a value: a string as it is, anything else as JSON. */
function characters(match: $Match, text: string, found: $Found): number {
  const score = match(text, found);
  return score < 0 ? match(parsed(text), found) : score;
}

/** Where a part ends that begins with the text, whatever stands in it. */
function endOf(part: $Part, rest: readonly $Part[], text: string): number {
  if (typeof part === "string") return text.startsWith(part) ? part.length : -1;
  if (typeof part === "object" && "quoted" in part)
    return text.startsWith('"') ? endOfJson(text) : -1;
  if (typeof part === "object" && "json" in part && /^\s*[[{\x22]/.test(text))
    return endOfJson(text);
  return endOfSlot(text, rest);
}

/** A value in a text ends at the next literal; the last takes the rest. */
function endOfSlot(text: string, rest: readonly $Part[]): number {
  const [next, ...after] = rest;
  if (next === undefined) return text.length;
  // Nothing comes behind the literal, so it is the last of its kind that ends the slot.
  if (typeof next === "string")
    return after.length > 0
      ? text.indexOf(next)
      : text.endsWith(next)
        ? text.length - next.length
        : -1;
  // Two slots side by side: all characters are the second's.
  if (typeof next === "function") return 0;
  if ("maybe" in next) {
    const end = endOfSlot(text, [...next.maybe, ...after]);
    return end < 0 ? endOfSlot(text, after) : end;
  }
  if ("quoted" in next) return text.indexOf('"');
  return "json" in next ? text.search(/[[{\x22\-\dtfn]/) : 0;
}

const entities: readonly (readonly [string, string])[] = [
  ["&lt;", "<"],
  ["&gt;", ">"],
  ["&quot;", '"'],
  ["&#39;", "'"],
  ["&amp;", "&"],
];

function withoutEntities(text: string): string {
  return entities.reduce(
    (text, [entity, character]) => text.split(entity).join(character),
    text,
  );
}
