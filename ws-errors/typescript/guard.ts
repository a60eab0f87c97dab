/** What lies beneath every policy: a server that accepts and then closes is not hammered. */

/** The most connections within the window. */
const MOST = 4;
/** 10 s, and half a second for what is faster on its way than the one before. */
const WINDOW = 10_500;

/** Lets a client make at most four connections in any 10 seconds. */
export class Guard {
  /** When the last ones were made, the newest first. */
  #made: readonly number[] = [];

  /** How long no connection may be made. */
  wait(now: number): number {
    // A clock that was set back holds nobody for longer than the window.
    this.#made = this.#made.map((time) => Math.min(time, now));
    const first = this.#made[MOST - 1] ?? -Infinity;
    return Math.max(first + WINDOW - now, 0);
  }

  /** A connection is being made. */
  add(now: number): void {
    this.#made = [now, ...this.#made].slice(0, MOST);
  }
}
