/** The life of a page: no connections while it is offline or frozen, and no lost time afterwards. */

import { host } from "./environment.js";
import { Linked, type Part } from "./part.js";

/** What is watched; the defaults are a browser's, and elsewhere nothing is. */
export interface Surroundings {
  /** Calls back at each of these events, until the function that it gives is called. */
  listen(
    events: readonly string[],
    callback: (event: { readonly type: string }) => void,
  ): () => void;
  isOnline(): boolean;
  isVisible(): boolean;
}

/** A browser's host. */
export const hostSurroundings: Surroundings = {
  // A window that captures hears of what happens to its document, too.
  listen: (events, callback) => {
    for (const event of events) host.addEventListener?.(event, callback, true);
    return () => {
      for (const event of events)
        host.removeEventListener?.(event, callback, true);
    };
  },
  isOnline: () => host.navigator?.onLine !== false,
  isVisible: () => host.document?.visibilityState !== "hidden",
};

/** Options of a {@link Lifecycle}. */
export interface LifecycleOptions {
  /** Whether a page that nobody sees makes no connections; it keeps the one that it has. */
  readonly holdHidden?: boolean | undefined;
  readonly surroundings?: Surroundings | undefined;
}

/**
 * Holds connections while the host is offline, and wakes the client when it comes back or a page is
 * seen again, since timers of a page that is hidden or asleep are late. What a policy asks for is
 * not shortened. A page that is frozen, or kept to be shown again, gives its connection back, which
 * it could not keep alive; when it is shown it makes another at once.
 */
export class Lifecycle extends Linked<LifecycleOptions> implements Part {
  #stop: (() => void) | undefined;
  #isAway = false;
  #wasOffline = false;
  #until = 0;

  constructor(options: LifecycleOptions = {}) {
    super(options);
  }

  get #surroundings(): Surroundings {
    return this.options.surroundings ?? hostSurroundings;
  }

  started(): void {
    this.#stop = this.#surroundings.listen(
      "online offline visibilitychange pageshow pagehide freeze resume".split(
        " ",
      ),
      ({ type }) => {
        const isLeaving = /pagehide|freeze/.test(type);
        // A page that leaves may still hear that nobody sees it.
        if (isLeaving || /pageshow|resume/.test(type)) this.#isAway = isLeaving;
        // What the peer sees is a close without a code: the page may be gone.
        if (isLeaving) this.link.end(1006, "", true);
        else this.link.resume();
      },
    );
  }

  wait(now: number): number {
    const { isOnline, isVisible } = this.#surroundings;
    const { holdHidden } = this.options;
    if (this.#isAway || (holdHidden && !isVisible())) return Infinity;
    if (!isOnline()) {
      this.#wasOffline = true;
      return Infinity;
    }
    if (this.#wasOffline) {
      // A network that comes back comes back for everybody on it.
      this.#wasOffline = false;
      this.#until = now + 1000 * this.link.random();
    }
    return Math.min(this.#until - now, 1000);
  }

  ended(_: unknown, final: boolean): void {
    if (!final) return;
    this.#stop?.();
    this.#isAway = false;
  }
}
