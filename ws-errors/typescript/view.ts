/** What a person should see of a connection now. */

import type { State } from "./options.js";
import type { Snapshot } from "./store.js";
import { explain, type Message, type Texts } from "./user.js";

/**
 * What a person should see now. Where there is something to say, it has the `title`, the `message`
 * and perhaps the `action` (what a button says) of the error or the close.
 */
export interface View extends Partial<Message<string>> {
  /**
   * - `open`: all is well; with a title, the last error that was not dismissed;
   * - `connecting`: for the first time, or again;
   * - `waiting`: for the next connection, `until` a moment, or until the host is online again;
   * - `acting`: the application does what `does` names, a sign-in, say;
   * - `failed`: there will be no other connection, unless the client is started again;
   * - `stopped`: by the page.
   */
  readonly state: State;
  /** When the next connection is made, as `Date.now()` counts. */
  readonly until?: number | undefined;
  /** The action of the application, as the catalog names it. */
  readonly does?: string | undefined;
}

/** What a person should see now, in the language asked for. */
export function view<
  E extends { readonly kind: string },
  C extends { readonly kind: string; readonly after?: E },
>(
  snapshot: Snapshot<E, C>,
  texts: Texts,
  wanted?: string | readonly string[],
): View {
  const { state, at, action, close, error } = snapshot;
  const has = ({ kind }: { readonly kind: string }): boolean =>
    kind in (texts.user ?? {});
  let of: { readonly kind: string } | undefined;
  if (state === "failed")
    // Where the close has no words of its own, the error just before it may have some.
    of = close && !has(close) && close.after ? close.after : close;
  else if (state !== "stopped" && state !== "connecting")
    // While there is something being done, words for everything else say less than the state.
    of = close && has(close) ? close : error;
  return {
    state,
    until: at,
    does: action,
    ...(of && explain(of, texts, wanted)),
  };
}
