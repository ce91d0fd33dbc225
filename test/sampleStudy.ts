import type { Storage, StudyOwner, StudyWriter } from "../src/study/index.js";

/** Cells of NAS-Bench-201 that differ in their first edge. */
export const cells = ["none", "skip_connect", "nor_conv_1x1", "nor_conv_3x3", "avg_pool_3x3"].map(
  (operation) => `|${operation}~0|+|nor_conv_3x3~0|none~1|+|skip_connect~0|none~1|nor_conv_3x3~2|`,
);

export const hostile = {
  failure: '=HYPERLINK("http://evil"), \u001b[2J"gone",\r\nline two',
  metric: "+cmd|' /C calc'!A0, x",
} as const;

export const owner: StudyOwner = { id: "one", description: "process 1 on elsewhere" };

/**
 * Makes a study of six trials: done, done after a failed attempt, failed with a text that means no good, done with a better label and
 * curves, lost, and queued.
 */
export function fillStudy(
  storage: Storage,
  name: string,
  settings: Readonly<Record<string, unknown>> = {},
): StudyWriter {
  const writer = storage.create(
    {
      name,
      id: `id of ${name}`,
      version: "0.1.0",
      subject: "nasbench201",
      strategy: "random",
      seed: 3,
      budget: 8,
      settings,
    },
    owner,
  );
  const trials = [...cells, "kernel=3,depth=2"].map((architecture, number) => ({
    number,
    architecture,
    ...(number === 3 ? { explanation: { reason: "exploit" as const, detail: "It looked good." } } : {}),
  }));
  writer.decide({ trials, observed: [], state: {} });
  writer.begin(0);
  writer.end(0, { result: { label: 71.25, metrics: { test: 70, seconds: 5 } }, seconds: 2 });
  writer.begin(1);
  writer.retry(1, { result: { label: Number.NaN, failure: "out of memory", log: "logs/1.log" }, seconds: 1 });
  writer.begin(1);
  writer.end(1, { result: { label: -0.5, metrics: { test: Number.NaN, [hostile.metric]: 1 } }, seconds: 3 });
  writer.begin(2);
  writer.end(2, { result: { label: Number.NaN, failure: hostile.failure, log: "logs/2.log" }, seconds: 4 });
  writer.begin(3);
  const curves = { train_loss: [2.5, 1.5, 0.5], accuracy: [10, 55.5], trial: [9] };
  writer.end(3, {
    result: { label: 93.5, metrics: { test: 92 }, curves, log: "logs/3.log" },
    values: [93.5, 12],
    seconds: 10,
  });
  writer.begin(4);
  return writer;
}
