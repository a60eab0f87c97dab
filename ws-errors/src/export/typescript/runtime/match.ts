// What the decoders of generated modules call. The exporter copies the sections that a module needs;
// a section begins with a line of its name and of those that it needs in turn.

// --- types
interface $Found {
  kind: string;
  code?: unknown;
  context: Record<string, unknown>;
  [name: string]: unknown;
}

/** How well a value matches; negative where it does not. What is taken goes into `found`. */
type $Match = (value: unknown, found: $Found) => number;

// --- checks
type $Check = (value: unknown) => boolean;

// --- isAnything: checks
const isAnything: $Check = () => true;

// --- isNull: checks
const isNull: $Check = (value) => value === null;

// --- isBoolean: checks
const isBoolean: $Check = (value) => typeof value === "boolean";

// --- isNumber: checks
const isNumber: $Check = (value) => typeof value === "number";

// --- isInteger: checks
const isInteger: $Check = (value) => Number.isInteger(value);

// --- isString: checks
const isString: $Check = (value) => typeof value === "string";

// --- isOneOf: checks
function isOneOf(values: readonly unknown[]): $Check {
  return (value) => values.includes(value);
}

// --- isAny: checks
function isAny(checks: readonly $Check[]): $Check {
  return (value) => checks.some((check) => check(value));
}

// --- isAll: checks
function isAll(checks: readonly $Check[]): $Check {
  return (value) => checks.every((check) => check(value));
}

// --- isArray: checks
function isArray(check: $Check): $Check {
  return (value) => Array.isArray(value) && value.every(check);
}

// --- isTuple: checks
function isTuple(
  checks: readonly $Check[],
  least: number,
  rest?: $Check,
): $Check {
  return (value) =>
    Array.isArray(value) &&
    value.length >= least &&
    value.every((element, index) => {
      const check = checks[index] ?? rest;
      return check !== undefined && check(element);
    });
}

// --- isObject: checks isRecord has
function isObject(
  checks: readonly (readonly [string, $Check, true?])[],
  rest?: $Check,
): $Check {
  return (value) => {
    if (!isRecord(value)) return false;
    for (const [key, check, optional] of checks) {
      if (has(value, key) ? !check(value[key]) : !optional) return false;
    }
    return (
      !rest ||
      Object.keys(value).every(
        (key) => checks.some(([known]) => known === key) || rest(value[key]),
      )
    );
  };
}

// --- isRecord
function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

// --- has
function has(value: object, key: string): boolean {
  return Object.prototype.hasOwnProperty.call(value, key);
}

// --- any
const any: $Match = () => 0;

// --- is
function is(constant: unknown): $Match {
  return (value) => (value === constant ? 1000 : -1);
}

// --- take: checks
function take(name: string, check: $Check, score = 1): $Match {
  return (value, found) => {
    if (!check(value)) return -1;
    found[name] = value;
    return score;
  };
}

// --- hold: checks
function hold(name: string, check: $Check): $Match {
  return (value, found) => {
    if (!check(value)) return -1;
    found.context[name] = value;
    return 1;
  };
}

// --- members: isRecord has
/** The third element tells that a member may be absent, or that it may be wrong. */
type $Member = readonly [string, $Match, ("optional" | "lenient")?];

function members(list: readonly $Member[], exact = false): $Match {
  return (value, found) => {
    if (!isRecord(value)) return -1;
    let sum = 0;
    for (const [key, match, presence] of list) {
      if (has(value, key)) {
        const score = match(value[key], found);
        if (score >= 0) sum += score;
        else if (presence !== "lenient") return -1;
      } else if (!presence) return -1;
    }
    if (!exact) return sum;
    const isKnown = (key: string) => list.some(([known]) => known === key);
    return Object.keys(value).every(isKnown) ? sum : -1;
  };
}

// --- elements
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
      // A place that is held for what comes after it.
      if (item === null && index >= least && index < value.length - 1) continue;
      const score = list[index]?.(item, found) ?? 0;
      if (score < 0) return -1;
      sum += score;
    }
    return sum;
  };
}

// --- first
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

// --- encoded: parsed
function encoded(match: $Match): $Match {
  return (value, found) =>
    typeof value === "string" ? match(parsed(value), found) : -1;
}

// --- parsed
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

// --- like: checks written any
function like(parts: readonly $Part[]): $Check {
  const match = written(parts);
  return (value) => match(value, { kind: "", context: {} }) >= 0;
}

// --- written: parsed
/** A literal, the characters of a value, JSON, or parts that may be absent. */
type $Part =
  | string
  | $Match
  | { readonly json: $Match }
  | { readonly maybe: readonly $Part[] };

function written(parts: readonly $Part[]): $Match {
  return (value, found) =>
    typeof value === "string" ? walk(parts, value, found) : -1;
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
  let score = 1000;
  let end = 0;
  if (typeof part === "string") {
    if (!text.startsWith(part)) return -1;
    end = part.length;
  } else if (typeof part === "function") {
    end = endOfSlot(text, rest);
    if (end < 0) return -1;
    const slot = text.slice(0, end);
    score = part(slot, found);
    if (score < 0) score = part(parsed(slot), found);
  } else {
    end = /^[[{"]/.test(text) ? endOfJson(text) : endOfSlot(text, rest);
    if (end < 0) return -1;
    score = part.json(parsed(text.slice(0, end)), found);
  }
  if (score < 0) return -1;
  const after = walk(rest, text.slice(end), found);
  return after < 0 ? -1 : score + after;
}

/** A value in a text ends at the next literal; the last takes the rest. */
function endOfSlot(text: string, rest: readonly $Part[]): number {
  const [next] = rest;
  return typeof next === "string" ? text.indexOf(next) : text.length;
}

function endOfJson(text: string): number {
  let depth = 0;
  let quoted = false;
  for (let index = 0; index < text.length; index++) {
    const character = text[index];
    if (quoted) {
      if (character === "\\") index++;
      else if (character === '"') quoted = false;
    } else if (character === '"') quoted = true;
    else if (character === "{" || character === "[") depth++;
    else if (character === "}" || character === "]") depth--;
    if (depth === 0 && !quoted) return index + 1;
  }
  return -1;
}
