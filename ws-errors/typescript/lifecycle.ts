/** The life of a page: no connections while it is offline, and no lost time when it comes back. */

import type { Link, Part } from "./part.js";

/** What is watched; the defaults are a browser's, and elsewhere nothing is. */
export interface Surroundings {
  /** Calls back at each of these events, until the function that it gives is called. */
  listen(events: readonly string[], callback: () => void): () => void;
  isOnline(): boolean;
  isVisible(): boolean;
}

interface Target {
  addEventListener?(event: string, callback: () => void): void;
  removeEventListener?(event: string, callback: () => void): void;
}

const page = globalThis as Target & {
  readonly navigator?: { readonly onLine?: boolean };
  readonly document?: Target & { readonly visibilityState?: string };
};

const browser: Surroundings = {
  listen: (events, callback) => {
    const targets: Target[] = [page];
    if (page.document) targets.push(page.document);
    for (const event of events)
      for (const target of targets) target.addEventListener?.(event, callback);
    return () => {
      for (const event of events)
        for (const target of targets)
          target.removeEventListener?.(event, callback);
    };
  },
  isOnline: () => page.navigator?.onLine !== false,
  isVisible: () => page.document?.visibilityState !== "hidden",
};

/** Options of a {@link Lifecycle}. */
export interface LifecycleOptions {
  /** Whether a page that nobody sees makes no connections; it keeps the one that it has. */
  readonly holdHidden?: boolean;
  /** The clock of the client. */
  readonly now: () => number;
  readonly random?: () => number;
  readonly surroundings?: Surroundings;
}

/**
 * Holds connections while the host is offline, and wakes the client when it comes back or a page is
 * seen again, since timers of a page that is hidden or asleep are late. What a policy asks for is
 * not shortened.
 */
export class Lifecycle implements Part {
  readonly #options: LifecycleOptions;
  readonly #surroundings: Surroundings;
  #stop: (() => void) | undefined;
  #wasHeld = false;
  #until = 0;

  constructor(options: LifecycleOptions) {
    this.#options = options;
    this.#surroundings = options.surroundings ?? browser;
  }

  started(link: Link): void {
    this.#stop?.();
    this.#stop = this.#surroundings.listen(
      ["online", "offline", "visibilitychange", "pageshow"],
      () => {
        link.resume();
      },
    );
  }

  wait(now: number): number {
    const { isOnline, isVisible } = this.#surroundings;
    if (!isOnline() || (this.#options.holdHidden === true && !isVisible())) {
      this.#wasHeld = true;
      return Infinity;
    }
    if (this.#wasHeld) {
      // A network that comes back comes back for everybody on it.
      this.#wasHeld = false;
      this.#until = now + 1000 * (this.#options.random ?? Math.random)();
    }
    return Math.min(Math.max(this.#until - now, 0), 1000);
  }

  ended(_: unknown, final: boolean): void {
    if (!final) return;
    this.#stop?.();
    this.#stop = undefined;
  }
}
