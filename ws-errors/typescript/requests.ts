/** Requests and their answers: each settles once, whatever happens. */

import type { Outgoing, Timers } from "./environment.js";
import type { Link, Part } from "./part.js";
import type { Queue } from "./queue.js";

/** Why a request has no answer. */
export type Failure<E, C> =
  | { readonly reason: "error"; readonly error: E }
  | { readonly reason: "closed"; readonly close: C }
  | { readonly reason: "timeout" | "not_open" | "dropped" };

/** What a request rejects with. */
export class RequestError<E, C> extends Error {
  override readonly name: string = "RequestError";
  readonly failure: Failure<E, C>;

  constructor(failure: Failure<E, C>) {
    super(`the request has no answer: ${failure.reason}`);
    this.failure = failure;
  }
}

/** Options of {@link Requests}. */
export interface RequestOptions<E, T> {
  /** The id of the request that an error is about; the generated module names the member. */
  readonly failed: (error: E) => string | undefined;
  /** The id of the request that a message answers, and the answer. */
  readonly answered: (
    data: unknown,
  ) => { readonly id: string; readonly value: T } | undefined;
  /** How long an answer may take where a request doesn't say; 10 s. */
  readonly within?: number;
  /** Where requests wait while they can't be sent; without one they fail. */
  readonly queue?: Queue;
  /** The timers of the client. */
  readonly timers: Timers;
}

/**
 * Settles each request by the message or the error that names it, by a timeout, or when the
 * connection ends. An error that settles a request reaches nobody else.
 */
export class Requests<E, C, T> implements Part<E, C> {
  readonly #options: RequestOptions<E, T>;
  readonly #pending: Map<
    string,
    (failure: Failure<E, C> | undefined, value?: T) => void
  > = new Map();
  #link: Link | undefined;
  #next = 0;

  constructor(options: RequestOptions<E, T>) {
    this.#options = options;
  }

  /** How many have no answer yet. */
  get pending(): number {
    return this.#pending.size;
  }

  /**
   * Sends what `make` makes of a new id, and gives the answer.
   *
   * Rejects with a {@link RequestError} that says why there is none.
   */
  request(make: (id: string) => Outgoing, within?: number): Promise<T> {
    const { timers, queue } = this.#options;
    const id = `r${(++this.#next).toString(36)}`;
    return new Promise((resolve, reject) => {
      const timer = timers.set(
        () => {
          this.#settle(id, { reason: "timeout" });
        },
        within ?? this.#options.within ?? 10_000,
      );
      this.#pending.set(id, (failure, value) => {
        timers.clear(timer);
        queue?.forget(id);
        if (failure) reject(new RequestError(failure));
        else resolve(value as T);
      });
      const data = make(id);
      if (queue) queue.send(data, id);
      else if (this.#link?.send(data) !== true)
        this.#settle(id, { reason: "not_open" });
    });
  }

  /** A queue dropped the request: its `dropped` passes it on. */
  dropped(id: string | undefined): void {
    if (id !== undefined) this.#settle(id, { reason: "dropped" });
  }

  started(link: Link): void {
    this.#link = link;
  }

  received(data: unknown, error: E | undefined): boolean {
    if (error !== undefined) {
      const id = this.#options.failed(error);
      return id !== undefined && this.#settle(id, { reason: "error", error });
    }
    const answer = this.#options.answered(data);
    if (!answer) return false;
    const isOurs = this.#settle(answer.id, undefined, answer.value);
    if (isOurs) this.#link?.confirm();
    return isOurs;
  }

  ended(close: C): void {
    for (const id of [...this.#pending.keys()])
      this.#settle(id, { reason: "closed", close });
  }

  #settle(id: string, failure: Failure<E, C> | undefined, value?: T): boolean {
    const settle = this.#pending.get(id);
    this.#pending.delete(id);
    settle?.(failure, value);
    return settle !== undefined;
  }
}
