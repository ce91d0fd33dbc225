import { createHash } from "node:crypto";
import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { AssayError } from "../errors.js";
import { openPack } from "./pack/open.js";
import { savePack } from "./pack/write.js";
import { cacheFolder } from "./places.js";
import { type ConversionContext, step, type TableConverter } from "./table/converter.js";

/** The tables of a converter that lie in a data folder; undefined where a required one is missing. */
export function findTables(converter: TableConverter, folder: string): Map<string, string> | undefined {
  const found = new Map<string, string>();
  for (const relative of [...converter.required, ...converter.optional]) {
    const path = [`${relative}.gz`, relative].map((name) => join(folder, name)).find((name) => existsSync(name));
    if (path !== undefined) found.set(relative, path);
    else if (converter.required.includes(relative)) return undefined;
  }
  return found;
}

/**
 * The pack file of raw tables: the one in the cache, or a new one where the tables, the converter or the package's way of
 * writing packs changed since. Several processes may do this at the same time.
 */
export async function packOfTables(
  converter: TableConverter,
  tables: ReadonlyMap<string, string>,
  context: ConversionContext,
): Promise<string> {
  const file = cachedFile(converter, tables);
  if (existsSync(file) && isSound(file)) return file;
  await step(context, `converting ${converter.title} to a pack (only once)`, 0);
  const contents = await converter.convert(tables, context);
  context.signal?.throwIfAborted();
  savePack(contents, file);
  return file;
}

function isSound(file: string): boolean {
  try {
    openPack(file);
    return true;
  } catch (error) {
    if (error instanceof AssayError) return false;
    throw error;
  }
}

/** Changes whenever all cached packs must be written anew. */
const layoutVersion = 1;

function cachedFile(converter: TableConverter, tables: ReadonlyMap<string, string>): string {
  const hash = createHash("sha256").update(`${layoutVersion} ${converter.version}\n`);
  for (const [relative, path] of tables) {
    const { size, mtimeMs } = statSync(path);
    hash.update(`${relative} ${size} ${mtimeMs}\n`);
  }
  const key = hash.digest("hex").slice(0, 16);
  return join(cacheFolder(), "packs", `${converter.name.replaceAll("/", "-")}-${key}.parquet`);
}
