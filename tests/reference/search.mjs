// What readers find who search a book that mdBook made: by the index and the code of the book itself.

import { runInNewContext } from "node:vm";
import { each } from "./folder.mjs";

/** A section is on the first screen of the results. */
const FIRST = 10;

/** The catalogs in the folder itself, or in its `catalog`: the others are made for tests, with codes of signs alone. */
const isOfPeople = (file) => /^(catalog\/)?[^/]+$/.test(file);

/** Every error is found by its code, by its name, and by the sentence that says what it is. */
export async function checkSearch(book, folder) {
  const search = searcher(book);
  await each("search", folder.ending(".json").filter(isOfPeople), (file) => {
    const { name: catalog, entries } = JSON.parse(folder.read(file));
    const page = `${file.replace(/\.json$/, ".html")}#`;
    // Beside it are other books: a site has one.
    const beside = file.slice(0, file.lastIndexOf("/") + 1);
    let queries = 0;
    for (const { name, code = name, docs, hidden } of entries) {
      if (hidden) continue;
      const [sentence] = (docs ?? "").split(/(?<=\.)\s/);
      for (const query of [String(code), name, sentence].filter((one) => one !== "")) {
        const found = search(query).filter(({ url }) => url.startsWith(beside)).slice(0, FIRST);
        const is = ({ url, title }) =>
          url.startsWith(page) && title.split(" ").some((word) => word === String(code) || word === name);
        if (!found.some(is)) {
          const titles = found.map(({ url }) => url).join("\n");
          throw new Error(`${JSON.stringify(query)} does not find ${name} of ${catalog}, but\n${titles}`);
        }
        queries += 1;
      }
    }
    return { queries };
  });
}

/** The search of the book, as its pages do it. */
function searcher(book) {
  const script = (start) => book.read(book.files.find((file) => file.startsWith(start) && file.endsWith(".js")));
  const window = { search: {} };
  const scope = { window };
  runInNewContext(`${script("elasticlunr-")};\n${script("searchindex-")}`, scope);
  const { index, doc_urls: urls, search_options: options } = window.search;
  const loaded = scope.elasticlunr.Index.load(index);
  return (query) => loaded.search(query, options).map(({ ref, doc }) => ({ url: urls[ref], title: doc.title }));
}
