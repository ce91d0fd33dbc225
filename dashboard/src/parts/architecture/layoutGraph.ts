import { curveBumpX, curveBumpY, curveMonotoneX, curveMonotoneY, line } from "d3-shape";
import type { ArchitectureDrawing } from "../../../../src/view/contract.js";
import { assignLayers } from "./assignLayers.js";
import { orderLayers } from "./orderLayers.js";
import { placeAcross } from "./placeAcross.js";

export type Graph = NonNullable<ArchitectureDrawing["graph"]>;

/** A box of the drawing: a vertex, or the operation of an edge. */
export interface PlacedNode {
  readonly label: string;
  readonly kind: Graph["vertices"][number]["kind"] | "edge-operation";
  /** Its middle. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** An edge through the points where it passes other layers. */
export interface PlacedEdge {
  readonly points: readonly (readonly [x: number, y: number])[];
  /** Whether it leads to a box that passes nothing on. */
  readonly isNothing: boolean;
  /** Whether it ends at a vertex, and so has an arrow. */
  readonly hasArrow: boolean;
}

export interface GraphLayout {
  readonly nodes: readonly PlacedNode[];
  readonly edges: readonly PlacedEdge[];
  readonly width: number;
  readonly height: number;
}

const boxHeight = 28;
const gapAlong = 26;
const gapAcross = 14;

/** Operations that pass nothing on. */
export function isNothing(label: string): boolean {
  return /^(none|zeroi[sz]e|zero)$/i.test(label.trim());
}

/** Room for a label in a font of 12 pixels. */
export function boxWidth(label: string, kind: PlacedNode["kind"]): number {
  return kind === "sum" && label.length <= 2 ? boxHeight : Math.max(36, Math.min(190, label.length * 7 + 20));
}

/**
 * A graph in layers (after Sugiyama, Tagawa and Toda 1981): operations on edges become boxes of their own, so that no label
 * hides another; long edges pass the layers between in lanes of their own.
 */
export function layoutGraph(graph: Graph, direction: "right" | "down"): GraphLayout {
  const boxes: { label: string; kind: PlacedNode["kind"] }[] = graph.vertices.map(({ label, kind }) => ({
    label,
    kind,
  }));
  const links: { from: number; to: number; isNothing: boolean; hasArrow: boolean }[] = [];
  for (const [from, to, label] of graph.edges) {
    if (boxes[from] === undefined || boxes[to] === undefined) continue;
    if (label === "") {
      links.push({ from, to, isNothing: false, hasArrow: true });
      continue;
    }
    const middle = boxes.push({ label, kind: "edge-operation" }) - 1;
    const nothing = isNothing(label);
    links.push(
      { from, to: middle, isNothing: nothing, hasArrow: false },
      { from: middle, to, isNothing: nothing, hasArrow: true },
    );
  }
  const layered = assignLayers(boxes.length, links, graph.vertices.length);
  const layers = orderLayers(layered);
  const isRight = direction === "right";
  const along = (node: number): number =>
    node < boxes.length ? (isRight ? boxWidth(boxes[node].label, boxes[node].kind) : boxHeight) : 0;
  const across = (node: number): number =>
    node < boxes.length ? (isRight ? boxHeight : boxWidth(boxes[node].label, boxes[node].kind)) : 8;
  const places = placeAcross(layers, layered.segments, across, gapAcross);

  const starts: number[] = [];
  let end = 2;
  for (const layer of layers) {
    const thickness = Math.max(0, ...layer.map(along));
    starts.push(end + thickness / 2);
    end += thickness + gapAlong;
  }
  const point = (node: number): [number, number] => {
    const place: [number, number] = [starts[layered.layer[node]], places.middle[node]];
    return isRight ? place : [place[1], place[0]];
  };
  const nodes = boxes.map(({ label, kind }, node): PlacedNode => {
    const [x, y] = point(node);
    return { label, kind, x, y, width: boxWidth(label, kind), height: boxHeight };
  });
  const edges = links.map(({ from, to, isNothing: nothing, hasArrow }, link): PlacedEdge => {
    const lane = layered.lanes[link];
    const [fromHalf, toHalf] = [along(from) / 2, along(to) / 2];
    const shift = ([x, y]: [number, number], by: number): [number, number] => (isRight ? [x + by, y] : [x, y + by]);
    const points = [shift(point(from), fromHalf), ...lane.map(point), shift(point(to), -toHalf)];
    return { points, isNothing: nothing, hasArrow };
  });
  const long = end - gapAlong + 2;
  return { nodes, edges, width: isRight ? long : places.size, height: isRight ? places.size : long };
}

/** A smooth path through points that leaves and arrives along the direction of the drawing. */
export function edgePath(points: PlacedEdge["points"], direction: "right" | "down"): string {
  const bent = direction === "right" ? curveBumpX : curveBumpY;
  const lane = direction === "right" ? curveMonotoneX : curveMonotoneY;
  return (
    line<PlacedEdge["points"][number]>(
      ([x]) => x,
      ([, y]) => y,
    )
      .digits(1)
      .curve(points.length === 2 ? bent : lane)(points) ?? ""
  );
}
