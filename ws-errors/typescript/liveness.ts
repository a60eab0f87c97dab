/** A connection over which nothing comes any more, although nobody closed it, is noticed. */

import type { Outgoing } from "./environment.js";
import { Linked, type Part } from "./part.js";

/**
 * Options of a {@link Liveness}. A browser sends no protocol pings (RFC 6455, section 5.5.2), and
 * doesn't say when it answered one; so it takes messages: those that come anyway, or the answers to a
 * ping of the application's.
 */
export interface LivenessOptions {
  /** How long the server may be silent; 30 s. Then it is asked, or with no `ping` the connection ended. */
  readonly idle?: number | undefined;
  /** The message that the server answers, or what makes it. */
  readonly ping?: Outgoing | (() => Outgoing) | undefined;
  /** The text of the answer, where it is nothing else; nobody else has to see it. */
  readonly pong?: string | undefined;
  /** Whether a message is but the answer to a ping, where no one text is. */
  readonly isPong?: ((data: unknown) => boolean) | undefined;
  /** How long the answer may take; 10 s. */
  readonly within?: number | undefined;
  /** The close that the client ends the connection with: an entry of the catalog; 1006 where there is none. */
  readonly code?: number | undefined;
  readonly reason?: string | undefined;
}

/**
 * Ends a connection that has gone black: at most `idle` and `within` after the last message, as far as
 * the host was awake. When the page wakes, is seen again or comes back online, it asks at once. It comes
 * first, to hear of everything.
 */
export class Liveness extends Linked<LivenessOptions> implements Part {
  #timer: unknown;
  #isOpen = false;
  #isAsked = false;
  #heard = 0;

  opened(): void {
    this.#isOpen = true;
    this.#hear();
    this.#wait(0);
  }

  received(data: unknown): boolean {
    this.#hear();
    const { isPong, pong } = this.options;
    return isPong ? isPong(data) : data === pong;
  }

  resumed(): void {
    const { ping, within } = this.options;
    if (!this.#isOpen || !ping || this.#isAsked) return;
    this.#isAsked = true;
    this.#wait(within ?? 10_000);
    this.link.send(typeof ping === "function" ? ping() : ping);
  }

  ended(): void {
    this.#isOpen = false;
    this.link.timers.clear(this.#timer);
  }

  #hear(): void {
    this.#isAsked = false;
    this.#heard = this.link.timers.now();
  }

  #wait(ms: number): void {
    const { timers } = this.link;
    timers.clear(this.#timer);
    this.#timer = timers.set(() => {
      const { idle = 30_000, ping, code = 1006, reason = "" } = this.options;
      const left = this.#heard + idle - timers.now();
      if (this.#isAsked || (left <= 0 && !ping)) this.link.end(code, reason);
      else if (left > 0) this.#wait(Math.min(left, idle));
      else this.resumed();
    }, ms);
  }
}
