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

// --- success: found
/** What is no error, because its code means success. */
const success: $Found = { kind: "", context: {} };

// --- failure: success
function failure(found: $Found | undefined): $Found | undefined {
  return found === success ? undefined : found;
}

// --- isRecord
function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

// --- own
/** A member with a key that every object inherits. */
function own(record: Record<string, unknown>, key: string): unknown {
  return Object.prototype.hasOwnProperty.call(record, key)
    ? record[key]
    : undefined;
}

// --- hasOnly
function hasOnly(record: object, keys: readonly string[]): boolean {
  for (const key of Object.keys(record)) if (!keys.includes(key)) return false;
  return true;
}

// --- same: isRecord own
/** Whether two values are one in JSON, where the order of members says nothing. */
function same(one: unknown, other: unknown): boolean {
  if (Array.isArray(one))
    return (
      Array.isArray(other) &&
      one.length === other.length &&
      one.every((element, index) => same(element, other[index]))
    );
  if (!isRecord(one) || !isRecord(other)) return one === other;
  const keys = Object.keys(one);
  return (
    keys.length === Object.keys(other).length &&
    keys.every((key) => same(one[key], own(other, key)))
  );
}

// --- digits
/** The whole number that characters are, as JSON writes it. */
function digits(text: string): number | undefined {
  return /^(0|-?[1-9][0-9]{0,18})$/.test(text) ? Number(text) : undefined;
}

// --- once
const known: Map<unknown, Map<unknown, boolean>> = new Map();
let level = 0;

/** Whether a value is of a type that holds itself. Each is compared once. */
function once(is: (value: unknown) => boolean, value: unknown): boolean {
  const values = known.get(is) ?? new Map<unknown, boolean>();
  known.set(is, values);
  const before = values.get(value);
  if (before !== undefined) return before;
  level++;
  try {
    const found = is(value);
    values.set(value, found);
    return found;
  } finally {
    level--;
    if (level === 0) known.clear();
  }
}

// --- none
/** Nothing is an error where none has a message. */
function none(_: unknown): undefined {
  return undefined;
}
