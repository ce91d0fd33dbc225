import type { PanelPoint, ReproductionPanel } from "./contract.js";

/*
 * What the figures of Siamese-NAS share. Runs are shared too: a run with N samples ranks once and evaluates `mostEvaluated`, so that
 * it serves every K, and figures that use the same N use the same runs.
 */

export const source = "Siamese-NAS (D0352276/Siamese-NAS)";
export const cifar100 = "nasbench201/cifar100";

/** K of every run: 30 + 170 = 200 of figure 6b. */
export const mostEvaluated = 170;

/** N of figure 6a, whose axis is N + 30. */
export const growingSamples = [70, 95, 120, 170] as const;

export const picture = "read off the picture in the publication by eye; not measured by this project";

export const labelNotes = [
  "The published labels come from a random training seed. Nearest to them is random-seed: one training seed drawn for each architecture and run; on CIFAR-100 the accuracy on all test images, because its halves are not known per seed. The best label then exceeds the best mean.",
  "Published runs take the best of the K only, from a ranking that includes the N; here the K are unseen architectures, and the best of all N + K counts.",
];

/** A line on which K stays and N grows. */
export function growingN(samples: readonly number[], evaluate: number, axis: "N" | "N+K"): PanelPoint[] {
  return samples.map((count) => ({ x: axis === "N" ? count : count + evaluate, samples: count, evaluate }));
}

/** A line on which N stays and K grows. */
export function growingK(samples: number, evaluated: readonly number[]): PanelPoint[] {
  return evaluated.map((evaluate) => ({ x: samples + evaluate, samples, evaluate }));
}

/** A chart on NAS-Bench-201 CIFAR-100 with nothing reported. */
export function plainPanel(
  name: string,
  title: string,
  axis: string,
  points: readonly PanelPoint[],
): ReproductionPanel {
  return { name, title, benchmark: cifar100, axis, points, reported: [], notes: [] };
}
