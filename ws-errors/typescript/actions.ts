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

/** Does what it is named for, and rejects where it could not. It is told what made it necessary. */
export type Action<Cause> = (cause: Cause) => unknown;

/** A member for each action of a catalog. */
export type Actions<Cause, R extends Table, P = never> = {
  readonly [Name in ActionOf<R, P>]: Action<Cause>;
};

/** What became of an action: `failed` where there was none, or none that succeeded. */
export type Acted = "done" | "failed" | "superseded";

/**
 * Runs an action until it succeeds, at most so often (once, where nothing is said), with a second
 * more between failures each time; then what is to be done otherwise, once.
 */
export async function act<Cause>(
  actions: Readonly<Record<string, Action<Cause>>>,
  policy: {
    readonly action?: string | undefined;
    readonly otherwise?: string | undefined;
    readonly attempts?: number | undefined;
  },
  cause: Cause,
  timers: Timers,
  isCurrent: () => boolean,
): Promise<Acted> {
  const { action = "", otherwise, attempts = 1 } = policy;
  const run = async (name: string): Promise<boolean> => {
    try {
      if (!actions[name]) return false;
      await actions[name](cause);
      return true;
    } catch {
      return false;
    }
  };
  for (let attempt = 1; attempt <= attempts; attempt++) {
    const done = await run(action);
    if (!isCurrent()) return "superseded";
    if (done) return "done";
    if (attempt === attempts) break;
    await new Promise<void>((wake) => {
      timers.set(wake, 1000 * attempt);
    });
    if (!isCurrent()) return "superseded";
  }
  const done = otherwise !== undefined && (await run(otherwise));
  if (!isCurrent()) return "superseded";
  return done ? "done" : "failed";
}
