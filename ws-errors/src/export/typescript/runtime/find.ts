// The choice between several readings of a message, and messages of which a frame holds several.

// --- best: found
/** The best reading so far, and what it counts. */
interface $Best {
  rank: number;
  found: $Found | undefined;
}

/** Of those that count the same the first is it. */
function offer(best: $Best, rank: number, found: $Found): void {
  if (rank <= best.rank) return;
  best.rank = rank;
  best.found = found;
}

// --- none
/** Nothing is an error where none has a message. */
function none(_: unknown): undefined {
  return undefined;
}

// --- all: parsed endOfJson
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

/** JSON behind JSON, with white space between them or without; all of it, or nothing. */
function behind(text: string): readonly unknown[] {
  const values: unknown[] = [];
  for (let rest = text.trim(); rest !== ""; rest = rest.trim()) {
    const end = endOfJson(rest);
    const value = end < 0 ? undefined : parsed(rest.slice(0, end));
    if (value === undefined) return [];
    values.push(value);
    rest = rest.slice(end);
  }
  return values;
}

// --- parsed
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

// --- endOfJson
/** Where the JSON ends that a text begins with; a scalar that is no string is none here. */
function endOfJson(text: string): number {
  let depth = 0;
  let quoted = false;
  for (let index = 0; index < text.length; index++) {
    const character = text[index] ?? "";
    if (quoted) {
      if (character === "\\") index++;
      else if (character === '"') quoted = false;
    } else if (character === '"') quoted = true;
    else if (character === "{" || character === "[") depth++;
    else if (character === "}" || character === "]") depth--;
    else if (depth === 0 && /\s/.test(character)) continue;
    if (depth === 0 && !quoted) return index + 1;
  }
  return -1;
}
