/**
 * Errors over HTTP: what answers a request, and what answers a handshake instead of a WebSocket. A
 * browser hides the latter from scripts; Node's `ws` shows it.
 */

import type { Socket } from "./environment.js";

/** An answer over HTTP. */
export interface Answer {
  readonly status: number;
  /** The text of the body. */
  readonly body: string;
  /** How many milliseconds to wait, where `Retry-After` says so in seconds. */
  readonly retryAfter: number | undefined;
}

/** How a socket ends. */
export interface Ending<E> {
  readonly code: number;
  readonly reason: string;
  /** The error that refused the handshake, where the socket shows it. */
  readonly error?: E | undefined;
  /** How many milliseconds the answer says to wait. */
  readonly retryAfter?: number | undefined;
}

/** `parseResponse` of a generated module. */
export type ParseResponse<E> = (status: number, body: string) => E | undefined;

/** The part of the `Response` of a `fetch` that is used here. */
export interface ResponseLike {
  readonly status: number;
  readonly headers: { get(name: string): string | null };
  text(): Promise<string>;
}

/** `Retry-After` in milliseconds; a date is for clients that know what time it is at the server. */
const millisOf = (header: unknown): number | undefined =>
  /^\s*\d+\s*$/.test(String(header)) ? Number(header) * 1000 : undefined;

/**
 * The error that a response of `fetch` is, by the `parseResponse` of a generated module, and what is
 * known beside it. Across origins `Retry-After` can be read only where the server exposes it.
 */
export async function readResponse<E>(
  parseResponse: ParseResponse<E>,
  response: ResponseLike,
): Promise<Answer & { readonly error: E | undefined }> {
  const { status } = response;
  const body = await response.text();
  const retryAfter = millisOf(response.headers.get("retry-after"));
  return { status, body, retryAfter, error: parseResponse(status, body) };
}

/** The `WebSocket` of the package `ws`, as far as it is used here. */
export type NodeWebSocket = new (
  url: string,
  protocols: string[],
  options: { readonly headers: Readonly<Record<string, string>> },
) => Socket & {
  on(
    event: "unexpected-response",
    listener: (
      request: { destroy(): unknown },
      response: {
        readonly statusCode?: number | undefined;
        readonly headers: Readonly<Record<string, unknown>>;
        setEncoding(encoding: "utf8"): unknown;
        on(event: string, listener: (part: string) => void): unknown;
      },
    ) => void,
  ): unknown;
};

/** The most characters of a body that are read. */
const LONGEST_BODY = 65_536;

/**
 * Opens sockets of `ws` that show their client why a handshake was refused:
 * `createClient(catalog, { url, socket: answering(WebSocket) })`. They ask the server for an answer over
 * HTTP, which it may otherwise give on a connection that it accepts and closes.
 */
export const answering =
  (WebSocket: NodeWebSocket) =>
  <E>(
    url: string,
    protocols: string[],
    { parseResponse }: { readonly parseResponse?: ParseResponse<E> } = {},
  ): Socket => {
    const headers = { Accept: "application/problem+json, application/json" };
    const socket = new WebSocket(url, protocols, { headers });
    socket.on("unexpected-response", (request, response) => {
      let body = "";
      let isDone = false;
      const done = (): void => {
        if (isDone) return;
        isDone = true;
        const status = response.statusCode ?? 0;
        const retryAfter = millisOf(response.headers["retry-after"]);
        const error = parseResponse?.(status, body);
        const ending: Ending<E> = { code: 1006, reason: "", error, retryAfter };
        socket.onclose?.(ending as never);
        request.destroy();
      };
      response.setEncoding("utf8");
      response.on("data", (part) => {
        body += part;
        if (body.length > LONGEST_BODY) done();
      });
      for (const end of ["end", "close", "error"]) response.on(end, done);
    });
    return socket;
  };
