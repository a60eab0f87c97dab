// What the decoders of generated modules do with texts.

// --- parsed: isDeep
/** The JSON that a text is; what nests deeper than Rust reads it, or holds half a character, is none. */
function parsed(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    const isNone =
      (text.length > 254 && isDeep(value, 128)) ||
      (text.includes("\\u") &&
        /(?<!\\)(?:\\\\)*\\ud[89a-f]/.test(JSON.stringify(value)));
    return isNone ? undefined : value;
  } catch {
    return undefined;
  }
}

// --- isDeep
/** Whether a value has so many levels of arrays and objects. */
function isDeep(value: unknown, levels: number): boolean {
  if (typeof value !== "object" || value === null) return false;
  return (
    levels === 1 ||
    Object.values(value).some((inner) => isDeep(inner, levels - 1))
  );
}

// --- all: parsed behind
function all<E>(
  text: string,
  parse: (text: string) => E | undefined,
  decode: (data: unknown) => E | undefined,
  ends: readonly string[],
): readonly E[] {
  const isError = (error: E | undefined): error is E => error !== undefined;
  const elements = parsed(text);
  if (Array.isArray(elements)) {
    const errors = elements.map(decode).filter(isError);
    const isBatch = elements.every(
      (element) => typeof element === "object" && element !== null,
    );
    if (isBatch && errors.length > 0) return errors;
  }
  // No value has a control character as it is, so one that ends messages ends each.
  const end = ends.find((end) => text.includes(end));
  const parts = end === undefined ? [text] : text.split(end);
  const errors = parts.flatMap((part, index) => {
    const isLast = index === parts.length - 1;
    if (part === "" && isLast) return [];
    const whole = end === undefined || isLast ? part : part + end;
    const error = parse(whole);
    return error === undefined ? behind(whole).map(decode) : [error];
  });
  return errors.filter(isError);
}

// --- behind: jsonAt
/** JSON behind JSON, with white space between them or without; all of it, or nothing. */
function behind(text: string): readonly unknown[] {
  const values: unknown[] = [];
  let at = 0;
  while (text.slice(at).trim() !== "") {
    const json = jsonAt(text, at);
    if (json === undefined) return [];
    values.push(json.value);
    at = json.end;
  }
  return values;
}

// --- jsonAt: parsed
/** The JSON that begins at a place of a text, behind white space, and where it ends. */
function jsonAt(
  text: string,
  at: number,
): { readonly value: unknown; readonly end: number } | undefined {
  const token =
    /[ \t\r\n,:]*(?:([[{])|([\]}])|"(?:[^"\\]|\\.)*"|-?(?:0|[1-9]\d*)(?!\d)(?:\.\d+(?!\d)|(?!\.))(?:[eE][+-]?\d+|(?![eE]))|true|false|null)/sy;
  token.lastIndex = at;
  let depth = 0;
  do {
    const found = token.exec(text);
    if (!found) return undefined;
    if (found[1] !== undefined) depth++;
    if (found[2] !== undefined) depth--;
  } while (depth > 0);
  const end = token.lastIndex;
  const value = parsed(text.slice(at, end));
  return value === undefined ? undefined : { value, end };
}

