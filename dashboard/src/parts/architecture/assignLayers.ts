/** A graph whose edges all lead from one layer to the next: long ones through nodes of their own, numbered after the boxes. */
export interface Layered {
  /** Layer of each node, from 0. */
  readonly layer: readonly number[];
  /** From, to: always one layer apart. */
  readonly segments: readonly (readonly [from: number, to: number])[];
  /** For each link the nodes it passes through. */
  readonly lanes: readonly (readonly number[])[];
}

interface Link {
  readonly from: number;
  readonly to: number;
}

/**
 * Each vertex comes after all that lead to it, by the longest way; boxes on edges (those from `vertices` on) stand half way. Links
 * that close a cycle are left out.
 */
export function assignLayers(count: number, links: readonly Link[], vertices: number): Layered {
  const layer = longestWays(count, links);
  for (let box = vertices; box < count; box++) {
    const before = links.find(({ to }) => to === box);
    const after = links.find(({ from }) => from === box);
    if (before !== undefined && after !== undefined && layer[after.to] > layer[before.from]) {
      layer[box] = Math.floor((layer[before.from] + layer[after.to]) / 2);
    }
  }
  const segments: [number, number][] = [];
  const lanes = links.map(({ from, to }) => {
    const lane: number[] = [];
    let last = from;
    for (let at = layer[from] + 1; at < layer[to]; at++) {
      const node = layer.push(at) - 1;
      lane.push(node);
      segments.push([last, node]);
      last = node;
    }
    if (layer[to] === layer[last] + 1) segments.push([last, to]);
    return lane;
  });
  return { layer, segments, lanes };
}

function longestWays(count: number, links: readonly Link[]): number[] {
  const layer = new Array<number>(count).fill(0);
  // As many rounds as nodes suffice without cycles; with one it stops there.
  for (let round = 0; round < count; round++) {
    let isSettled = true;
    for (const { from, to } of links) {
      if (from === to || layer[to] > layer[from] || layer[from] + 1 >= count) continue;
      layer[to] = layer[from] + 1;
      isSettled = false;
    }
    if (isSettled) break;
  }
  return layer;
}
