/** A circuit breaker: after so many failures in a row nothing is tried for a while. */

import { hostTimers } from "./environment.js";
import type { Link, Part } from "./part.js";

/** As a generated module has it. Times are in milliseconds. */
export interface BreakerRule {
  /** The failures in a row that open it. */
  readonly openAfter: number;
  /** How long it stays open before one attempt is let through. */
  readonly halfOpenAfter: number;
}

/**
 * A circuit breaker. As a part of a client it counts connections that ended before they were good;
 * it can stand before anything else, too.
 */
export class Breaker implements Part {
  readonly #rule: BreakerRule;
  #now: () => number;
  #failures = 0;
  #wasGood = false;
  #opened = -Infinity;

  /** `now` is its clock where it is no part of a client. */
  constructor(rule: BreakerRule, now: () => number = hostTimers.now) {
    this.#rule = rule;
    this.#now = now;
  }

  /** `half-open`: the next attempt decides. */
  get state(): "closed" | "open" | "half-open" {
    if (this.#failures < this.#rule.openAfter) return "closed";
    return this.wait(this.#now()) > 0 ? "open" : "half-open";
  }

  attach({ timers }: Pick<Link, "timers">): void {
    this.#now = timers.now;
  }

  wait(now: number): number {
    this.#opened = Math.min(this.#opened, now);
    return Math.max(this.#opened + this.#rule.halfOpenAfter - now, 0);
  }

  /** An attempt failed. */
  failed(): void {
    if (++this.#failures >= this.#rule.openAfter) this.#opened = this.#now();
  }

  /** An attempt succeeded. */
  confirmed(): void {
    this.#failures = 0;
    this.#opened = -Infinity;
    this.#wasGood = true;
  }

  ended(_: unknown, final: boolean): void {
    if (!this.#wasGood && !final) this.failed();
    this.#wasGood = false;
  }
}
