// The part of `ws` that the tests use.
declare module "ws" {
  export default class WebSocket {
    binaryType: "arraybuffer" | "nodebuffer" | "fragments";
    readonly readyState: number;
    onopen: ((event: unknown) => void) | null;
    onmessage: ((event: { data: unknown }) => void) | null;
    onerror: ((event: unknown) => void) | null;
    onclose: ((event: { code: number; reason: string }) => void) | null;
    constructor(url: string, protocols?: string[]);
    send(data: string | ArrayBufferLike | ArrayBufferView): void;
    close(code?: number, reason?: string): void;
  }
}
