import { gzipSync } from "node:zlib";
import type { MapFrame, MapView, PointColumns, StudyView, ViewSource } from "../contract.js";
import { spreadPlaces } from "../spreadPlaces.js";
import type { ReportMap } from "./contract.js";
import { roundAll } from "./rounding.js";

/** Points that are asked for at a time. */
const PIECE = 2000;
/** The most that architectures at the points of a map may take of its room: the colours after decisions matter more. */
const POINTS_SHARE = 0.5;

/** The longest that a timer waits, in milliseconds. */
const FOREVER = 2 ** 31 - 1;

/** What a map may take. */
export interface MapRoom {
  /** Packed, with its frames. */
  readonly bytes: number;
  readonly seconds: number;
}

/**
 * A map with its last frame and as many others, evenly spread over the decisions, as there is room and time for; or a sentence about why
 * there is none.
 */
export async function collectMap(
  source: ViewSource,
  { row: { name } }: StudyView,
  { bytes, seconds }: MapRoom,
): Promise<ReportMap | string> {
  const end = Date.now() + seconds * 1000;
  const method: MapView["method"] = "UMAP";
  try {
    const map = await before(end, source.map(name, method));
    if (map.decisions < 1) return "it has no decision yet";
    const last = shorten(await before(end, source.frame(name, method, map.decisions)));
    const left = bytes - packedSize(map);
    if (left < packedSize(last)) return "it would make the file too large";
    const points = await collectPoints(source, name, map.x.length, end);
    const pointsSize = points === undefined ? 0 : packedSize(points);
    const hasPoints = pointsSize <= Math.min(POINTS_SHARE * bytes, left - packedSize(last));
    const room = Math.floor((left - (hasPoints ? pointsSize : 0)) / packedSize(last));
    const chosen = room < 2 ? [] : spreadPlaces(map.decisions, room).map((place) => place + 1);
    const frames: MapFrame[] = [];
    for (const decision of chosen) {
      if (decision === map.decisions) continue;
      try {
        frames.push(shorten(await before(end, source.frame(name, method, decision))));
      } catch (error) {
        if (error instanceof TookTooLong) break;
        throw error;
      }
    }
    return { map, frames: [...frames, last], ...(hasPoints && points !== undefined ? { points } : {}) };
  } catch (error) {
    if (error instanceof TookTooLong) return `it takes more than ${seconds} s to compute`;
    return error instanceof Error ? error.message.replace(/\.$/, "") : String(error);
  }
}

/** What stands at all points; undefined where that takes too long. */
async function collectPoints(
  source: ViewSource,
  name: string,
  count: number,
  end: number,
): Promise<PointColumns | undefined> {
  const architecture: string[] = [];
  const costs = new Map<string, (number | null)[]>();
  while (architecture.length < count) {
    const part = await before(end, source.points(name, architecture.length, PIECE)).catch((error: unknown) => {
      if (error instanceof TookTooLong) return undefined;
      throw error;
    });
    if (part === undefined) return undefined;
    if (part.architecture.length === 0) break;
    architecture.push(...part.architecture);
    for (const [cost, values] of Object.entries(part.costs)) costs.set(cost, [...(costs.get(cost) ?? []), ...values]);
  }
  return { from: 0, architecture, costs: Object.fromEntries(costs) };
}

class TookTooLong extends Error {}

async function before<Result>(end: number, work: Promise<Result>): Promise<Result> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new TookTooLong()), Math.min(FOREVER, Math.max(0, end - Date.now())));
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
    // What is late ends with the source; nobody hears of it.
    work.catch(() => {});
  }
}

function shorten({ decision, predicted, candidates }: MapFrame): MapFrame {
  return { decision, predicted: predicted && roundAll(predicted, 4), candidates };
}

function packedSize(value: unknown): number {
  return gzipSync(JSON.stringify(value)).length;
}
