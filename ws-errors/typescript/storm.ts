/** A guard against error storms: more than so many errors within a window, and the client leaves. */

import { Linked, type Part, type Told } from "./part.js";

/** As a generated module has it. Times are in milliseconds. */
export interface StormRule {
  /** The most errors that are no storm. */
  readonly moreThan: number;
  /** The window. */
  readonly within: number;
  /** The close code that the client sends. */
  readonly code: number;
  /** The reason that the client sends. */
  readonly reason: string;
}

/** Options of a {@link StormGuard}. */
export interface StormOptions<E> extends StormRule {
  /** Is told the error that was one too many. */
  readonly announce?: ((error: E) => void) | undefined;
}

/**
 * Counts errors, and ends the connection in a storm. The error that was one too many reaches nobody
 * else, so this part comes before those that act. Whether there is another connection, the policy of
 * its close code says.
 */
export class StormGuard<E = Told>
  extends Linked<StormOptions<E>, E>
  implements Part<E>
{
  #times: number[] = [];

  received(_: unknown, error: E | undefined): boolean {
    if (error === undefined) return false;
    const { moreThan, within, code, reason, announce } = this.options;
    const now = this.link.timers.now();
    this.#times = this.#times.filter(
      (time) => time > now - within && time <= now,
    );
    this.#times.push(now);
    if (this.#times.length <= moreThan) return false;
    this.#times = [];
    this.link.end(code, reason);
    this.link.guarded(() => announce?.(error));
    return true;
  }
}
