// Time, chance and sockets that a test has in its hands.

import type { Socket, Timers } from "../../../ws-errors/typescript/index.js";

/** Lets everything run that waits for nothing but its turn. */
export const turn = (): Promise<void> =>
  new Promise((resume) => {
    setImmediate(resume);
  });

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

interface Waiting {
  readonly at: number;
  readonly callback: () => void;
}

/** Timers that run when a test says so. */
export class FakeTimers implements Timers {
  #now = 1_000_000;
  #waiting: Waiting[] = [];
  /** The longest wait that anybody asked for. */
  longest = 0;

  now(): number {
    return this.#now;
  }

  set(callback: () => void, ms: number): unknown {
    if (!(ms >= 0)) throw new Error(`no timer can wait ${ms} ms`);
    this.longest = Math.max(this.longest, ms);
    const waiting = { at: this.#now + ms, callback };
    this.#waiting.push(waiting);
    return waiting;
  }

  clear(handle: unknown): void {
    this.#waiting = this.#waiting.filter((one) => one !== handle);
  }

  /** How many timers run. */
  get running(): number {
    return this.#waiting.length;
  }

  /** Lets time pass, and calls whoever waits for it, in order. */
  async advance(ms: number): Promise<void> {
    const end = this.#now + ms;
    await turn();
    for (;;) {
      const [next] = [...this.#waiting].sort((a, b) => a.at - b.at);
      if (!next || next.at > end) break;
      this.clear(next);
      this.#now = next.at;
      next.callback();
      await turn();
    }
    this.#now = end;
  }
}

/** A socket whose server is the test. */
export class FakeSocket implements Socket {
  binaryType = "blob";
  onopen: ((event: never) => void) | null = null;
  onmessage: ((event: never) => void) | null = null;
  onerror: ((event: never) => void) | null = null;
  onclose: ((event: never) => void) | null = null;
  readonly sent: unknown[] = [];
  closed: readonly [number | undefined, string | undefined] | undefined;
  readyState = 0;
  readonly url: string;

  constructor(url: string) {
    this.url = url;
  }

  send(data: never): void {
    this.sent.push(data);
  }

  close(code?: number, reason?: string): void {
    // As browsers do.
    if (code !== undefined && code !== 1000 && (code < 3000 || code > 4999))
      throw new Error(`InvalidAccessError: ${code}`);
    this.closed ??= [code, reason];
    this.readyState = 2;
  }

  /** The server accepts. */
  open(): void {
    this.readyState = 1;
    this.onopen?.({} as never);
  }

  /** The server sends. */
  say(message: unknown): void {
    const data =
      message instanceof ArrayBuffer ? message : JSON.stringify(message);
    this.onmessage?.({ data } as never);
  }

  /** The server closes, or the connection breaks. */
  end(code: number, reason = ""): void {
    this.readyState = 3;
    this.onerror?.({} as never);
    this.onclose?.({ code, reason } as never);
  }
}

/** Sockets of a client, in the order in which it makes them. */
export class FakeServer {
  readonly sockets: FakeSocket[] = [];
  /** When each was made. */
  readonly times: number[] = [];
  readonly timers: FakeTimers;
  /** What is done with each socket, once it is there. */
  readonly serve: (socket: FakeSocket) => void;

  constructor(
    timers: FakeTimers,
    serve: (socket: FakeSocket) => void = () => undefined,
  ) {
    this.timers = timers;
    this.serve = serve;
  }

  readonly connect = (url: string): FakeSocket => {
    const socket = new FakeSocket(url);
    this.sockets.push(socket);
    this.times.push(this.timers.now());
    this.timers.set(() => {
      this.serve(socket);
    }, 0);
    return socket;
  };

  /** The socket that was made last. */
  get last(): FakeSocket {
    const socket = this.sockets.at(-1);
    if (!socket) throw new Error("nobody has connected");
    return socket;
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
