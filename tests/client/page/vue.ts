import { createApp, defineComponent, h, onScopeDispose, shallowRef } from "vue";
import { MateriFallback, MateriUser, catalog } from "./materi.ts";
import { createClient, view } from "./ws-errors.ts";

const client = createClient(catalog, {
  url: location.hash.slice(1),
  actions: { refresh_token: () => false, login: () => false, sync: () => true },
});
const texts = { user: MateriUser, fallback: MateriFallback };
const Now = defineComponent(() => {
  const snapshot = shallowRef(client.getSnapshot());
  onScopeDispose(client.subscribe((now) => (snapshot.value = now)));
  return () => {
    const { state, title, message } = view(snapshot.value, texts);
    return h("p", { role: "status" }, [state, " ", title, " ", message]);
  };
});
const raise = () =>
  client.queue.send(
    '{"type":"raise","catalog":"materi","entry":"INSUFFICIENT_PERMISSIONS"}',
  );
const app = createApp(() => [
  h(Now),
  h(Now),
  h("button", { onClick: raise }, "Edit"),
  h("button", { onClick: () => app.unmount() }, "Unmount"),
]);
app.mount(document.body.appendChild(document.createElement("main")));
