/** The five generated modules, as one type, with their translations. */

import * as chat from "../../../generated/chat.ts";
import * as instant from "../../../generated/instant.ts";
import * as materi from "../../../generated/materi.ts";
import * as metered from "../../../generated/metered.ts";
import * as rooms from "../../../generated/rooms.ts";
import type {
  Catalog,
  Languages,
  Policies,
  Read,
  Table,
  Texts,
} from "../../../generated/ws-errors.ts";
import deChat from "../../../locales/de/chat.json";
import deInstant from "../../../locales/de/instant.json";
import deMateri from "../../../locales/de/materi.json";
import deRooms from "../../../locales/de/rooms.json";
import frInstant from "../../../locales/fr/instant.json";

/** An error, as every generated module decodes it. */
export interface Failure {
  readonly kind: string;
  readonly code?: unknown;
  readonly message?: string;
}

/** A close, as every generated module knows it. */
export interface Ended {
  readonly kind: string;
  readonly code: number;
  readonly reason: string;
  readonly after?: Failure;
}

type Dispatch<T> = (of: T, handlers: Record<string, () => void>) => void;

/** A generated module, and what a person reads of it. */
export interface Module {
  readonly catalog: Catalog<
    Failure,
    Ended,
    Table,
    Policies,
    Policies,
    Read<Failure>
  >;
  readonly handle: Dispatch<Failure>;
  readonly handleClose: Dispatch<Ended>;
  readonly texts: Texts;
  readonly languages: Languages;
}

const module = (
  generated: object,
  texts: Texts,
  languages: Record<string, unknown>,
): Module => ({
  // They differ in their types only, each of which is checked where the module is used by itself.
  ...(generated as unknown as Pick<
    Module,
    "catalog" | "handle" | "handleClose"
  >),
  texts,
  languages: Object.fromEntries(
    Object.entries(languages).map(([tag, texts]) => [
      tag,
      () => Promise.resolve(texts as never),
    ]),
  ),
});

/** By the names of the catalogs. */
export const MODULES: Readonly<Record<string, Module>> = {
  chat: module(
    chat,
    { user: chat.ChatUser, fallback: chat.ChatFallback },
    { de: deChat },
  ),
  rooms: module(
    rooms,
    { user: rooms.RoomsUser, fallback: rooms.RoomsFallback },
    { de: deRooms },
  ),
  materi: module(
    materi,
    { user: materi.MateriUser, fallback: materi.MateriFallback },
    { de: deMateri },
  ),
  metered: module(metered, {}, {}),
  instant: module(
    instant,
    { user: instant.InstantUser },
    { de: deInstant, fr: frInstant },
  ),
};

/** What the server says of an entry. */
export interface Entry {
  readonly name: string;
  readonly section: string | null;
  readonly docs: string;
  readonly code: string | null;
  readonly delivery:
    "soft" | "close" | "soft_then_close" | "observed" | "rejected";
  readonly close_code: number | null;
  readonly status: number | null;
  readonly retry: string;
  readonly advice: string | null;
  readonly lines: string;
}

/** What the server says of a catalog. */
export interface Described {
  readonly name: string;
  readonly docs: string;
  readonly head: string;
  readonly entries: readonly Entry[];
}
