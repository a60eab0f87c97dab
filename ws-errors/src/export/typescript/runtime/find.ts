// The search for the entry of a frame. `$unknown` stands for the catalog's own names.

// --- groups
/** An entry: its kind, what is its own in a message, its code, and the code on the wire. */
type $Row = readonly [string, $Match, unknown?, unknown?];

/** The messages of one envelope: what they have in common, and who they may be. */
interface $Group {
  readonly raw?: boolean;
  readonly key: $Match;
  readonly rows: ReadonlyMap<unknown, readonly $Row[]>;
  readonly unknown?: $Match;
}

// --- rowsOf: groups
/** The rows by code; those that have none, or any, stand under `undefined`. */
function rowsOf(list: readonly $Row[]): ReadonlyMap<unknown, readonly $Row[]> {
  const rows = new Map<unknown, $Row[]>();
  for (const row of list) {
    const wire = row.length > 3 ? row[3] : row[2];
    const known = rows.get(wire);
    if (known) known.push(row);
    else rows.set(wire, [row]);
  }
  return rows;
}

// --- find: groups
/** More than any frame can score: a known code comes before all else. */
const $known = 1e9;

function find(value: unknown, raw: boolean): $Found | undefined {
  let best: $Found | undefined;
  let most = -1;
  for (const group of groups()) {
    if (!group.raw === raw) continue;
    const probe: $Found = { kind: "$unknown", context: {} };
    const base = attempt(group.key, value, probe);
    if (base < 0) continue;
    const known = group.rows.get(probe.code);
    const isKnown = known && probe.code !== undefined;
    const rows = known ?? group.rows.get(undefined) ?? [];
    for (const [kind, match, code] of rows) {
      const found: $Found = { kind, code: code ?? probe.code, context: {} };
      const score = attempt(match, value, found);
      const total = base + score + (isKnown ? $known : 0);
      if (score < 0 || total <= most) continue;
      most = total;
      best = found;
    }
    if (!group.unknown || most >= $known) continue;
    const total = base + attempt(group.unknown, value, probe) - 0.5;
    if (total < base - 0.5 || total <= most) continue;
    most = total;
    best = { code: undefined, ...probe, data: value };
  }
  return best;
}

/** Values that are too deep to be checked, or that throw when they are read, match nothing. */
function attempt(match: $Match, value: unknown, found: $Found): number {
  try {
    return match(value, found);
  } catch {
    return -1;
  }
}
