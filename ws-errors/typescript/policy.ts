/**
 * What a client may do next, decided from a policy and nothing else: no timer runs here and no
 * socket is touched, so that every formula can be tested, and simulated for a fleet.
 */

/** What a catalog says about one error or one close. Times are in milliseconds. */
export interface Policy {
  readonly retry:
    | "never"
    | "never_on_connection"
    | "now"
    | "after"
    | "backoff"
    | "when"
    | "leave";
  /** The error is a message that a close follows: the policy is that of the close. */
  readonly closes?: true;
  /** How often at most; without a bound where it is absent. */
  readonly attempts?: number;
  /** `none`, or so much added at random; where it is absent, a random part of the wait. */
  readonly jitter?: "none" | number;
  /** The window in which a client picks a moment, in addition to the wait. */
  readonly spread?: number;
  /** `after`: the wait, where the server gives none. */
  readonly wait?: number;
  /** `after`: the member of the error that holds the wait. */
  readonly field?: string;
  /** `backoff`: the first wait. */
  readonly base?: number;
  /** `backoff`: the longest wait. */
  readonly max?: number;
  /** `when`: what the application does first. */
  readonly action?: string;
  /** `when`: what it does where that fails. */
  readonly otherwise?: string;
  /** `leave`: the close code that the client sends. */
  readonly code?: number;
  /** `leave`: the reason that the client sends. */
  readonly reason?: string;
}

/** Policies for codes that nobody declared: the first range that holds a code counts. */
export interface Policies {
  readonly ranges: readonly {
    readonly first: number;
    readonly last: number;
    readonly policy: Policy;
  }[];
  readonly unknown: Policy;
}

/** What is known beside the policy. */
export interface Hint {
  /** The close code, where the connection ended. */
  readonly code?: number | undefined;
  /** The wait that the server asks for, in milliseconds, as it came: it may be anything. */
  readonly wait?: unknown;
}

/** A clock that counts milliseconds. */
export interface Clock {
  now(): number;
}

/** What to do next. */
export type Decision =
  | {
      readonly next: "stop";
      /** Another connection may be able to. */
      readonly connection?: true;
      /** The close that the client sends. */
      readonly leave?: { readonly code: number; readonly reason: string };
    }
  | { readonly next: "wait"; readonly ms: number; readonly at: number }
  | {
      readonly next: "act";
      readonly action: string;
      readonly otherwise?: string | undefined;
    };

/** The longest wait that `setTimeout` can hold; it takes a longer one for none. */
const LONGEST = 2 ** 31 - 1;
/** A server that asks for more than a day is not believed. */
const DAY = 86_400_000;
/** What to do where nothing better is said: back off from 1 s to 30 s. */
const BACKOFF: Policy = { retry: "backoff", base: 1000, max: 30_000 };

const positive = (value: unknown): number | undefined =>
  typeof value === "number" && value > 0 && value < Infinity
    ? value
    : undefined;

/** A wait from a server; `undefined` where it is none, 0, or absurd. */
function asked(value: unknown): number | undefined {
  const wait = typeof value === "string" ? Number(value) : value;
  return positive(wait) && (wait as number) <= DAY
    ? (wait as number)
    : undefined;
}

function backoff(
  policy: Policy,
  attempt: number,
  code: number | undefined,
  random: () => number,
): number {
  const { jitter } = policy;
  const full = jitter === undefined;
  let base = positive(policy.base) ?? 1000;
  let max = Math.max(positive(policy.max) ?? 30_000, base);
  let least = 0;
  // A policy that states its own jitter is carried out as it says.
  if (full && code === 1006) {
    // Whatever broke one connection broke all of them at the same moment.
    base = Math.max(base, 5000);
    max = Math.max(max, base);
  } else if (full && code === 1012) {
    // The server restarts.
    least = 5000;
    base = Math.max(base, 25_000);
    max = Math.max(max, base);
  } else if (full && code === 1013) {
    // The server has too much to do.
    least = 30_000;
    base = Math.max(base, 90_000);
    max = Math.max(max, 270_000);
  }
  const wait = Math.min(base * 2 ** attempt, max);
  if (full) return least + random() * wait;
  return wait + (jitter === "none" ? 0 : random() * (positive(jitter) ?? 0));
}

