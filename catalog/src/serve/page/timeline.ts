/** What happened, when, and how long the client waits. */

import type { State, Timers } from "../../../generated/ws-errors.ts";
import { byId, duration, h } from "./dom.ts";
import type { Happening } from "./session.ts";

const WORDS: Readonly<Record<State, string>> = {
  stopped: "Stopped",
  failed: "No other connection: the policy allows none",
  waiting: "Waits",
  acting: "Waits for the application",
  connecting: "Connects",
  open: "Connected",
};

/** The most lines that are kept: a server that always fails, does so for a long time. */
const MOST = 200;

/** Draws a session as it goes. */
export class Timeline {
  readonly #list = byId<HTMLOListElement>("happenings");
  readonly #strip = byId("strip");
  readonly #timers: Timers;
  readonly #speed: number;
  readonly #start: number;
  #segment: { element: HTMLElement; since: number } | undefined;
  #frame = 0;

  constructor(timers: Timers, speed: number) {
    this.#timers = timers;
    this.#speed = speed;
    this.#start = timers.now();
    this.#list.replaceChildren();
    this.#strip.replaceChildren();
    const grow = (): void => {
      this.#grow();
      this.#frame = requestAnimationFrame(grow);
    };
    grow();
  }

  /** Nothing happens any more. */
  end(): void {
    cancelAnimationFrame(this.#frame);
  }

  add(happening: Happening): void {
    switch (happening.what) {
      case "state": {
        const { state, at, action } = happening.status;
        this.#begin(state);
        const wait = at === undefined ? undefined : at - this.#timers.now();
        this.#line(
          state,
          wait === undefined && state === "waiting"
            ? "Waits until it may go on"
            : WORDS[state],
          action,
          wait,
        );
        if (state === "failed" || state === "stopped") this.end();
        break;
      }
      case "error":
        this.#line("error", "Error", happening.error.kind);
        break;
      case "close": {
        const { code, reason } = happening.close;
        this.#line("close", "Closed", `${code} ${reason}`.trim());
        break;
      }
      case "retrying": {
        const { attempt, wait } = happening;
        this.#line(
          "waiting",
          "Tries the request again",
          `no. ${attempt}`,
          wait,
        );
        break;
      }
      case "acting":
        this.#line(
          "acting",
          `The application’s answer: ${happening.answer}`,
          happening.action,
        );
        break;
      case "settled":
        this.#line(
          happening.how === "answered" ? "open" : "failed",
          happening.how === "answered"
            ? "The server answers the request"
            : "The request has failed",
          happening.how === "answered" ? undefined : happening.how,
        );
        break;
      case "frame":
    }
  }

  #line(kind: string, words: string, detail?: string, wait?: number): void {
    const at = (this.#timers.now() - this.#start) / 1000;
    const bar = wait !== undefined && wait > 0 && h("span", { class: "wait" });
    if (bar) bar.style.animationDuration = `${wait / this.#speed}ms`;
    this.#list.append(
      h(
        "li",
        { "data-kind": kind },
        h("time", {}, `+${at.toFixed(2)} s`),
        h(
          "span",
          {},
          words,
          wait !== undefined && wait > 0 && h("b", {}, ` ${duration(wait)}`),
          detail !== undefined && h("code", {}, detail),
          bar,
        ),
      ),
    );
    if (this.#list.children.length > MOST)
      this.#list.firstElementChild?.remove();
    this.#list.scrollTop = this.#list.scrollHeight;
  }

  #begin(state: State): void {
    this.#grow();
    const element = h("span", { "data-kind": state, title: WORDS[state] });
    this.#strip.append(element);
    this.#segment = { element, since: this.#timers.now() };
    if (this.#strip.children.length > MOST)
      this.#strip.firstElementChild?.remove();
  }

  /** The last part of the strip is as long as it has taken. */
  #grow(): void {
    if (!this.#segment) return;
    const { element, since } = this.#segment;
    element.style.flexGrow = String(Math.max(this.#timers.now() - since, 1));
  }
}
