/** When something is tried: once its moment has come and nobody holds, and not too often. */

import type { Timers } from "./environment.js";

/** The most tries within the window: a server that accepts and then closes is not hammered. */
const MOST = 4;
/** 10 s, and half a second for what is faster on its way than the one before. */
const WINDOW = 10_500;

/** When tries of one kind began, the newest first. */
export type Begun = number[];

/** Goes on after so much time; until then it says when that will be, as far as it is known. */
export type Gate = (
  begun: Begun,
  ms: number,
  go: () => void,
  wait: (until: { at?: number }) => void,
) => void;

/**
 * Lets at most four tries of a kind begin in any 10 seconds, whatever the policies say.
 *
 * @param looks what looks again whether it may go on, and is forgotten where it is no longer in here
 * @param holds for how many milliseconds each of those who may holds; `Infinity` until there is another look
 */
export const gate =
  (
    timers: Timers,
    looks: Set<() => void>,
    holds: (now: number) => readonly number[],
  ): Gate =>
  (begun, ms, go, wait) => {
    let due = timers.now() + ms;
    let timer: unknown;
    const look = (): void => {
      timers.clear(timer);
      const now = timers.now();
      // A clock that is set back makes nobody wait longer.
      due = Math.min(due, now + ms);
      begun.forEach((time, index) => {
        begun[index] = Math.min(time, now);
      });
      const free = (begun[MOST - 1] ?? -Infinity) + WINDOW;
      const left = Math.max(due - now, free - now, ...holds(now));
      if (left === Infinity) wait({});
      else if (left > 0) {
        timer = timers.set(look, left);
        wait({ at: now + left });
      } else {
        looks.delete(look);
        begun.unshift(now);
        begun.splice(MOST);
        go();
      }
    };
    looks.add(look);
    look();
  };
