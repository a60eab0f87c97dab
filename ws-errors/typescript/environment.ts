/**
 * What the runtime takes from its surroundings: sockets, timers, a clock, chance. Each can be
 * replaced; the defaults are those of browsers, Node from 22 on, Deno and Bun.
 */

import type { Clock } from "./policy.js";

/** The part of a `WebSocket` that is used here; that of browsers has it, and that of `ws`. */
export interface Socket {
  binaryType: string;
  readonly readyState: number;
  onopen: ((event: never) => void) | null;
  onmessage: ((event: never) => void) | null;
  onerror: ((event: never) => void) | null;
  onclose: ((event: never) => void) | null;
  send(data: never): void;
  close(code?: number, reason?: string): void;
}

/** What a socket sends. */
export type Outgoing = string | ArrayBufferLike | ArrayBufferView;

/** A clock that can also wake one up. */
export interface Timers extends Clock {
  /** Calls back after so many milliseconds. */
  set(callback: () => void, ms: number): unknown;
  /** Forgets a callback. */
  clear(handle: unknown): void;
}

// Neither the types of a browser nor those of Node are needed to compile this.
export const host = globalThis as unknown as {
  readonly console: { error(error: unknown): void };
  readonly performance: { now(): number; readonly timeOrigin: number };
  setTimeout(callback: () => void, ms: number): unknown;
  clearTimeout(handle: unknown): void;
  readonly setImmediate?: (callback: () => void, argument: unknown) => unknown;
  readonly WebSocket: new (url: string, protocols: string[]) => Socket;
  readonly addEventListener?: Listen;
  readonly removeEventListener?: Listen;
  readonly navigator?: { readonly onLine?: boolean };
  readonly document?: { readonly visibilityState?: string };
};

type Listen = (
  event: string,
  callback: (event: { readonly type: string }) => void,
  isCapture: boolean,
) => void;

/** Timers of the host, and a clock like `Date.now` that is never set back. */
export const hostTimers: Timers = {
  now: () => host.performance.timeOrigin + host.performance.now(),
  set: (callback, ms) => host.setTimeout(callback, ms),
  clear: (handle) => {
    host.clearTimeout(handle);
  },
};

/** The longest wait that `setTimeout` can hold; it takes a longer one for none. */
const LONGEST = 2 ** 31 - 1;

/** Timers that a client can clear all at once: `running` holds those that have not called back. */
export const ownTimers = (
  timers: Timers = hostTimers,
  running: Set<unknown>,
  guarded: (call: () => void) => void,
): Timers => ({
  now: () => timers.now(),
  set: (callback, ms) => {
    const timer = timers.set(
      () => {
        running.delete(timer);
        guarded(callback);
      },
      Math.min(Math.ceil(ms), LONGEST),
    );
    running.add(timer);
    return timer;
  },
  clear: (timer) => {
    running.delete(timer);
    timers.clear(timer);
  },
});

/** Opens the host's own `WebSocket`. */
export const hostSocket = (url: string, protocols: string[]): Socket =>
  new host.WebSocket(url, protocols);

/** Reports on the host's console. */
export const hostReport = (error: unknown): void => {
  host.console.error(error);
};

/** Reports what was thrown. */
export const reportThrown = (
  error: unknown,
  report: (error: unknown) => void = hostReport,
): undefined => {
  try {
    report(error);
  } catch {
    // There is nobody left to hear of it.
  }
};
