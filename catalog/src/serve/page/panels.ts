/** An entry from all sides: its lines, its bytes, its handler, and what a person sees. */

import { explain, type Texts } from "../../../generated/ws-errors.ts";
import type { Ended, Entry, Failure } from "./catalogs.ts";
import { byId, h } from "./dom.ts";
import { json, rust, value } from "./highlight.ts";
import type { Happening } from "./session.ts";

const encoder = new TextEncoder();

/** Fills the panels of an entry. */
export class Panels {
  readonly #entry: Entry;
  readonly #texts: Texts;
  readonly #wanted: string;
  #frames = 0;

  constructor(entry: Entry, texts: Texts, wanted: string) {
    this.#texts = texts;
    this.#entry = entry;
    this.#wanted = wanted;
    byId("rust").replaceChildren(rust(entry.lines));
    byId("frame").replaceChildren(
      note(
        entry.delivery === "soft" || entry.delivery === "soft_then_close"
          ? "Nothing yet."
          : "None: this error is no message.",
      ),
    );
    byId("close").replaceChildren(note(this.#expectedClose()));
    byId("handle").replaceChildren(note("Nothing yet."));
    byId("handleClose").replaceChildren();
    byId("person").replaceChildren(note("Nothing yet."));
  }

  add(happening: Happening): void {
    switch (happening.what) {
      case "frame": {
        this.#frames++;
        const bytes = encoder.encode(happening.data).length;
        byId("frame").replaceChildren(
          h("pre", {}, json(happening.data)),
          note(
            `${bytes} bytes${this.#frames > 1 ? `, message ${this.#frames}` : ""}`,
          ),
        );
        break;
      }
      case "error":
        this.#handled("handle", happening.error, happening.ran);
        this.#seen(happening.error);
        break;
      case "close": {
        const { close, ran } = happening;
        byId("close").replaceChildren(
          h(
            "p",
            { class: "status" },
            h("b", {}, String(close.code)),
            ` ${close.reason}`,
          ),
          this.#unseen(close),
        );
        this.#handled("handleClose", close, ran);
        // Where the close has no words of its own, the error just before it may have some.
        const hasWords = close.kind in (this.#texts.user ?? {});
        this.#seen(hasWords || !close.after ? close : close.after);
        break;
      }
      default:
    }
  }

  #expectedClose(): string {
    const { delivery, close_code, status } = this.#entry;
    if (delivery === "soft") return "None: the connection stays.";
    if (delivery === "rejected")
      return `The handshake is refused with ${status ?? 400}.`;
    return close_code === null ? "None." : "Nothing yet.";
  }

  /** What a browser can't show of a close. */
  #unseen({ kind, code }: Ended): Node | string {
    const { name, delivery, status } = this.#entry;
    if (delivery === "rejected")
      return note(
        `The server refused the handshake with ${status ?? 400}. A browser shows a script no more than 1006.`,
      );
    if (delivery === "observed" && code === 1006)
      return note(
        kind === name
          ? "No server sends it: the connection broke, and the browser reports it."
          : `No server sends ${name}: here the connection broke instead.`,
      );
    if (delivery === "observed")
      return note("No server sends it: the client itself closed.");
    return "";
  }

  #handled(call: "handle" | "handleClose", of: object, ran: string): void {
    if (call === "handleClose" && this.#frames === 0)
      byId("handle").replaceChildren();
    byId(call).replaceChildren(
      h(
        "p",
        {},
        h(
          "code",
          {},
          `${call}(${call === "handle" ? "error" : "close"}, { … })`,
        ),
        " called ",
        h("code", { class: "ran" }, ran),
        " with",
      ),
      h("pre", {}, value(of)),
    );
  }

  #seen(of: Failure | Ended): void {
    const { title, message, action } = explain(of, this.#texts, this.#wanted);
    const own = of.kind in (this.#texts.user ?? {});
    byId("person").replaceChildren(
      h(
        "div",
        { class: "banner", role: "status" },
        h("b", {}, title),
        h("p", {}, message),
        action !== undefined && h("span", { class: "action" }, action),
      ),
      own
        ? ""
        : note(
            `${of.kind} has no words of its own: these are the ${this.#texts.fallback ? "catalog’s" : "client’s"} for all others.`,
          ),
    );
  }
}

const note = (text: string): HTMLElement => h("p", { class: "note" }, text);
