import { rampStep } from "./colourRamp.js";
import type { MapColours } from "./mapColours.js";
import type { MapLayout } from "./mapLayout.js";
import type { MapState } from "./mapState.js";

/** Groups of points that are drawn alike, from the lowest to the topmost. Canvas and SVG both draw these. */
export interface MarkGroup {
  readonly points: readonly number[];
  readonly shape: "dot" | "slash" | "ring" | "cross" | "star";
  readonly radius: number;
  /** The radius grows by this power of the zoom: less than distances, so that points come apart. */
  readonly growth: number;
  readonly colour: string;
  /** An outline that keeps marks apart from what lies below. */
  readonly halo?: { readonly colour: string; readonly width: number };
  readonly lineWidth?: number;
}

export interface BaseInput {
  readonly layout: MapLayout;
  readonly predicted: readonly number[] | null | undefined;
  readonly excluded: readonly number[];
  readonly state: MapState;
  readonly range: readonly [number, number];
  readonly ramp: readonly string[];
  readonly colours: MapColours;
  readonly colourBy: "predicted" | "measured";
}

const spaceGrowth = 0.5;
const markGrowth = 0.22;

/** The groups as large as they are when the map is enlarged so many times. */
export function growGroups(groups: readonly MarkGroup[], zoom: number): readonly MarkGroup[] {
  return zoom === 1 ? groups : groups.map((group) => ({ ...group, radius: group.radius * zoom ** group.growth }));
}

/** The space itself, the best predictions on top, and what was evaluated before: all that changes only with the decision. */
export function baseGroups(input: BaseInput): MarkGroup[] {
  const { layout, predicted, excluded, state, range, ramp, colours, colourBy } = input;
  const { radius } = layout;
  const isExcluded = new Set(excluded);
  const groups: MarkGroup[] = [];
  if (excluded.length > 0)
    groups.push({ points: excluded, shape: "slash", radius, colour: colours.excluded, growth: spaceGrowth });
  if (colourBy === "predicted" && predicted !== null && predicted !== undefined) {
    const steps: number[][] = ramp.map(() => []);
    for (let point = 0; point < predicted.length; point++) {
      if (!isExcluded.has(point)) steps[rampStep(predicted[point], range)].push(point);
    }
    for (const [step, points] of steps.entries()) {
      if (points.length > 0) groups.push({ points, shape: "dot", radius, colour: ramp[step], growth: spaceGrowth });
    }
  } else {
    const plain: number[] = [];
    for (let point = 0; point < layout.xs.length; point++) if (!isExcluded.has(point)) plain.push(point);
    groups.push({ points: plain, shape: "dot", radius, colour: colours.plain, growth: spaceGrowth });
  }
  const steps: number[][] = ramp.map(() => []);
  for (const point of state.evaluated) steps[rampStep(state.labels.get(point)!, range)].push(point);
  const size = markRadius(layout, state);
  for (const [step, points] of steps.entries()) {
    if (points.length > 0)
      groups.push({
        points,
        shape: "dot",
        radius: size,
        colour: ramp[step],
        growth: markGrowth,
        halo: { colour: colours.ink, width: size > 3 ? 1.2 : 0.9 },
      });
  }
  return groups;
}

/** What stands out: candidates, failures, the newest batch, the best. */
export function markGroups({ layout, state, colours }: Pick<BaseInput, "layout" | "state" | "colours">): MarkGroup[] {
  const size = markRadius(layout, state);
  const halo = { colour: colours.paper, width: 2 };
  const [growth, ring] = [markGrowth, Math.max(2.2, layout.radius + 1)];
  const best = state.best === undefined ? [] : [state.best];
  const groups: MarkGroup[] = [
    // They grow with the dots that they are drawn around.
    {
      ...{ points: state.candidates, shape: "ring", radius: ring, colour: colours.candidate },
      ...{ growth: spaceGrowth, lineWidth: 1.1 },
    },
    { points: state.newest, shape: "dot", radius: size + 1.6, colour: colours.newest, halo, growth },
    { points: state.failed, shape: "cross", radius: size, colour: colours.failed, halo, growth, lineWidth: 2 },
    {
      ...{ points: best, shape: "star", radius: 3.2 * size, colour: colours.best, growth },
      halo: { colour: colours.ink, width: 1.5 },
    },
  ];
  return groups.filter(({ points }) => points.length > 0);
}

/** Many marks are smaller than few, and smaller on a small map. */
function markRadius({ radius, width }: MapLayout, { evaluated, newest }: MapState): number {
  const count = evaluated.length + newest.length;
  const usual = count > 5000 ? 1.8 : count > 1000 ? 2.6 : 3.8;
  return Math.max(radius + 0.4, usual * Math.max(0.65, Math.min(1, width / 700)));
}