function after(policy: Policy, wait: number, random: () => number): number {
  const { jitter } = policy;
  if (jitter === "none") return wait;
  if (jitter !== undefined) return wait + random() * (positive(jitter) ?? 0);
  // A floor, that is stretched and never shortened; a window makes the difference by itself.
  return positive(policy.spread) ? wait : wait * (1 + random());
}

/**
 * What to do after an error or a close.
 *
 * @param policy what the catalog says about it, see {@link policyOf}
 * @param attempt how often it was tried since it last went well; 0 at first
 * @param hint the close code, and the wait that the server asks for
 * @param clock gives the moment from which a wait counts
 * @param random a number from 0 up to 1, as `Math.random`
 */
export function decide(
  policy: Policy,
  attempt: number,
  hint: Hint,
  clock: Clock,
  random: () => number,
): Decision {
  const { retry, action, otherwise } = policy;
  const { code } = hint;
  // NaN and the negative count as the first attempt, and 2 to the 30th is behind every cap.
  const tried = Math.max(attempt, 0) || 0;
  const doublings = Math.min(tried, 30);

  if (retry === "leave")
    return {
      next: "stop",
      leave: { code: policy.code ?? 1000, reason: policy.reason ?? "" },
    };
  if (retry === "never") return { next: "stop" };
  if (retry === "never_on_connection" && code === undefined)
    return { next: "stop", connection: true };
  if (policy.attempts !== undefined && tried >= policy.attempts)
    return otherwise === undefined
      ? { next: "stop" }
      : { next: "act", action: otherwise };
  if (retry === "when" && action !== undefined)
    return { next: "act", action, otherwise };

  const floor =
    asked(hint.wait) ?? (retry === "after" ? positive(policy.wait) : undefined);
  let ms: number;
  if (floor !== undefined) ms = after(policy, floor, random);
  else if (retry === "now")
    // At once, but not again and again.
    ms = tried === 0 ? 0 : backoff(BACKOFF, doublings - 1, undefined, random);
  else
    ms = backoff(
      retry === "backoff" ? policy : { ...BACKOFF, ...jitterOf(policy) },
      doublings,
      code,
      random,
    );
  ms += random() * (positive(policy.spread) ?? 0);
  ms = Math.min(ms, LONGEST);
  return { next: "wait", ms, at: clock.now() + ms };
}

const jitterOf = ({ jitter }: Policy): Partial<Policy> =>
  jitter === undefined ? {} : { jitter };

/** What to do about close codes where a catalog says nothing at all. */
function general(code: unknown): Policy {
  // What the client did wrong it would do again; it closed normally because it was done.
  return [1000, 1002, 1003, 1007, 1008, 1009, 1010].includes(code as number)
    ? { retry: "never" }
    : BACKOFF;
}

/**
 * The policy of an error or a close: by its kind where the catalog declares it, then by the
 * catalog's ranges of codes, then by what is generally so.
 *
 * @param table the policies by kind
 * @param policies those for codes that nobody declared
 * @param of the error or close
 * @param isClose whether it ended the connection
 */
export function policyOf(
  table: Readonly<Record<string, Policy>>,
  policies: Policies | undefined,
  of: { readonly kind: string; readonly code?: unknown },
  isClose: boolean,
): Policy {
  const { kind, code } = of;
  const own = Object.getOwnPropertyDescriptor(table, kind);
  if (own) return own.value as Policy;
  const range = policies?.ranges.find(
    ({ first, last }) =>
      typeof code === "number" && code >= first && code <= last,
  );
  if (range) return range.policy;
  return (
    policies?.unknown ?? (isClose ? general(code) : { retry: "never" as const })
  );
}
