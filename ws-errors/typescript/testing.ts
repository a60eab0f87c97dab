/** For tests of pages: time that passes when a test says so, and sockets whose server is the test. */

import { host, type Socket, type Timers } from "./environment.js";

interface Waiting {
  readonly at: number;
  readonly callback: () => void;
}

/** Lets everything run that waits for nothing but its turn: promises that are settled, say. */
export const turn = (): Promise<void> =>
  new Promise((resume) => {
    (host.setImmediate ?? host.setTimeout)(resume, 0);
  });

/** Timers that run when a test says so: a client's option `timers`. */
export class FakeTimers implements Timers {
  #now = 1_000_000;
  #waiting: Waiting[] = [];
  /** The longest wait that anybody asked for, in milliseconds. */
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

  /** Lets so many milliseconds pass, and calls whoever waits for it, in order. */
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
  /** What the client sent. */
  readonly sent: unknown[] = [];
  /** The code and the reason that the client closed with. */
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

  /** The server sends: a text, bytes, or a value as JSON. */
  say(message: unknown): void {
    const data =
      typeof message === "string" || message instanceof ArrayBuffer
        ? message
        : JSON.stringify(message);
    this.onmessage?.({ data } as never);
  }

  /** The server closes, or the connection breaks: with 1006, and without a reason. */
  end(code = 1006, reason = ""): void {
    this.readyState = 3;
    this.onerror?.({} as never);
    this.onclose?.({ code, reason } as never);
  }
}

/** The sockets of a client, in the order in which it makes them. */
export class FakeServer {
  readonly sockets: FakeSocket[] = [];
  /** When each was made. */
  readonly times: number[] = [];
  readonly timers: FakeTimers;
  readonly #serve: (socket: FakeSocket) => void;

  /** `serve` gets each socket once it is there; unless it is given, each is accepted. */
  constructor(
    timers: FakeTimers,
    serve: (socket: FakeSocket) => void = (socket) => {
      socket.open();
    },
  ) {
    this.timers = timers;
    this.#serve = serve;
  }

  /** Makes a socket: a client's option `socket`. */
  readonly connect = (url: string): FakeSocket => {
    const socket = new FakeSocket(url);
    this.sockets.push(socket);
    this.times.push(this.timers.now());
    this.timers.set(() => {
      this.#serve(socket);
    }, 0);
    return socket;
  };

  /** The socket that was made last. */
  get last(): FakeSocket {
    const socket = this.sockets[this.sockets.length - 1];
    if (!socket) throw new Error("nobody has connected");
    return socket;
  }
}
