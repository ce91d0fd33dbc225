import { readdirSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { shippedPacks } from "../dataset/shippedPacks.js";

/** A folder in which packs are looked for. */
export interface Place {
  /** What it is, in words for messages: "ASSAY_DATA". */
  readonly title: string;
  readonly folder: string;
  /** Whether raw tables of known kinds are looked for there too. */
  readonly tables: boolean;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Where packs are looked for, in this order: the ASSAY_DATA folder, the user's data folder, the packs that ship. */
export function packPlaces(environment: Environment = process.env): Place[] {
  const places: Place[] = [];
  const data = environment["ASSAY_DATA"];
  if (data) places.push({ title: "the folder in ASSAY_DATA", folder: data, tables: true });
  places.push({ title: "your data folder", folder: join(userFolder(environment), "packs"), tables: false });
  const shipped = shippedPacks(dirname(fileURLToPath(import.meta.url)));
  if (shipped !== undefined) places.push({ title: "the packs that ship with assay", folder: shipped, tables: false });
  return places;
}

/** The user's data folder: ASSAY_HOME, else the platform's place for application data. */
export function userFolder(environment: Environment = process.env): string {
  if (environment["ASSAY_HOME"]) return environment["ASSAY_HOME"];
  if (environment["XDG_DATA_HOME"]) return join(environment["XDG_DATA_HOME"], "assay");
  if (process.platform === "win32")
    return join(environment["LOCALAPPDATA"] ?? join(homedir(), "AppData", "Local"), "assay");
  if (process.platform === "darwin") return join(homedir(), "Library", "Application Support", "assay");
  return join(homedir(), ".local", "share", "assay");
}

/** The folder for files that can be made again: ASSAY_CACHE, else the platform's place for caches. */
export function cacheFolder(environment: Environment = process.env): string {
  if (environment["ASSAY_CACHE"]) return environment["ASSAY_CACHE"];
  if (environment["XDG_CACHE_HOME"]) return join(environment["XDG_CACHE_HOME"], "assay");
  if (process.platform === "win32") {
    return join(environment["LOCALAPPDATA"] ?? join(homedir(), "AppData", "Local"), "assay", "cache");
  }
  if (process.platform === "darwin") return join(homedir(), "Library", "Caches", "assay");
  return join(homedir(), ".cache", "assay");
}

/** Files with this ending in a folder and its subfolders, sorted. Folders that cannot be read count as empty. */
export function findFiles(folder: string, ending: string, depth = 2): string[] {
  let entries: import("node:fs").Dirent[];
  try {
    entries = readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
  const found: string[] = [];
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(folder, entry.name);
    if (entry.isDirectory() && depth > 0) found.push(...findFiles(path, ending, depth - 1));
    else if (entry.name.endsWith(ending) && !entry.isDirectory()) found.push(path);
  }
  return found;
}