// --- withoutEntities
function withoutEntities(text: string): string {
  return text.replace(
    /&(?:amp|lt|gt|quot|#39);/g,
    (entity) =>
      ({ "&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": '"' })[entity] ??
      "'",
  );
}

// --- percentDecoded
function percentDecoded(text: string): string {
  return text.replace(/(?:%[0-9a-fA-F]{2})+/g, (encoded) => {
    try {
      return decodeURIComponent(encoded);
    } catch {
      return encoded;
    }
  });
}

// --- withoutStompEscapes
function withoutStompEscapes(text: string): string {
  return text.replace(
    /\\([\\rnc])/g,
    (_, letter: string) => ({ "\\": "\\", r: "\r", n: "\n" })[letter] ?? ":",
  );
}

// --- any
function any(): boolean {
  return true;
}

// --- segments
type $Slot = (text: string) => boolean;

/**
 * A literal, the characters of a value, JSON, or segments that are there together or not.
 */
type $Segment =
  | string
  | $Slot
  | {
      readonly json: (value: unknown) => boolean;
      /** The characters with which it can begin. */
      readonly begins: string;
    }
  | { readonly maybe: readonly $Segment[]; readonly none?: () => void };

// --- split: segments jsonAt
/**
 * Takes a text apart. A slot ends at the first place where what follows it can begin; `again`: at
 * any such place, as far as it takes no more than a thousand tries, in texts of up to 4 KiB.
 */
function split(
  text: string,
  again: boolean,
  segments: readonly $Segment[],
): boolean {
  const isRetried = again && bytes(text) <= 4096;
  let tries = 0;
  const walk = (
    segments: readonly $Segment[],
    at: number,
    failed: Set<number>,
  ): boolean => {
    const [segment, ...after] = segments;
    if (segment === undefined) return at === text.length;
    const state = segments.length * (text.length + 1) + at;
    if (failed.has(state)) return false;
    const rest = (end: number) => walk(after, end, failed);
    let found = false;
    if (typeof segment === "string")
      found = text.startsWith(segment, at) && rest(at + segment.length);
    else if (typeof segment === "function") {
      let end = endOfSlot(text, at, after, isRetried);
      while (end >= 0 && ++tries <= 1000) {
        found = segment(text.slice(at, end)) && rest(end);
        const [next] = after;
        const isLast = next === undefined || typeof next === "function";
        if (found || !isRetried || isLast) break;
        const width = (text.codePointAt(end) ?? 0) > 0xffff ? 2 : 1;
        end = endOfSlot(text, end + width, after, isRetried);
      }
    } else if ("maybe" in segment) {
      found = walk([...segment.maybe, ...after], at, new Set());
      if (!found) {
        segment.none?.();
        found = rest(at);
      }
    } else {
      const json = jsonAt(text, at);
      found = json !== undefined && segment.json(json.value) && rest(json.end);
    }
    if (!found) failed.add(state);
    return found;
  };
  return walk(segments, 0, new Set());
}

/** Where a slot can end at the earliest. */
function endOfSlot(
  text: string,
  from: number,
  after: readonly $Segment[],
  again: boolean,
): number {
  const [next] = after;
  if (from > text.length) return -1;
  if (next === undefined) return text.length;
  if (!again && after.every((segment) => typeof segment === "string")) {
    const end = after.join("");
    return text.length - from >= end.length && text.endsWith(end)
      ? text.length - end.length
      : -1;
  }
  if (typeof next === "string") return text.indexOf(next, from);
  // Two slots side by side: all characters are the second's. So it is with what may be absent.
  if (typeof next === "function" || "maybe" in next) return from;
  for (let end = from; end < text.length; end++)
    if (next.begins.includes(text.charAt(end))) return end;
  return -1;
}

/** The length of a text in UTF-8. */
function bytes(text: string): number {
  let sum = 0;
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    sum += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return sum;
}

// --- isReason: split
/** Whether a reason is this one, as far as there was room for it in a close frame. */
function isReason(reason: string, segments: readonly $Segment[]): boolean {
  if (split(reason, false, segments) || split(reason, true, segments))
    return true;
  if (bytes(reason) < 120) return false;
  const isText = segments.map((segment) => typeof segment === "string");
  const last = isText.lastIndexOf(true);
  return last > 0 && isReason(reason, segments.slice(0, last));
}

// --- isCloseCode
/** Whether a server may send a close code. */
function isCloseCode(code: number): boolean {
  const isReserved =
    code >= 1000 && code <= 1013 && ![1004, 1005, 1006, 1010].includes(code);
  return isReserved || (code >= 3000 && code <= 4999);
}
