/** How labels become targets of a sigmoid: pairs of numbers, both rising, with straight lines between and beyond them. */
export interface LabelScale {
  readonly labels: readonly number[];
  readonly targets: readonly number[];
}

/** The names of the scales. */
export const LABEL_SCALES = ["hundredth", "range", "rank"] as const;

/** Targets of the lowest and the highest label that were learnt from. */
const [LOWEST, HIGHEST] = [0.1, 0.9];

/**
 * The scale for the labels of a training.
 * - `hundredth`: label / 100, as published, for labels in percent.
 * - `range`: from the lowest label to the highest, 0.1 to 0.9.
 * - `rank`: by rank among the labels, 0.1 to 0.9, so that the crowd of good ones is spread out.
 */
export function createLabelScale(kind: (typeof LABEL_SCALES)[number], labels: ArrayLike<number>): LabelScale {
  if (kind === "hundredth") return { labels: [0, 100], targets: [0, 1] };
  const known = [...new Set(Array.from(labels))].sort((a, b) => a - b);
  const [lowest, highest] = [known[0], known[known.length - 1]];
  if (lowest === highest) return { labels: [lowest - 1, lowest + 1], targets: [0, 1] };
  if (kind === "range") return { labels: [lowest, highest], targets: [LOWEST, HIGHEST] };
  const targets = known.map((_, i) => LOWEST + ((HIGHEST - LOWEST) * i) / (known.length - 1));
  return { labels: known, targets };
}

/** The target of a label. */
export function targetOf({ labels, targets }: LabelScale, label: number): number {
  return interpolate(labels, targets, label);
}

/** The label of an output. */
export function labelOf({ labels, targets }: LabelScale, output: number): number {
  return interpolate(targets, labels, output);
}

function interpolate(from: readonly number[], to: readonly number[], value: number): number {
  const last = from.length - 1;
  // Beyond either end the line through the outermost points: neighbours there may lie too close to say how it goes on.
  if (value <= from[0] || value >= from[last]) {
    const slope = (to[last] - to[0]) / (from[last] - from[0]);
    const end = value <= from[0] ? 0 : last;
    return to[end] + (value - from[end]) * slope;
  }
  let [low, high] = [0, last];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (from[middle] <= value) low = middle;
    else high = middle;
  }
  return to[low] + ((value - from[low]) / (from[high] - from[low])) * (to[high] - to[low]);
}
