// A folder of generated artefacts, and what was found in it.

import { readFileSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";

/** A folder with the folders in it; names are relative to it, and have slashes. */
export class Folder {
  constructor(directory) {
    this.directory = directory;
    this.files = list(directory, "").sort();
  }

  read(file) {
    return readFileSync(join(this.directory, file), "utf8");
  }

  has(file) {
    return this.files.includes(file);
  }

  /** The files with this extension and no longer one: `.json` is not `.schema.json`. */
  ending(extension) {
    const dots = extension.split(".").length;
    return this.files.filter((file) => {
      const name = file.split("/").at(-1);
      return name.endsWith(extension) && name.split(".").length === dots;
    });
  }
}

function list(directory, under) {
  return readdirSync(join(directory, under)).flatMap((name) => {
    const path = under + name;
    return statSync(join(directory, path)).isDirectory() ? list(directory, `${path}/`) : [path];
  });
}

/** What failed, in the order in which it did. */
export const failures = [];

/** Runs a check of each file, and says how it went: what it counts, in all, and what failed. */
export async function each(title, names, check) {
  if (names.length === 0) fail(`${title}: no files`);
  let failed = 0;
  const counts = new Map();
  for (const name of names) {
    try {
      for (const [what, count] of Object.entries((await check(name)) ?? {})) {
        counts.set(what, (counts.get(what) ?? 0) + count);
      }
    } catch (error) {
      failed += 1;
      fail(`${title}: ${name}`, error.message ?? error);
    }
  }
  const counted = [...counts].map(([what, count]) => `, ${count} ${what}`).join("");
  console.log(`${failed === 0 ? "ok    " : "FAILED"} ${title}: ${names.length} files${counted}`);
}

export function fail(what, why) {
  failures.push(what);
  console.log(`FAILED ${what}${why === undefined ? "" : `\n${why}`}`);
}
