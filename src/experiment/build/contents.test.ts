import { expect, test } from "vitest";
import { fakeRecipe, fakeTraining } from "../../../test/fakeTraining.js";
import { contentsOf } from "./contents.js";
import { estimationCodesOf } from "./estimationCodes.js";
import { figuresOf } from "./figures.js";
import { planBuild, trainingInput, trainingsOf } from "./plan.js";
import { keyOf, recordOf, type TrainingRecord } from "./record.js";

const FAILURE = "the loss was no longer finite in epoch 2";

test("a diverged training leaves its architectures without a label, and the pack says so", () => {
  const plan = planBuild(fakeRecipe({ losses: "mean" }));
  const rows = Array.from({ length: plan.size }, (_, row) => row);
  const records = new Map<string, TrainingRecord>();
  let failed = 0;
  for (const planned of trainingsOf(plan, rows)) {
    const outcome = fakeTraining(trainingInput(plan, planned));
    const diverges = outcome.params >= 150 && planned.seed === 2;
    if (diverges) failed++;
    const end = { losses: outcome.losses.slice(0, 1), validation: Number.NaN, test: Number.NaN, failure: FAILURE };
    records.set(keyOf(planned), recordOf(planned, diverges ? { ...outcome, ...end } : outcome));
  }
  const { columns, text, metadata } = contentsOf(plan, records, 400);
  const column = (name: string) => columns.get(name)!;
  const edge = (source: number) => `nor_conv_3x3~${source}`;
  const row = text
    .get("architecture")!
    .indexOf(`|${edge(0)}|+|${edge(0)}|${edge(1)}|+|${edge(0)}|${edge(1)}|${edge(2)}|`);
  expect(metadata.training).toEqual({ dataset: "hard-digits", settings: { epochs: 3, batch: 32 }, seeds: [1, 2] });
  for (const code of metadata.estimationCodes!) for (const name of code.columns) expect(columns.has(name)).toBe(true);
  expect(column("valid_accuracy")[row]).toBeNaN();
  expect(column("valid_accuracy_seed1")[row]).toBeGreaterThan(0);
  expect(column("valid_accuracy_seed2")[row]).toBeNaN();
  expect(column("train_loss_epoch1")[row]).toBeGreaterThan(0);
  expect(column("train_loss_epoch2")[row]).toBeNaN();
  expect(column("flops")).toBeInstanceOf(Int32Array);
  expect(column("test_accuracy")).toBeInstanceOf(Float32Array);
  expect(metadata.notes.at(-1)).toBe(
    `${failed} of 9860 trainings diverged: their architectures have no mean, so they fail.`,
  );

  const figures = figuresOf(plan, records, rows);
  expect(failed).toBeGreaterThan(10);
  expect(figures.failedTrainings).toBe(failed);
  expect(figures.architectures).toBe(15_625);
  expect(figures.testHistogram.counts.reduce((sum, count) => sum + count, 0)).toBeLessThan(15_625);
  for (const { all, bestFifth } of [figures.betweenSeeds, figures.betweenSeedsOfFunctions]) {
    expect(all).toBeGreaterThan(0.8);
    expect(bestFifth).toBeLessThan(all);
  }
});

test("a pack says how it was trained and which of its columns are estimation codes, with their costs", () => {
  const recipe = fakeRecipe({ settings: { epochs: 12, batch: 32, images: 320 } });
  const measured = { epochs: 12, proxies: ["naswot", "synflow"], trainingImages: 400 };
  const codes = estimationCodesOf(recipe, measured);
  expect(codes.map(({ name, columns, cost }) => [name, columns, cost])).toEqual([
    ["losses", ["train_loss_seed1_epoch1", "train_loss_seed1_epoch2", "train_loss_seed1_epoch3"], 3 / 12],
    ["naswot", ["naswot"], 32 / (12 * 320)],
    ["synflow", ["synflow"], 1 / (12 * 320)],
  ]);
  // A mean over two trainings costs the beginning of both.
  const [mean] = estimationCodesOf({ ...recipe, losses: "mean" }, { ...measured, epochs: 2, proxies: [] });
  expect(mean).toMatchObject({ columns: ["train_loss_epoch1", "train_loss_epoch2"], cost: 2 });
  expect(estimationCodesOf(recipe, { ...measured, epochs: 0 })).toEqual([]);
});

test("figures of nothing are no numbers", () => {
  const figures = figuresOf(planBuild(fakeRecipe()), new Map(), [1, 2, 3]);
  expect(figures).toMatchObject({ architectures: 0, functions: 0, trainings: 0, testHistogram: { counts: [] } });
  expect(figures.betweenSeeds.all).toBeNaN();
});
