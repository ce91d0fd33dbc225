import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** The `packs` folder of the package around a folder: the bundled code lies at another depth than the source. */
export function shippedPacks(start: string): string | undefined {
  return shippedFolder(start, "packs");
}

/** A folder at the top of the package around a folder; undefined where it is not there. */
export function shippedFolder(start: string, name: string): string | undefined {
  for (let folder = start; ; folder = dirname(folder)) {
    const manifest = join(folder, "package.json");
    if (existsSync(manifest)) {
      const found = join(folder, name);
      return isOurs(manifest) && existsSync(found) ? found : undefined;
    }
    if (folder === dirname(folder)) return undefined;
  }
}

function isOurs(manifest: string): boolean {
  try {
    return (JSON.parse(readFileSync(manifest, "utf8")) as { name?: unknown }).name === "assay-nas";
  } catch {
    return false;
  }
}
