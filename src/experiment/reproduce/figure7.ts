import type { ReportedPoint, Reproduction, ReproductionPanel } from "./contract.js";
import { publishedOrder, siameseMethods } from "./methods.js";
import { growingN, labelNotes, picture, source } from "./siamese.js";

const smallSamples = [10, 20, 40, 65, 90];

const spaces = [
  {
    benchmark: "tiny-nasbench201",
    title: "Tiny-NAS-Bench-201 on CIFAR-10",
    reported: [
      { method: "bts", x: 30, value: 90.5 },
      { method: "bts", x: 100, value: 91.3 },
    ],
    notes: ["The second reported value is the end of the published line; it stands at 100 here."],
  },
  {
    benchmark: "digits-nano",
    title: "Tiny-NanoBench (re-created) on hard digits",
    // Accuracies of another data set: nothing to compare.
    reported: [],
    notes: [
      "The published table of Tiny-NanoBench is not public. This is a re-created space on another data set (hard digits in place of CIFAR-10): only the shape can be compared. Reported on CIFAR-10: about 90.5 % at 15 samples, 93.0 % at 100.",
    ],
  },
] as const;

/** Accuracy on the two tiny spaces against N + 5 and N + 10. */
export const figure7: Reproduction = {
  name: "siamese-fig7",
  title: "Siamese-NAS, figure 7: N + 5 and N + 10 queries on tiny spaces",
  source: `${source}, figure 7`,
  reportedFrom: `about, ${picture}; of Siamese-NAS as a whole, N + 10`,
  methods: siameseMethods,
  order: publishedOrder,
  panels: ({ samples = smallSamples }) =>
    spaces.flatMap(({ benchmark, title, reported, notes }) =>
      [5, 10].map(
        (evaluate): ReproductionPanel => ({
          name: `${benchmark}-k${evaluate}`,
          title: `${title}, K = ${evaluate}`,
          benchmark,
          axis: `queries (N + ${evaluate})`,
          points: growingN(samples, evaluate, "N+K"),
          reported: evaluate === 10 ? reported.map((point): ReportedPoint => point) : [],
          notes: evaluate === 10 || reported.length === 0 ? notes : [],
        }),
      ),
    ),
  drawn: true,
  notes: labelNotes,
};
