/** A guard against error storms: more than so many errors within a window, and the client leaves. */

import type { Link, Part } from "./part.js";

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
 * Counts errors, and ends the connection in a storm. The error that was one too many reaches nobody
 * else, so this part comes first. Whether there is another connection, the policy of its close code
 * says.
 */
export class StormGuard<E> implements Part<E> {
  readonly #rule: StormRule;
  readonly #now: () => number;
  readonly #announce: (error: E) => void;
  #times: number[] = [];
  #link: Link | undefined;

  /** `announce` is told the error that was one too many; `now` is the clock of the client. */
  constructor(
    rule: StormRule,
    announce: (error: E) => void,
    now: () => number,
  ) {
    this.#rule = rule;
    this.#announce = announce;
    this.#now = now;
  }

  started(link: Link): void {
    this.#link = link;
  }

  received(_: unknown, error: E | undefined): boolean {
    if (error === undefined) return false;
    const { moreThan, within, code, reason } = this.#rule;
    const now = this.#now();
    this.#times = this.#times.filter(
      (time) => time > now - within && time <= now,
    );
    this.#times.push(now);
    if (this.#times.length <= moreThan) return false;
    this.#times = [];
    this.#link?.end(code, reason);
    this.#announce(error);
    return true;
  }
}
