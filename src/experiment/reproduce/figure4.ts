import type { Reproduction } from "./contract.js";
import { publishedOrder, siameseMethods } from "./methods.js";
import { growingK, growingN, growingSamples, labelNotes, plainPanel, source } from "./siamese.js";

const few = 30;
const evaluated = [5, 10, 20, 30, 50, 70, 95, 120, 145, 170];
const budgets = [5, 10, 20, 30];

/** Accuracy against K with N = 30, and against N with K = 5, 10, 20 and 30. */
export const figure4: Reproduction = {
  name: "siamese-fig4",
  title: "Siamese-NAS, figure 4: the N+K protocol",
  source: `${source}, figure 4`,
  reportedFrom: "no published numbers are at hand for this figure",
  methods: siameseMethods,
  order: publishedOrder,
  panels: ({ samples = [few, ...growingSamples] }) => [
    plainPanel("n30", "N = 30, K grows", "queries (30 + K)", growingK(few, evaluated)),
    ...budgets.map((evaluate) =>
      plainPanel(
        `k${evaluate}`,
        `K = ${evaluate}, N grows`,
        "N (architectures that the predictor learns from)",
        growingN(samples, evaluate, "N"),
      ),
    ),
  ],
  drawn: true,
  notes: [
    "The published curves have N = 30, 40, … 200 (--samples 30 40 50 …); by default they have the N of figure 6, whose runs they share.",
    ...labelNotes,
  ],
};
