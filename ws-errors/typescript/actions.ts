/**
 * What the application does before a retry: it refreshes a token, signs in, brings its state up to
 * date. A catalog names these actions; an application that lacks one of them does not compile.
 */

import type { Timers } from "./environment.js";
import type { Policy } from "./policy.js";

type Named<P> =
  | (P extends { readonly action: infer A extends string } ? A : never)
  | (P extends { readonly otherwise: infer O extends string } ? O : never);

type Ranges<P> = P extends {
  readonly ranges: readonly { readonly policy: infer Q }[];
  readonly unknown: infer U;
}
  ? Q | U
  : never;

/** The policies of a generated module, by kind. */
export type Table = Readonly<Record<string, Policy>>;

/** The names of all actions in these policies. */
export type ActionOf<R extends Table, P = never> = Named<
  R[keyof R] | Ranges<P>
>;

/**
 * Does what it is named for. It is given what made it necessary, and the how manieth try it is.
 *
 * - Whatever it returns or resolves to: it is done, and the retry follows.
 * - `false` is *no*: the answer is final. What the policy does otherwise follows, else the end.
 * - Where it throws, rejects, or takes too long, it is *not now*: it is tried again after 1 s, 2 s, …
 *   30 s, and as long as a part holds (offline, say) not at all. Such tries are no attempts.
 */
export type Action<Cause> = (cause: Cause, attempt: number) => unknown;

/** A member for each action of a catalog. */
export type Actions<Cause, R extends Table, P = never> = {
  readonly [Name in ActionOf<R, P>]: Action<Cause>;
};

/** When an action is tried again: up to a second later at random, so that not all do it at once. */
export const NOT_NOW: Policy = { retry: "backoff", jitter: 1000 };

/** What an action answers; it rejects where the action throws, or takes longer than so many milliseconds. */
export async function answerOf(
  act: () => unknown,
  within: number,
  timers: Timers,
): Promise<unknown> {
  let timer: unknown;
  try {
    return await Promise.race([
      new Promise((_, reject) => {
        timer = timers.set(reject as () => void, within);
      }),
      act(),
    ]);
  } finally {
    timers.clear(timer);
  }
}
