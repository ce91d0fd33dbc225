import type { Reproduction } from "./contract.js";
import { publishedOrder, siameseMethods } from "./methods.js";
import { cifar100, growingK, labelNotes, picture, source } from "./siamese.js";

const samples = 30;

/** Percent at 200 queries. */
const reported = [72.53, 72.8, 72.95, 73.05];

/** Accuracy on CIFAR-100 against 30 + K. */
export const figure6b: Reproduction = {
  name: "siamese-fig6b",
  title: "Siamese-NAS, figure 6b: 30 + K queries on CIFAR-100",
  source: `${source}, figure 6`,
  reportedFrom: picture,
  methods: siameseMethods,
  order: publishedOrder,
  panels: () => [
    {
      name: "n30",
      title: "N = 30, K grows",
      benchmark: cifar100,
      axis: "queries (30 + K)",
      points: growingK(samples, [10, 20, 30, 45, 70, 95, 120, 145, 170]),
      reported: siameseMethods.map(({ name }, place) => ({ method: name, x: 200, value: reported[place] })),
      notes: [],
    },
  ],
  drawn: true,
  notes: labelNotes,
};
