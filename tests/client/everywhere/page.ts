// In a page: sends what ran to where the page comes from.

import { session } from "./session.ts";

const page = globalThis as unknown as {
  readonly location: { readonly hash: string };
  fetch(path: string, options: object): Promise<unknown>;
};
const report = (body: unknown): Promise<unknown> =>
  page.fetch("/report", { method: "POST", body: JSON.stringify(body) });
try {
  await report(await session(page.location.hash.slice(1)));
} catch (error) {
  await report(String(error));
}
