/**
 * What a client may do next, decided from a policy and nothing else: no timer runs here and no
 * socket is touched, so that every formula can be tested, and simulated for a fleet.
 */

/** What a client may do next, as a catalog says it of an error or a close. Times are in milliseconds. */
export interface Policy {
  /** `never` may be limited to this connection; `when` waits for an action of the application. */
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
  /** How many milliseconds one is in that member: 1000 where it holds seconds; 1 where it is absent. */
  readonly unit?: number;
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
  /** The wait that the server asks for, in the unit of the policy, as it came: it may be anything. */
  readonly wait?: unknown;
}

/** A clock that counts milliseconds. */
export interface Clock {
  now(): number;
}

/** What to do next. `now` backs off from the second time on, from 1 s to 30 s. */
export type Decision =
  | {
      readonly next: "stop";
      /** The close that the client sends. */
      readonly leave?: Pick<Policy, "code" | "reason">;
    }
  | { readonly next: "wait"; readonly ms: number; readonly at: number }
  | {
      readonly next: "act";
      readonly action: string;
      readonly otherwise?: string | undefined;
    };

/** A server that asks for more than a day is not believed. */
const DAY = 86_400_000;
const positive = (
  value: unknown,
  most = 1e308,
  unit = 1,
): number | undefined =>
  typeof value === "number" && value > 0 && value * unit <= most
    ? value * unit
    : undefined;

/**
 * What to do after an error or a close.
 *
 * @param policy what the catalog says about it, see {@link policyOf}
 * @param attempt how often it was tried since it last went well; 0 at first
 * @param hint the wait that the server asks for
 * @param clock gives the moment from which a wait counts
 * @param random a number from 0 up to 1, as `Math.random`
 */
export function decide(
  policy: Policy,
  attempt: number,
  { wait }: Hint,
  clock: Clock,
  random: () => number,
): Decision {
  const { retry, action, otherwise, jitter } = policy;
  // NaN and the negative count as the first attempt.
  const tried = Math.max(attempt, 0) || 0;

  if (retry === "leave") return { next: "stop", leave: policy };
  if (retry.startsWith("never")) return { next: "stop" };
  // No number is at least one that is not there.
  if (tried >= (policy.attempts as number))
    return otherwise ? { next: "act", action: otherwise } : { next: "stop" };
  if (retry === "when" && action) return { next: "act", action, otherwise };

  const floor =
    positive(
      typeof wait === "string" ? Number(wait) : wait,
      DAY,
      policy.unit,
    ) ?? positive(retry === "after" && policy.wait);
  const spread = positive(policy.spread) ?? 0;
  const base = positive(policy.base) ?? 1000;
  const max = Math.max(positive(policy.max) ?? 30_000, base);
  // At once, but not again and again.
  const doublings = retry === "now" ? tried - 1 : tried;
  const whole =
    floor ?? (doublings < 0 ? 0 : Math.min(base * 2 ** doublings, max));
  let ms: number;
  if (jitter !== undefined) ms = whole + random() * (positive(jitter) ?? 0);
  else if (floor === undefined) ms = random() * whole;
  // A floor, that is stretched and never shortened; a window makes the difference by itself.
  else ms = spread > 0 ? whole : whole * (1 + random());
  ms += random() * spread;
  return { next: "wait", ms, at: clock.now() + ms };
}

/**
 * The policy of an error or a close: by its kind where the catalog declares it, else by the
 * catalog's ranges of codes, else the one for all other codes.
 *
 * @param table the policies by kind
 * @param policies those for codes that nobody declared; where there are none, it is never
 * @param of the error or close
 */
export function policyOf(
  table: Readonly<Record<string, Policy>>,
  policies: Policies | undefined,
  of: {
    readonly kind: string;
    readonly code?: unknown;
    readonly rawCode?: unknown;
  },
): Policy {
  const own = table[of.kind];
  // A kind may have the name of something that every object has.
  if (own?.retry) return own;
  // A number may stand there as its digits.
  const raw = (of.rawCode ?? of.code) as string;
  const code = Number(/^-?\d+$/.exec(raw)?.[0]);
  const range = policies?.ranges.find(
    ({ first, last }) => code >= first && code <= last,
  );
  return range?.policy ?? policies?.unknown ?? { retry: "never" };
}
