import type { ReportedPoint, Reproduction } from "./contract.js";
import { publishedOrder, relationMethod, siameseMethods } from "./methods.js";
import { cifar100, growingN, growingSamples, labelNotes, picture, source } from "./siamese.js";

const evaluate = 30;
const totals = [100, 125, 150, 200];

/** Percent at 100, 125, 150 and 200 queries. */
const reported: Readonly<Record<string, readonly number[]>> = {
  predictor: [72.03, 72.1, 71.9, 72.1],
  siams: [72.2, 72.5, 72.4, 72.55],
  nsam: [72.8, 73.1, 73.4, 73.67],
  bts: [73.57, 73.8, 74.1, 74.24],
  "brp-nas": [73.7, 73.8, 73.8, 73.85],
};

/** Accuracy on CIFAR-100 against N + 30. */
export const figure6a: Reproduction = {
  name: "siamese-fig6a",
  title: "Siamese-NAS, figure 6a: N + 30 queries on CIFAR-100",
  source: `${source}, figure 6`,
  reportedFrom: picture,
  methods: [...siameseMethods, relationMethod],
  order: publishedOrder,
  panels: ({ samples = growingSamples }) => [
    {
      name: "k30",
      title: "K = 30, N grows",
      benchmark: cifar100,
      axis: "queries (N + 30)",
      points: growingN(samples, evaluate, "N+K"),
      reported: Object.entries(reported).flatMap(([method, values]): ReportedPoint[] =>
        values.map((value, place) => ({ method, x: totals[place], value })),
      ),
      notes: [],
    },
  ],
  drawn: true,
  notes: labelNotes,
};
