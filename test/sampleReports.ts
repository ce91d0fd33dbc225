import type { CompareReport, PredictReport } from "../src/experiment/report.js";
import type { ReproduceReport } from "../src/experiment/reproduce/index.js";
import { createGenerator } from "../src/random/index.js";

/*
 * Made-up reports for the snapshot tests of the figures: the shapes of real ones, and no measurement.
 */

const specs: [spec: string, halfLife: number, floor: number][] = [
  ["random", 70, 0.9],
  ["regularized-evolution", 45, 0.35],
  ["weaknas", 22, 0],
  ["weaknas:predictor=gradient-boosting", 24, 0.01],
];

export function sampleCompareReport(): CompareReport {
  const generator = createGenerator("sample report");
  return {
    schema: 1,
    kind: "compare",
    version: "0.0.0",
    benchmark: "nasbench201/cifar100",
    packChecksum: "0".repeat(64),
    label: "mean",
    labelDescription: "made up",
    curveRules: {},
    budget: 150,
    seeds: 30,
    firstSeed: 1,
    complete: true,
    testUnit: "percent",
    optimum: { test: 73.5133 },
    results: specs.map(([spec, halfLife, floor]) => ({
      strategy: spec.split(":")[0],
      spec,
      options: {},
      batch: 10,
      runs: 30,
      queriesToOptimum: {
        test: { cappedMean: 120, median: 120, foundShare: 0.5 },
        label: { cappedMean: 120, median: 120, foundShare: 0.5 },
      },
      curve: Array.from({ length: 15 }, (_, i) => {
        const queries = 10 * (i + 1);
        const regret = floor + (5 - floor) * Math.exp((-0.69 * queries) / halfLife);
        const point = (extra: number) => {
          const mean = 73.5133 - regret - extra - 0.02 * generator.uniform() * Math.min(1, regret);
          const reach = 0.12 * regret + 0.01 * extra;
          return { mean, std: 3 * reach, ci95: [mean - reach, Math.min(73.5133, mean + reach)] as [number, number] };
        };
        return { queries, bestTest: point(0), testOfBestLabel: point(0.1), bestLabel: point(0.2) };
      }),
      secondsPerRun: { median: 1 },
      peakRssMegabytes: 100,
    })),
  };
}

export function samplePredictReport(): PredictReport {
  const predictors: [string, number, number][] = [
    ["mlp", 0.35, 0.11],
    ["gradient-boosting", 0.4, 0.1],
    ["random-forest", 0.44, 0.085],
  ];
  return {
    schema: 1,
    kind: "predict",
    version: "0.0.0",
    benchmark: "nasbench201/cifar10",
    packChecksum: "0".repeat(64),
    label: "mean",
    labelDescription: "made up",
    against: "test_accuracy",
    rankedOver: "all architectures outside the training sample",
    seeds: 10,
    firstSeed: 1,
    complete: true,
    results: predictors.flatMap(([predictor, start, slope]) =>
      [30, 78, 156, 469].map((trainSize) => {
        const some = { mean: start + slope * Math.log(trainSize / 30), std: 1.2 / (trainSize + 10) + 0.01 };
        return {
          predictor,
          spec: predictor,
          options: {},
          encoding: "one-hot",
          trainSize,
          runs: 10,
          kendallTau: some,
          spearman: some,
          recallAt100: some,
          fitSeconds: some,
          rankSeconds: some,
        };
      }),
    ),
  };
}

/** A figure of two methods with published points, and what a stopped one looks like. */
export function sampleReproduceReport(): ReproduceReport {
  const methods: [name: string, title: string, start: number, reported: number[]][] = [
    ["predictor", "predictor", 71.9, [72.03, 72.1, 71.9, 72.1]],
    ["bts", "siams+NSAM+BTS", 73.1, [73.57, 73.8, 74.1, 74.24]],
  ];
  const summary = (mean: number, reach: number) => ({
    ...{ mean, std: 10 * reach },
    ci95: [mean - reach, mean + reach] as [number, number],
  });
  const samples = [70, 95, 120, 170];
  return {
    ...{ schema: 1, kind: "reproduce", version: "0.0.0", reproduction: "siamese-fig6a", source: "made up" },
    title: "Siamese-NAS, figure 6a: N + 30 queries on CIFAR-100",
    reportedFrom: "read off the picture in the publication by eye; not measured by this project",
    ...{ drawn: true, seeds: 100, firstSeed: 1, complete: true, runSeconds: 4000, leftOut: ["digits201: not here."] },
    notes: ["Made-up numbers."],
    estimationCodes: [
      { benchmark: "nasbench201/cifar100", name: "proxy-losses", cost: 0.00012, description: "Made-up losses." },
    ],
    panels: [
      {
        ...{ name: "k30", title: "K = 30, N grows", benchmark: "nasbench201/cifar100", packChecksum: "0".repeat(64) },
        ...{ optimum: 73.5133, unit: "percent", axis: "queries (N + 30)", notes: [] },
        reported: methods.flatMap(([method, , , values]) =>
          values.map((value, place) => ({ method, x: samples[place] + 30, value })),
        ),
        readings: [
          {
            ...{ name: "mean-best-test", label: "mean", curve: "bestTest", labelDescription: "made up" },
            rule: "label: mean; best-test: the best test value among all queried architectures",
            series: methods.map(([method, title, start, reported]) => ({
              ...{ method, title, strategy: method },
              estimationCode: method === "bts" ? { name: "proxy-losses", asked: 375, trainings: 0.045 } : null,
              points: samples.map((count, place) => {
                const mean = start + 0.1 * place;
                const value = summary(mean, 0.15 - 0.02 * place);
                const difference = mean - reported[place];
                const sizes = { samples: count, evaluate: 30, runs: 100 };
                return { x: count + 30, ...sizes, value, reported: reported[place], difference };
              }),
            })),
            order: {
              steps: [
                {
                  ...{ lower: "predictor", higher: "bts", pairs: 100, verdict: "higher" },
                  difference: summary(1.2, 0.1),
                },
              ],
              sentence: "At 170 + 30 queries, the published order holds, each step beyond its 95 % interval.",
            },
            contrasts: [],
          },
        ],
      },
    ],
  };
}
