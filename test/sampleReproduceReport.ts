import type { ReproduceReport } from "../src/experiment/reproduce/index.js";

/** A made-up figure of two methods with published points, for snapshot tests. */
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
