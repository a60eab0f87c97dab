/** What an application sends while it can't be sent, in a queue that has a bound. */

import type { Outgoing } from "./environment.js";
import { type Closed, Linked, type Part, type Told } from "./part.js";

/** Why something that was sent, or was to be sent, has no answer. */
export type Failure<E, C> =
  /** The server's error; also where its repetition came to no other end. */
  | { readonly reason: "error"; readonly error: E }
  /** The connection ended; what was not sent yet survives that, unless the client was stopped. */
  | { readonly reason: "closed"; readonly close: C }
  | {
      /**
       * - `timeout`: it took too long;
       * - `full`: there was no room in the queue;
       * - `stopped`: the client had been stopped;
       * - `not_open`: there is no connection, and no queue.
       */
      readonly reason: "timeout" | "full" | "stopped" | "not_open";
    };

/** Something to send. */
export interface Item<E = Told, C = Closed> {
  readonly data: Outgoing;
  /** What an answer names it by, where there is one. */
  readonly id: string | undefined;
  /** Is told where it is dropped. */
  readonly dropped: ((why: Failure<E, C>) => void) | undefined;
  /** How often the server answered it with an error. */
  attempt: number;
  /** The last of these errors. */
  error?: E;
}

/** Options of a {@link Queue}. */
export interface QueueOptions<E = Told, C = Closed> {
  /** How many items may wait, and how many more be without an answer; 100. */
  readonly capacity?: number;
  /** Which item goes where there is no room for another; the oldest. */
  readonly drop?: "oldest" | "newest";
  /** Is told each item that is dropped. */
  readonly dropped?: (item: Item<E, C>, why: Failure<E, C>) => void;
  /**
   * Whether items without an answer are sent again on the next connection. The server may have got
   * them already, so it must take the same item twice.
   */
  readonly resend?: boolean;
}

/** Keeps what can't be sent now, in order, and sends it when it can. */
export class Queue<E extends Told = Told, C extends Closed = Closed>
  extends Linked<QueueOptions<E, C>, E, C>
  implements Part<E, C>
{
  #isOpen = false;
  #isHeld = false;
  #isStopped = false;
  #waiting: Item<E, C>[] = [];
  #sent: Item<E, C>[] = [];
  #last: Item<E, C> | undefined;
  #timer: unknown;
  #pausedUntil = 0;

  constructor(options: QueueOptions<E, C> = {}) {
    super(options);
  }

  /** What waits, in order. */
  get waiting(): readonly Item<E, C>[] {
    return this.#waiting;
  }

  /** What was sent with an id, and has no answer yet. */
  get unanswered(): readonly Item<E, C>[] {
    return this.#sent;
  }

  /** What was sent last. */
  get last(): Item<E, C> | undefined {
    return this.#last;
  }

  /**
   * Sends it, now or later; with an id, until it is answered. After the client was stopped it is
   * dropped at once, until the client is started again.
   */
  send(
    data: Outgoing,
    id?: string,
    dropped?: (why: Failure<E, C>) => void,
  ): Item<E, C> {
    const item: Item<E, C> = { data, id, dropped, attempt: 0 };
    if (this.#isStopped) {
      this.#drop([item], { reason: "stopped" });
    } else {
      this.#waiting.push(item);
      this.#flush(this.options.drop);
    }
    return item;
  }

  /** An item that has no answer yet. */
  find(id: string): Item<E, C> | undefined {
    return [...this.#sent, ...this.#waiting].find((item) => item.id === id);
  }

  /** The item has its answer, or nobody waits for one any more. */
  forget(item: Item<E, C> | undefined): void {
    this.#without([item]);
  }

  /** The server's error is final: the item is not sent again. */
  fail(item: Item<E, C>, error: E): void {
    this.#without([item]);
    this.#drop([item], { reason: "error", error });
  }

  /** Sends items again, before all that waits. */
  again(items: readonly Item<E, C>[]): void {
    this.#without(items);
    this.#waiting = [...items, ...this.#waiting];
    this.#flush("newest");
  }

  /** Sends nothing for so long. */
  pause(ms: number): void {
    const until = this.link.timers.now() + ms;
    this.#pausedUntil = Math.max(this.#pausedUntil, until);
    this.#flush();
  }

  /** Sends nothing until it is released, or there is another connection. */
  hold(): void {
    this.#isHeld = true;
  }

  /** Sends again. */
  release(): void {
    this.#isHeld = false;
    this.#flush();
  }

  started(): void {
    this.#isStopped = false;
  }

  opened(): void {
    this.#isOpen = true;
    this.release();
  }

  ended(close: C, final: boolean): void {
    const unanswered = this.#sent;
    const waiting = this.#waiting;
    this.#isOpen = false;
    this.#sent = [];
    if (final) {
      this.#isStopped = true;
      this.#isHeld = false;
      this.#pausedUntil = 0;
      this.#last = undefined;
      this.#waiting = [];
      this.#drop([...unanswered, ...waiting], { reason: "closed", close });
    } else if (this.options.resend) {
      this.again(unanswered);
    } else {
      this.#drop(unanswered, { reason: "closed", close });
    }
  }

  #without(items: readonly (Item<E, C> | undefined)[]): void {
    const other = (item: Item<E, C>): boolean => !items.includes(item);
    this.#sent = this.#sent.filter(other);
    this.#waiting = this.#waiting.filter(other);
  }

  /** Sends what may be sent, and bounds what is left. */
  #flush(drop?: "oldest" | "newest"): void {
    const { timers } = this.link;
    timers.clear(this.#timer);
    const ms = this.#pausedUntil - timers.now();
    if (ms > 0) {
      this.#timer = timers.set(() => {
        this.#flush();
      }, ms);
    } else {
      while (this.#isOpen && !this.#isHeld) {
        const [item] = this.#waiting;
        if (!item || !this.link.send(item.data)) break;
        this.#waiting.shift();
        this.#last = item;
        if (item.id !== undefined) this.#sent.push(item);
      }
    }
    const { capacity = 100 } = this.options;
    const surplus = ({ length }: { length: number }): number =>
      Math.max(length - capacity, 0);
    const from = drop === "newest" ? capacity : 0;
    const full = [
      ...this.#waiting.splice(from, surplus(this.#waiting)),
      ...this.#sent.splice(0, surplus(this.#sent)),
    ];
    this.#drop(full, { reason: "full" });
  }

  #drop(items: readonly Item<E, C>[], why: Failure<E, C>): void {
    for (const item of items) {
      this.link.guarded(() => this.options.dropped?.(item, why));
      item.dropped?.(why);
    }
  }
}
