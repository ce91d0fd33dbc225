import type { ProtocolSizes, ReproductionMethod } from "./contract.js";

const siameseNas =
  (predictor: string, bts: boolean) =>
  ({ samples, evaluate }: ProtocolSizes): string =>
    `siamese-nas:predictor=${predictor},bts=${bts},samples=${samples},evaluate=${evaluate}`;

/** The naive predictor: reads no estimation code, and there is no second ranking. */
export const predictorMethod: ReproductionMethod = {
  name: "predictor",
  title: "predictor",
  strategy: siameseNas("graph-predictor", false),
  code: "none",
  secondsPerSample: 0.02,
};

/** The Siamese predictor without attention in its coarse branch. */
export const siamsMethod: ReproductionMethod = {
  name: "siams",
  title: "siams",
  strategy: siameseNas("siamese(nsam=false)", false),
  code: "own",
  secondsPerSample: 0.04,
};

/** The same with attention. */
export const attentionMethod: ReproductionMethod = {
  name: "nsam",
  title: "siams+NSAM",
  strategy: siameseNas("siamese", false),
  code: "own",
  secondsPerSample: 0.07,
};

/** The same, and most of the N are sampled while the predictor is trained: all of Siamese-NAS. */
export const samplingMethod: ReproductionMethod = {
  name: "bts",
  title: "siams+NSAM+BTS",
  strategy: siameseNas("siamese", true),
  code: "own",
  secondsPerSample: 0.11,
};

/** The comparator that Siamese-NAS is compared with. */
export const relationMethod: ReproductionMethod = {
  name: "brp-nas",
  title: "BRP-NAS",
  strategy: ({ samples, evaluate }) => `brp-nas:samples=${samples},evaluate=${evaluate}`,
  code: "none",
  secondsPerSample: 0.17,
};

/** From the worst to the best, as published. */
export const siameseMethods = [predictorMethod, siamsMethod, attentionMethod, samplingMethod] as const;

/** The published order. */
export const publishedOrder = siameseMethods.map(({ name }) => name);
