import type { Reproduction, ReproductionMethod } from "./contract.js";
import { attentionMethod, predictorMethod, publishedOrder, samplingMethod, siamsMethod } from "./methods.js";
import { cifar100, growingN, labelNotes, source } from "./siamese.js";

/** Codes that the predictors get in turn: none, the benchmark's own, and those of another data set. */
const codes = [
  { word: "", title: "", code: "own" },
  { word: "-without-code", title: ", no code", code: "none" },
  { word: "-digits201", title: ", code digits201/losses", code: "digits201/losses" },
] as const;

const variants = [siamsMethod, attentionMethod, samplingMethod].flatMap((method): ReproductionMethod[] =>
  codes.map(({ word, title, code }) => ({
    ...method,
    name: `${method.name}${word}`,
    title: `${method.title}${title}`,
    code,
  })),
);

/** What each part of Siamese-NAS is worth at 170 + 30 queries, with and without estimation codes. */
export const ablation: Reproduction = {
  name: "siamese-ablation",
  title: "Siamese-NAS, parts and estimation codes at N + 30 queries",
  source,
  reportedFrom: "not a table of the publication",
  methods: [predictorMethod, ...variants],
  order: publishedOrder,
  contrasts: [siamsMethod, attentionMethod, samplingMethod].flatMap(({ name }) =>
    codes.filter(({ code }) => code !== "none").map(({ word }) => [`${name}-without-code`, `${name}${word}`] as const),
  ),
  panels: ({ samples = [170] }) => [
    {
      name: "k30",
      title: "K = 30",
      benchmark: cifar100,
      axis: "queries (N + 30)",
      points: growingN(samples, 30, "N+K"),
      reported: [],
      notes: [],
    },
  ],
  drawn: false,
  notes: [
    "The naive predictor reads no estimation code. Without a code and without attention, the Siamese predictor is a coarse branch alone: the naive predictor.",
    ...labelNotes,
  ],
};
