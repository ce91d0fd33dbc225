import type { CompareReport, PredictReport } from "../src/experiment/report.js";
import type { SearchReport } from "../src/experiment/searchReport.js";
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

/** A live search of 40 trainings, one of which diverged. */
export function sampleSearchReport(): SearchReport {
  const generator = createGenerator("sample search");
  const trials = Array.from({ length: 40 }, (_, number): SearchReport["trials"][number] => {
    const label = number === 7 ? null : 60 + 18 * (1 - Math.exp(-number / 15)) + 2 * generator.normal();
    const flops = Math.round(4e5 + 2e6 * generator.uniform());
    return {
      number,
      architecture: `|nor_conv_3x3~0|+|none~0|skip_connect~1|+|none~0|none~1|avg_pool_3x3~${number % 3}|`,
      label,
      metrics: {
        ...(label === null ? {} : { test: label - 0.6 }),
        flops,
        params: Math.round(flops / 60),
        seconds: 1.2,
      },
      curves: {
        loss: Array.from(
          { length: label === null ? 2 : 12 },
          (_, epoch) => (2.4 * (100 - (label ?? 0))) / 40 / (epoch + 2),
        ),
        trainingAccuracy: Array.from(
          { length: label === null ? 2 : 12 },
          (_, epoch) => (label ?? 0) * (1 - 0.8 / (epoch + 2)),
        ),
      },
      ...(label === null ? { failure: "the loss was no longer finite in epoch 3" } : {}),
      seconds: 1.3,
    };
  });
  const best = trials.reduce((first, second) => ((second.label ?? 0) > (first.label ?? 0) ? second : first));
  const range = (mean: number) => ({ mean, low: mean - 1.7, high: mean + 1.2 });
  return {
    schema: 1,
    kind: "search",
    version: "0.0.0",
    space: "nasbench201",
    benchmark: "digits201",
    packChecksum: "0".repeat(64),
    strategy: "weaknas",
    spec: "weaknas",
    options: {},
    label: "trainer",
    labelDescription: "validation accuracy of one training on hard-digits (epochs=12); percent",
    curveRules: {
      testOfBestLabel: "test-of-best-label: the test value of the architecture with the best label so far",
      bestTest: "best-test: the best test value among all queried architectures",
    },
    training: { dataset: "hard-digits", settings: { epochs: 12 } },
    seed: 1,
    budget: 40,
    batch: 10,
    queries: 40,
    failures: 1,
    ended: "budget",
    best: {
      ...best,
      costs: [
        { name: "flops", unit: "MAC", value: best.metrics["flops"]! },
        { name: "params", unit: "parameters", value: best.metrics["params"]! },
      ],
      table: { label: 77.8, test: 77.2 },
      rank: { label: 3, test: 12, labelled: 15_625, of: 15_625 },
    },
    bestTest: 78,
    optimum: { label: 79.1, test: 78.4 },
    queriesToOptimum: { label: null, test: null },
    randomSearch: {
      queries: 40,
      labels: "one training seed of the table",
      bestLabel: range(75.9),
      test: range(74.4),
      curve: Array.from({ length: 40 }, (_, i) => ({ queries: i + 1, ...range(76 - 12 / (i + 1.5)) })),
    },
    seconds: 52,
    trials,
  };
}

/** The same search by a strategy that explains itself, from the ninth training on with a model, and recommends the second best. */
/** A search for a front of label and FLOPs. */
export function sampleFrontReport(): SearchReport {
  const report = sampleSearchReport();
  const trials = report.trials.map((trial) => {
    const flops = trial.metrics["flops"];
    return trial.label === null || flops === null || flops === undefined
      ? trial
      : { ...trial, values: [trial.label, flops] };
  });
  const measured = trials.filter(({ values }) => values !== undefined);
  const members = measured
    .filter(
      ({ values }) =>
        !measured.some(
          (other) =>
            other.values![0] >= values![0] &&
            other.values![1] <= values![1] &&
            other.values!.some((value, i) => value !== values![i]),
        ),
    )
    .map(({ number, values }) => ({ number, values: values! }))
    .sort((a, b) => b.values[0] - a.values[0]);
  return {
    ...report,
    trials,
    front: {
      objectives: [
        { name: "accuracy", direction: "maximise", unit: "percent", known: false },
        { name: "flops", direction: "minimise", unit: "MAC", known: true },
      ],
      members,
      hypervolume: 123_456,
      reference: [40, 1e6],
      table: { share: 0.9876, found: 3, of: 12, reference: [60, 9e5] },
    },
  };
}

export function sampleExplainedReport(): SearchReport {
  const report = sampleSearchReport();
  const generator = createGenerator("sample explanations");
  const trials = report.trials.map((trial): SearchReport["trials"][number] => {
    if (trial.number < 8) return { ...trial, explanation: { reason: "start" } };
    const standardDeviation = 0.5 + 20 / trial.number;
    const predicted = { mean: (trial.label ?? 70) + standardDeviation * generator.normal(), standardDeviation };
    const reason = trial.number % 4 === 0 ? "explore" : "exploit";
    return { ...trial, explanation: { reason, predicted, detail: "Made up." } };
  });
  const [, second] = trials.filter(({ label }) => label !== null).sort((a, b) => b.label! - a.label!);
  return {
    ...report,
    trials,
    best: { ...report.best!, explanation: trials[report.best!.number].explanation },
    recommendation: {
      architecture: `${second.architecture}, as recommended`,
      number: second.number,
      label: second.label!,
      predicted: { mean: second.label! - 0.2, standardDeviation: 0.11 },
      probabilityBest: 0.64,
      test: second.metrics["test"]!,
      costs: [],
    },
  };
}
