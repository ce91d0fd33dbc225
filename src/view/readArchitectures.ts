import type { ViewSource } from "./contract.js";

/** Points that are asked for at a time: the most that are answered. */
const PIECE = 1000;

/** The architectures at the first `count` points of a study's map; fewer where the map has fewer. */
export async function readArchitectures(
  source: Pick<ViewSource, "points">,
  name: string,
  count: number,
): Promise<readonly string[]> {
  const all: string[] = [];
  while (all.length < count) {
    const { architecture } = await source.points(name, all.length, PIECE);
    if (architecture.length === 0) break;
    for (const text of architecture) all.push(text);
  }
  return all;
}
