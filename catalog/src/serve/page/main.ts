/** The page: which entry is chosen, and what was chosen for it. */

import { loadTranslation, type Texts } from "../../../generated/ws-errors.ts";
import { type Described, type Entry, MODULES } from "./catalogs.ts";
import { byId, h } from "./dom.ts";
import { rust } from "./highlight.ts";
import { Panels } from "./panels.ts";
import { raise, type Session, type Settings } from "./session.ts";
import { storms } from "./storm.ts";
import { Timeline } from "./timeline.ts";

const select = (id: string): HTMLSelectElement => byId<HTMLSelectElement>(id);
const STORM = "storm";

const catalogs: readonly Described[] = await (
  await fetch("/catalogs.json")
).json();
const storm = storms();
let session: Session | undefined;
let timeline: Timeline | undefined;

/** What the address names: a catalog and an entry, or the storm. */
function chosen(): { catalog: Described; entry: Entry } | undefined {
  const [name, kind] = decodeURIComponent(location.hash.slice(1)).split("/");
  if (name === STORM) return undefined;
  // The second one's first entry has all that there is: a message, a close, an action, translations.
  const catalog = catalogs.find((one) => one.name === name) ?? catalogs[1];
  const entry =
    catalog?.entries.find((one) => one.name === kind) ?? catalog?.entries[0];
  if (!catalog || !entry) throw new Error("the server has no catalogs");
  return { catalog, entry };
}

function settings(): Settings {
  return {
    language: select("language").value,
    fails: Number(select("fails").value),
    actions: select("actions").value as Settings["actions"],
    speed: Number(select("speed").value),
  };
}

function end(): void {
  session?.stop();
  timeline?.end();
}

async function run(catalog: Described, entry: Entry): Promise<void> {
  end();
  storm.end();
  const module = MODULES[catalog.name];
  if (!module) return;
  const now = settings();
  const texts: Texts = await loadTranslation(
    module.texts,
    module.languages,
    now.language,
    // A catalog that isn't translated into a language shows its own, and the page says so.
    () => undefined,
  );
  const panels = new Panels(entry, texts, now.language);
  const lines: Parameters<Timeline["add"]>[0][] = [];
  let drawn: Timeline | undefined;
  session = raise(catalog, module, entry, now, (happening) => {
    panels.add(happening);
    if (drawn) drawn.add(happening);
    else lines.push(happening);
  });
  drawn = new Timeline(session.timers, now.speed);
  for (const line of lines) drawn.add(line);
  timeline = drawn;
}

/** The badges that say how an entry reaches the client. */
function badges(entry: Entry): HTMLElement[] {
  const { delivery, close_code, status, code } = entry;
  const all = [
    h("span", { class: `badge is-${delivery}` }, delivery.replaceAll("_", " ")),
  ];
  if (code !== null && code !== entry.name)
    all.push(h("span", { class: "badge" }, `code ${code}`));
  if (close_code !== null)
    all.push(h("span", { class: "badge" }, `close ${close_code}`));
  if (status !== null)
    all.push(h("span", { class: "badge" }, `HTTP ${status}`));
  return all;
}

function list(catalog: Described, current: Entry): void {
  const items: HTMLElement[] = [];
  let section: string | null = null;
  for (const entry of catalog.entries) {
    if (entry.section !== section) {
      section = entry.section;
      if (section !== null) items.push(h("li", { class: "section" }, section));
    }
    const isCurrent = entry === current;
    const link = h(
      "a",
      {
        href: `#${catalog.name}/${encodeURIComponent(entry.name)}`,
        tabindex: isCurrent ? "0" : "-1",
        ...(isCurrent ? { "aria-current": "true" } : {}),
      },
      h("span", {}, entry.name),
      h("i", { class: `is-${entry.delivery}`, title: entry.delivery }),
    );
    items.push(h("li", {}, link));
  }
  byId("entries").replaceChildren(...items);
}

function tabs(current: string): void {
  for (const link of document.querySelectorAll<HTMLAnchorElement>(
    "#catalogs a",
  ))
    if (link.hash.slice(1).split("/")[0] === current)
      link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
}

/** Shows what the address names, and raises it. */
function show(): void {
  const choice = chosen();
  byId("storm").hidden = choice !== undefined;
  byId("playground").hidden = choice === undefined;
  tabs(choice?.catalog.name ?? STORM);
  if (!choice) {
    end();
    document.title = "A storm of clients · ws-errors";
    return;
  }
  const { catalog, entry } = choice;
  const hadFocus = byId("entries").contains(document.activeElement);
  document.title = `${entry.name} · ws-errors`;
  list(catalog, entry);
  const currentLink =
    byId("entries").querySelector<HTMLElement>("[aria-current]");
  if (hadFocus) currentLink?.focus();
  byId("entries-title").textContent = `Errors of ${catalog.name}`;
  byId("title").textContent = entry.name;
  byId("badges").replaceChildren(...badges(entry));
  byId("docs").textContent = entry.docs;
  byId("policy").replaceChildren(
    h("b", {}, "The policy: "),
    ...entry.retry
      .split("`")
      .map((part, at) => (at % 2 ? h("code", {}, part) : new Text(part))),
    entry.advice === null ? "" : ` ${entry.advice}`,
  );
  byId("head").replaceChildren(rust(catalog.head));
  const needsAction = /First `|Where that does not help/.test(entry.retry);
  byId("actions-choice").hidden = !needsAction;
  if (isNarrow.matches) byId<HTMLDetailsElement>("errors").open = false;
  void run(catalog, entry);
}

/** Up and down walk through the entries, as in a list box. */
function walk(event: KeyboardEvent): void {
  const links = [...byId("entries").querySelectorAll<HTMLElement>("a")];
  const at = links.indexOf(document.activeElement as HTMLElement);
  const to = {
    ArrowDown: at + 1,
    ArrowUp: at - 1,
    Home: 0,
    End: links.length - 1,
  }[event.key];
  if (to === undefined || at < 0) return;
  event.preventDefault();
  links[Math.max(0, Math.min(to, links.length - 1))]?.focus();
}

/** A choice that stays when the page is loaded again. */
function kept(id: string, changed: (value: string) => void): void {
  const choice = select(id);
  const known = localStorage.getItem(id);
  if ([...choice.options].some(({ value }) => value === known))
    choice.value = known ?? "";
  choice.addEventListener("change", () => {
    localStorage.setItem(id, choice.value);
    changed(choice.value);
  });
}

const again = (): void => {
  const choice = chosen();
  if (choice) void run(choice.catalog, choice.entry);
};
const isNarrow = matchMedia("(max-width: 760px)");
const unfold = (): void => {
  byId<HTMLDetailsElement>("errors").open = !isNarrow.matches;
};
const paint = (theme: string): void => {
  document.documentElement.dataset["theme"] = theme;
};
byId("catalogs").replaceChildren(
  ...catalogs.map(({ name }) => h("a", { href: `#${name}` }, name)),
  h("a", { href: `#${STORM}` }, "a storm of clients"),
);
byId("entries").addEventListener("keydown", walk);
byId("choices").addEventListener("submit", (event) => {
  event.preventDefault();
  again();
});
for (const id of ["fails", "actions", "speed"])
  select(id).addEventListener("change", again);
kept("language", again);
kept("theme", paint);
paint(select("theme").value);
isNarrow.addEventListener("change", unfold);
unfold();
// The address says which entry it is, and not where the focus is.
byId("skip").addEventListener("click", (event) => {
  event.preventDefault();
  byId("raise").focus();
});
addEventListener("hashchange", show);
show();
