/** What an application sends while it can't be sent, in a queue that has a bound. */

import type { Outgoing, Timers } from "./environment.js";
import type { Link, Part } from "./part.js";

/** Something to send. */
export interface Item {
  readonly data: Outgoing;
  /** What an answer names it by, where there is one. */
  readonly id: string | undefined;
  /** How often it was sent again. */
  attempt: number;
}

/** Why an item is not sent: there was no room, the connection ended, or the client was stopped. */
export type Dropped = "full" | "closed" | "stopped";

/** Options of a {@link Queue}. */
export interface QueueOptions {
  /** How many items may wait, and how many more be without an answer. */
  readonly capacity: number;
  /** Which item goes where there is no room for another. */
  readonly drop: "oldest" | "newest";
  /** Is told each item that is dropped. */
  readonly dropped: (item: Item, why: Dropped) => void;
  /**
   * Whether items without an answer are sent again on the next connection. The server may have got
   * them already, so it must take the same item twice.
   */
  readonly resend?: boolean;
  /** The timers of the client. */
  readonly timers: Timers;
}

/** Keeps what can't be sent now, in order, and sends it when it can. */
export class Queue implements Part {
  readonly #options: QueueOptions;
  #link: Link | undefined;
  #isOpen = false;
  #isHeld = false;
  #waiting: Item[] = [];
  #sent: Item[] = [];
  #last: Item | undefined;
  #timer: unknown;
  #pausedUntil = 0;

  constructor(options: QueueOptions) {
    this.#options = options;
  }

  /** What waits, in order. */
  get waiting(): readonly Item[] {
    return this.#waiting;
  }

  /** What was sent with an id, and has no answer yet. */
  get unanswered(): readonly Item[] {
    return this.#sent;
  }

  /** What was sent last. */
  get last(): Item | undefined {
    return this.#last;
  }

  /** Sends it, now or later; with an id, until it is answered. */
  send(data: Outgoing, id?: string): Item {
    const item: Item = { data, id, attempt: 0 };
    this.#waiting.push(item);
    this.#flush();
    this.#bound(this.#waiting, this.#options.drop);
    return item;
  }

  /** An item that has no answer yet. */
  find(id: string): Item | undefined {
    const named = (item: Item): boolean => item.id === id;
    return this.#sent.find(named) ?? this.#waiting.find(named);
  }

  /** The item has its answer, or nobody waits for one any more. */
  forget(id: string): void {
    const other = (item: Item): boolean => item.id !== id;
    this.#sent = this.#sent.filter(other);
    this.#waiting = this.#waiting.filter(other);
  }

  /** Sends items again, before all that waits. */
  again(items: readonly Item[]): void {
    for (const item of items) item.attempt++;
    const other = (item: Item): boolean => !items.includes(item);
    this.#sent = this.#sent.filter(other);
    this.#waiting = [...items, ...this.#waiting.filter(other)];
    this.#flush();
    this.#bound(this.#waiting, "newest");
  }

  /** Sends nothing for so long. */
  pause(ms: number): void {
    const { timers } = this.#options;
    this.#pausedUntil = Math.max(this.#pausedUntil, timers.now() + ms);
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

  started(link: Link): void {
    this.#link = link;
  }

  opened(): void {
    this.#isOpen = true;
    this.release();
  }

  ended(_: unknown, final: boolean): void {
    const { resend, dropped, timers } = this.#options;
    this.#isOpen = false;
    const unanswered = this.#sent;
    this.#sent = [];
    if (final) {
      timers.clear(this.#timer);
      this.#isHeld = false;
      this.#pausedUntil = 0;
      this.#last = undefined;
      const waiting = this.#waiting;
      this.#waiting = [];
      for (const item of [...unanswered, ...waiting]) dropped(item, "stopped");
    } else if (resend === true) {
      this.again(unanswered);
    } else {
      for (const item of unanswered) dropped(item, "closed");
    }
  }

  #flush(): void {
    const { timers } = this.#options;
    const ms = this.#pausedUntil - timers.now();
    if (ms > 0) {
      timers.clear(this.#timer);
      this.#timer = timers.set(() => {
        this.#flush();
      }, Math.ceil(ms));
      return;
    }
    while (this.#isOpen && !this.#isHeld) {
      const [item] = this.#waiting;
      if (!item || this.#link?.send(item.data) !== true) return;
      this.#waiting.shift();
      this.#last = item;
      if (item.id === undefined) continue;
      this.#sent.push(item);
      this.#bound(this.#sent, "oldest");
    }
  }

  #bound(items: Item[], drop: "oldest" | "newest"): void {
    while (items.length > this.#options.capacity) {
      const item = drop === "oldest" ? items.shift() : items.pop();
      if (item) this.#options.dropped(item, "full");
    }
  }
}
