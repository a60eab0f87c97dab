import { StrictMode, createElement as h, useSyncExternalStore } from "react";
import { createRoot } from "react-dom/client";
import { MateriFallback as fallback, MateriUser, catalog } from "./materi.ts";
import { createClient, view } from "./ws-errors.ts";

let path = "materi/AUTH_EXPIRED";
const client = createClient(catalog, {
  url: () => `${location.hash.slice(1)}/${path}`,
  actions: {
    refresh_token: async () => (path = await (await fetch("/token")).text()),
    login: () => confirm("Please log in."),
    sync: () => undefined,
  },
  liveness: { ping: () => '{"type":"ping"}', idle: 3000, within: 2000 },
});
const button = (text: string, onClick: () => unknown) =>
  h("button", { onClick }, text);
const raise = (entry: string) => () =>
  client.queue.send(`{"type":"raise","catalog":"materi","entry":"${entry}"}`);
function Now() {
  const now = useSyncExternalStore(client.subscribe, client.getSnapshot);
  const { state, title, ...to } = view(now, { user: MateriUser, fallback });
  const seen = to.action && button(to.action, client.dismiss);
  return h("p", { role: "status" }, state, " ", title, " ", to.message, seen);
}
const root = createRoot(document.body);
const edit = button("Edit", raise("INSUFFICIENT_PERMISSIONS"));
const leave = button("Leave", raise("KICKED"));
const end = button("Unmount", () => root.unmount());
root.render(h(StrictMode, null, h(Now), h(Now), edit, leave, end));
