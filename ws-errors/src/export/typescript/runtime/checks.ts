// The checks of values that the decoders of generated modules call. The exporter copies the sections
// that a module needs; a section begins with a line of its name and of those that it needs in turn.

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

// --- isMap: checks isRecord
function isMap(check: $Check): $Check {
  return (value) => isRecord(value) && Object.values(value).every(check);
}

// --- isRecord
function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

// --- has
function has(value: object, key: string): boolean {
  return Object.prototype.hasOwnProperty.call(value, key);
}

// --- own: has
/** A member with a key that every object inherits. */
function own(record: object, key: string): unknown {
  return has(record, key)
    ? (record as Record<string, unknown>)[key]
    : undefined;
}

// --- hasOnly
function hasOnly(record: object, keys: readonly string[]): boolean {
  return Object.keys(record).every((key) => keys.includes(key));
}
