import type { Layered } from "./assignLayers.js";
import { neighboursOf } from "./orderLayers.js";

interface Across {
  /** Middle of each node across the direction of the drawing. */
  readonly middle: readonly number[];
  readonly size: number;
}

/** Places the nodes of each layer in their order: as near to the middle of their neighbours as their sizes allow. */
export function placeAcross(
  layers: readonly (readonly number[])[],
  segments: Layered["segments"],
  sizeOf: (node: number) => number,
  gap: number,
): Across {
  const count = layers.reduce((sum, nodes) => sum + nodes.length, 0);
  const { before, after } = neighboursOf(count, segments);
  const middle = new Array<number>(count).fill(0);
  for (const nodes of layers) {
    const whole = nodes.reduce((sum, node) => sum + sizeOf(node) + gap, -gap);
    let at = -whole / 2;
    for (const node of nodes) {
      middle[node] = at + sizeOf(node) / 2;
      at += sizeOf(node) + gap;
    }
  }
  for (let round = 0; round < 16; round++) {
    for (const nodes of round % 2 === 0 ? layers : [...layers].reverse()) {
      const wanted = nodes.map((node) => {
        const near = [...before[node], ...after[node]];
        return near.length === 0 ? middle[node] : near.reduce((sum, other) => sum + middle[other], 0) / near.length;
      });
      const placed = keepApart(wanted, nodes.map(sizeOf), gap);
      for (const [index, node] of nodes.entries()) middle[node] = placed[index];
    }
  }
  let [low, high] = [Infinity, -Infinity];
  for (const node of layers.flat()) {
    low = Math.min(low, middle[node] - sizeOf(node) / 2);
    high = Math.max(high, middle[node] + sizeOf(node) / 2);
  }
  return { middle: middle.map((place) => place - low + 2), size: high - low + 4 };
}

/**
 * The places nearest to the wanted ones (least squares) that keep the order and the gaps: neighbours that would overlap become a block
 * whose members share their wishes.
 */
export function keepApart(wanted: readonly number[], sizes: readonly number[], gap: number): number[] {
  const offsets = [0];
  for (let i = 1; i < sizes.length; i++) offsets.push(offsets[i - 1] + (sizes[i - 1] + sizes[i]) / 2 + gap);
  const blocks: { sum: number; count: number }[] = [];
  for (let i = 0; i < wanted.length; i++) {
    let block = { sum: wanted[i] - offsets[i], count: 1 };
    while (blocks.length > 0 && blocks.at(-1)!.sum / blocks.at(-1)!.count >= block.sum / block.count) {
      const last = blocks.pop()!;
      block = { sum: last.sum + block.sum, count: last.count + block.count };
    }
    blocks.push(block);
  }
  return blocks
    .flatMap(({ sum, count }) => new Array<number>(count).fill(sum / count))
    .map((start, i) => start + offsets[i]);
}
