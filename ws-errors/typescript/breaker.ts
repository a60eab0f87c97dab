/** A circuit breaker: after so many failures in a row nothing is tried for a while. */

import { Linked, type Part } from "./part.js";

/** As a generated module has it. Times are in milliseconds. */
export interface BreakerRule {
  /** The failures in a row that open it. */
  readonly openAfter: number;
  /** How long it stays open before one attempt is let through. */
  readonly halfOpenAfter: number;
}

/**
 * A circuit breaker. As a part of a client it counts connections that ended before they were good;
 * it can stand before anything else, too, once it has a clock (`attach`).
 */
export class Breaker extends Linked<BreakerRule> implements Part {
  #failures = 0;
  #wasGood = false;
  #opened = -Infinity;

  /** `half-open`: the next attempt decides. */
  get state(): "closed" | "open" | "half-open" {
    if (this.#failures < this.options.openAfter) return "closed";
    return this.wait(this.link.timers.now()) > 0 ? "open" : "half-open";
  }

  wait(now: number): number {
    this.#opened = Math.min(this.#opened, now);
    return Math.max(this.#opened + this.options.halfOpenAfter - now, 0);
  }

  /** An attempt failed. */
  failed(): void {
    if (++this.#failures >= this.options.openAfter)
      this.#opened = this.link.timers.now();
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
