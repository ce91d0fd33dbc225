import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { cacheFolder } from "../../benchmark/places.js";
import type { LayoutStore } from "./layoutStore.js";

const coordinates = z.array(z.number().min(0).max(1));
const layoutSchema = z.object({ schema: z.literal(1), x: coordinates, y: coordinates });

/** Keeps layouts as files in the user's folder for what can be made again. Keys are words without slashes. */
export function createDiskLayoutStore(folder: string = join(cacheFolder(), "maps")): LayoutStore {
  return {
    read(key) {
      try {
        const { data } = layoutSchema.safeParse(JSON.parse(readFileSync(join(folder, `${key}.json`), "utf8")));
        return data && { x: data.x, y: data.y };
      } catch {
        // Not there, or half of it.
        return undefined;
      }
    },
    write(key, { x, y }) {
      const path = join(folder, `${key}.json`);
      const partial = `${path}.${process.pid}.partial`;
      try {
        mkdirSync(folder, { recursive: true });
        writeFileSync(partial, JSON.stringify({ schema: 1, x, y }));
        renameSync(partial, path);
      } catch {
        // A full disk or a folder that is not ours: it is made again next time.
        rmSync(partial, { force: true });
      }
    },
  };
}
