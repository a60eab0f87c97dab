/** Requests and their answers: each settles once, whatever happens. */

import type { Outgoing } from "./environment.js";
import { type Closed, Linked, type Part, type Told } from "./part.js";
import type { Failure, Item, Queue } from "./queue.js";

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
export interface RequestOptions<E extends Told, T, C extends Closed = Closed> {
  /** The id of the request that an error is about; the generated module names the member. */
  readonly failed: (error: E) => string | undefined;
  /** The id of the request that a message answers, and the answer. */
  readonly answered?:
    | ((
        data: unknown,
      ) => { readonly id: string; readonly value: T } | undefined)
    | undefined;
  /** How long an answer may take where a request doesn't say; 10 s. */
  readonly within?: number | undefined;
  /** Where requests wait while they can't be sent; without one they fail. */
  readonly queue?: Queue<E, C> | undefined;
}

/**
 * Settles each request by the message or the error that names it, by a timeout, or when the
 * connection ends; one that a queue has not sent yet, or sends again, outlives that. An error that
 * settles a request reaches nobody else.
 */
export class Requests<E extends Told, C extends Closed, T>
  extends Linked<RequestOptions<E, T, C>, E, C>
  implements Part<E, C>
{
  readonly #pending: Map<
    string,
    (failure: Failure<E, C> | undefined, value?: T) => void
  > = new Map();
  #next = 0;

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
    const { queue, within: usually = 10_000 } = this.options;
    const { timers } = this.link;
    const id = `r${(++this.#next).toString(36)}`;
    return new Promise((resolve, reject) => {
      const data = make(id);
      let item: Item<E, C> | undefined;
      const timer = timers.set(() => {
        const error = item?.error;
        fail(error ? { reason: "error", error } : { reason: "timeout" });
      }, within ?? usually);
      const fail = (failure: Failure<E, C>): void => {
        this.#settle(id, failure);
      };
      this.#pending.set(id, (failure, value) => {
        timers.clear(timer);
        queue?.forget(item);
        if (failure) reject(new RequestError(failure));
        else resolve(value as T);
      });
      if (queue) item = queue.send(data, id, fail);
      else if (!this.link.send(data)) fail({ reason: "not_open" });
    });
  }

  received(data: unknown, error: E | undefined): boolean {
    if (error !== undefined)
      return this.#settle(this.options.failed(error), {
        reason: "error",
        error,
      });
    const answer = this.options.answered?.(data);
    const isOurs = this.#settle(answer?.id, undefined, answer?.value);
    if (isOurs) this.link.confirm();
    return isOurs;
  }

  ended(close: C, final: boolean): void {
    // What is in a queue, the queue knows better.
    if (final || !this.options.queue)
      for (const id of [...this.#pending.keys()])
        this.#settle(id, { reason: "closed", close });
  }

  #settle(
    id: string | undefined,
    failure: Failure<E, C> | undefined,
    value?: T,
  ): boolean {
    const settle = this.#pending.get(id as string);
    this.#pending.delete(id as string);
    settle?.(failure, value);
    return settle !== undefined;
  }
}
