import { boxWidth, type Graph, type GraphLayout, type PlacedNode } from "./layoutGraph.js";

/** Vertices in the order of a chain, or undefined where the graph is none. */
export function chainOf(graph: Graph): readonly number[] | undefined {
  const { vertices, edges } = graph;
  if (edges.length !== vertices.length - 1 || edges.some(([, , label]) => label !== "")) return undefined;
  const after = new Map(edges.map(([from, to]) => [from, to]));
  const reached = new Set(edges.map(([, to]) => to));
  const firsts = vertices.map((_, vertex) => vertex).filter((vertex) => !reached.has(vertex));
  if (firsts.length !== 1 || after.size !== edges.length) return undefined;
  const chain = [firsts[0]];
  for (let next = after.get(firsts[0]); next !== undefined && chain.length <= vertices.length; next = after.get(next))
    chain.push(next);
  return chain.length === vertices.length ? chain : undefined;
}

const [gap, lineHeight, boxHeight] = [22, 54, 28];

/** A chain in lines like a text: each line from left to right. */
export function wrapChain(graph: Graph, chain: readonly number[], width: number): GraphLayout {
  let [left, line, widest] = [2, 0, 0];
  const nodes = chain.map((vertex): PlacedNode => {
    const { label, kind } = graph.vertices[vertex];
    const room = boxWidth(label, kind);
    if (left > 2 && left + room > width - 12) {
      left = 2;
      line++;
    }
    const node = { label, kind, x: left + room / 2, y: 18 + line * lineHeight, width: room, height: boxHeight };
    left += room + gap;
    widest = Math.max(widest, left - gap);
    return node;
  });
  const edges = nodes.slice(1).map((node, index) => {
    const last = nodes[index];
    const [right, start] = [last.x + last.width / 2, node.x - node.width / 2];
    const turn = (last.y + node.y) / 2;
    const points: [number, number][] =
      last.y === node.y
        ? [
            [right, last.y],
            [start, node.y],
          ]
        : [
            [last.x, last.y + boxHeight / 2],
            [last.x, turn],
            [node.x, turn],
            [node.x, node.y - boxHeight / 2],
          ];
    return { points, isNothing: false, hasArrow: true };
  });
  return { nodes, edges, width: widest + 4, height: 36 + line * lineHeight };
}
