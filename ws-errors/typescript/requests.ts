/** Requests and their answers: each settles once, whatever happens. */

import type { Outgoing } from "./environment.js";
import { type Closed, Linked, type Part, type DecodedError } from "./part.js";
import type { Failure, Queue } from "./queue.js";

/** What a request rejects with. */
export class RequestError<E, C> extends Error {
  override readonly name: string = "RequestError";
  readonly failure: Failure<E, C>;

  constructor(failure: Failure<E, C>) {
    super(`no answer: ${failure.reason}`);
    this.failure = failure;
  }
}

/** Options of {@link Requests}. */
export interface RequestOptions<
  E extends DecodedError,
  T,
  C extends Closed = Closed,
> {
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
  /** Where requests are until they have their answers. */
  readonly queue: Queue<E, C>;
}

/**
 * Settles each request by the message or the error that names it, by a timeout, or when the
 * connection ends; one that the queue has not sent yet, or sends again, outlives that. An error that
 * settles a request reaches nobody else.
 */
export class Requests<E extends DecodedError, C extends Closed, T>
  extends Linked<RequestOptions<E, T, C>, E, C>
  implements Part<E, C>
{
  #next = 0;

  /**
   * Sends what `make` makes of a new id, and gives the answer.
   *
   * Rejects with a {@link RequestError} that says why there is none. An urgent one is sent also while an
   * action holds the queue: it is for the actions themselves.
   */
  request(
    make: (id: string) => Outgoing,
    within: number = this.options.within ?? 10_000,
    isUrgent?: boolean,
  ): Promise<T> {
    const { queue } = this.options;
    const { timers } = this.link;
    const id = `r${++this.#next}`;
    return new Promise((resolve, reject) => {
      const data = make(id);
      const timer = timers.set(() => {
        const error = item.error;
        queue.settle(
          [item],
          error ? { reason: "error", error } : { reason: "timeout" },
        );
      }, within);
      const settled = (
        failure: Failure<E, C> | undefined,
        value?: unknown,
      ): void => {
        timers.clear(timer);
        if (failure) reject(new RequestError(failure));
        else resolve(value as T);
      };
      const item = queue.send(data, id, settled, isUrgent);
    });
  }

  received(data: unknown, error: E | undefined): boolean {
    const { failed, answered, queue } = this.options;
    const answer = error ? undefined : answered?.(data);
    const item = queue.find(error ? failed(error) : answer?.id);
    if (!item?.settled) return false;
    queue.settle([item], error && { reason: "error", error }, answer?.value);
    if (!error) this.link.confirm();
    return true;
  }
}
