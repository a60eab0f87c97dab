/** A guard against error storms: more than so many errors within a window, and the client leaves. */

import { Linked, type Part, type DecodedError } from "./part.js";

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

/**
 * Counts errors, and ends the connection in a storm. The error that was one too many reaches no
 * part and no handler after it, so this part comes before those that act; the close knows it. Whether
 * there is another connection, the policy of its code says.
 */
export class StormGuard<E = DecodedError>
  extends Linked<StormRule, E>
  implements Part<E>
{
  #times: number[] = [];

  received(_: unknown, error: E | undefined): boolean {
    if (!error) return false;
    const { moreThan, within, code, reason } = this.options;
    const now = this.link.timers.now();
    // A clock that was set back begins anew.
    this.#times = this.#times.filter((time) => Math.abs(now - time) < within);
    this.#times.push(now);
    if (this.#times.length <= moreThan) return false;
    this.#times = [];
    this.link.end(code, reason);
    return true;
  }
}
