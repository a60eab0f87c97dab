// Time, chance and sockets that a test has in its hands.

import {
  FakeServer as Server,
  type FakeSocket,
  type FakeTimers,
} from "../../../ws-errors/typescript/index.js";

export {
  FakeSocket,
  FakeTimers,
  turn,
} from "../../../ws-errors/typescript/index.js";

/** Waits for something that a real server does, at most 10 s. */
export async function until(holds: () => boolean): Promise<void> {
  const deadline = performance.now() + 10_000;
  while (!holds()) {
    if (performance.now() > deadline)
      throw new Error("it did not come to pass within 10 s");
    await new Promise((resume) => setTimeout(resume, 1));
  }
}

/** Numbers from 0 up to 1 that are the same in each run (mulberry32). */
export function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let bits = Math.imul(state ^ (state >>> 15), 1 | state);
    bits = (bits + Math.imul(bits ^ (bits >>> 7), 61 | bits)) ^ bits;
    return ((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A server that a test can ask how many have come. It accepts nobody unless the test does. */
export class FakeServer extends Server {
  constructor(
    timers: FakeTimers,
    serve: (socket: FakeSocket) => void = () => undefined,
  ) {
    super(timers, serve);
  }

  /** The most connections within any 10 seconds. */
  get densest(): number {
    return Math.max(
      0,
      ...this.times.map(
        (from) =>
          this.times.filter((at) => at >= from && at <= from + 10_000).length,
      ),
    );
  }
}
