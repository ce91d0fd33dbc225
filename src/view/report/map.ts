import { gzipSync } from "node:zlib";
import type { MapFrame, MapView, StudyView, ViewSource } from "../contract.js";
import type { ReportMap } from "./contract.js";
import { roundAll } from "./rounding.js";

/** What a map may take. */
export interface MapRoom {
  readonly bytes: number;
  readonly seconds: number;
}

/** A map with all its frames, or a sentence about why there is none. */
export async function collectMap(
  source: ViewSource,
  { row: { name } }: StudyView,
  { bytes, seconds }: MapRoom,
): Promise<ReportMap | string> {
  const end = Date.now() + seconds * 1000;
  const method: MapView["method"] = "UMAP";
  try {
    const map = await before(end, source.map(name, method));
    const frames: MapFrame[] = [];
    let size = packedSize(map);
    for (let decision = 1; decision <= map.decisions; decision++) {
      const frame = shorten(await before(end, source.frame(name, method, decision)));
      frames.push(frame);
      size += packedSize(frame);
      // The first frames tell how large all will be: nobody waits for what will not fit.
      if (size > bytes || (decision === 1 && size + packedSize(frame) * (map.decisions - 1) > 3 * bytes)) {
        return `with a state for each of ${map.decisions} decisions it would make the file too large`;
      }
    }
    return { map, frames };
  } catch (error) {
    if (error instanceof TookTooLong) return `it takes more than ${seconds} s to compute`;
    return error instanceof Error ? error.message.replace(/\.$/, "") : String(error);
  }
}

class TookTooLong extends Error {}

async function before<Result>(end: number, work: Promise<Result>): Promise<Result> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new TookTooLong()), Math.max(0, end - Date.now()));
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

function shorten({ decision, predicted, candidates }: MapFrame): MapFrame {
  return { decision, predicted: predicted && roundAll(predicted, 4), candidates };
}

function packedSize(value: unknown): number {
  return gzipSync(JSON.stringify(value)).length;
}
