import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { createGenerator } from "../../random/index.js";
import type { SearchSpace } from "../../space/contract.js";
import { createChoiceSpace, createSpace, parseLimit, restrictSpace, withoutLimits } from "../../space/index.js";
import type { BriefTrial } from "../../study/index.js";
import { TrialTable } from "../trialTable.js";
import { createBreath } from "./breath.js";
import { createDiskLayoutStore } from "./diskLayoutStore.js";
import { mapEncoding } from "./fits.js";
import { choosePoints } from "./points.js";
import { StudyMap } from "./studyMap.js";

const folder = mkdtempSync(join(tmpdir(), "assay-maps-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Trials of random architectures, five a decision; every tenth has failed. */
async function tableOf(space: SearchSpace, count: number): Promise<TrialTable> {
  const generator = createGenerator("trials");
  const trials = Array.from({ length: count }, (_, number): BriefTrial => {
    const architecture = space.sample(generator);
    const label = architecture.reduce((sum, gene, i) => sum + gene * (i + 1), 0);
    const hasFailed = number % 10 === 9;
    return {
      number,
      architecture: space.format(architecture),
      state: hasFailed ? "failed" : "done",
      failedAttempts: hasFailed ? 1 : 0,
      lostAttempts: 0,
      askedIn: 1 + Math.floor(number / 5),
      result: hasFailed ? { label: Number.NaN, failure: "no" } : { label },
    };
  });
  const table = new TrialTable();
  await table.update(async (from, most) => trials.slice(from, from + most));
  return table;
}

test("shows a whole space with what its limits rule out, and what was known after each decision", async () => {
  const whole = createSpace("tiny-nasbench201");
  const space = restrictSpace(whole, { limits: [parseLimit("flops<=15M")] });
  const table = await tableOf(space, 40);
  const store = createDiskLayoutStore(folder);
  const map = new StudyMap(space, table, { store, layouts: new Map() });
  const view = await map.view("UMAP");
  expect(view).toMatchObject({ isWhole: true, within: "whole", size: "4096", decisions: 8 });
  expect(view.predictor).toBe("gaussian-process");
  expect(view.x).toHaveLength(4096);
  expect(4096 - view.excluded!.length).toBe(Number(space.size));
  const isExcluded = new Set(view.excluded);
  const architectures = await map.architectures(0, 5000);
  expect(architectures).toHaveLength(4096);
  const costs = new Float64Array(2);
  for (const [point, architecture] of architectures.entries()) {
    whole.views.cost!.write(architecture, costs);
    expect(isExcluded.has(point)).toBe(costs[0] > 15e6);
    const trial = view.trial[point];
    if (trial >= 0) expect(table.architecture[trial]).toBe(space.format(architecture));
  }
  expect(view.trial.filter((trial) => trial >= 0)).toHaveLength(new Set(table.architecture).size);
  expect(await map.architectures(4094, 10)).toEqual(architectures.slice(4094));
  expect(await map.architectures(9999, 10)).toEqual([]);

  expect(await map.frame(0)).toEqual({ decision: 0, predicted: null, candidates: [] });
  const frame = await map.frame(8);
  expect(frame.predicted).toHaveLength(view.x.length);
  const best = Math.max(...frame.candidates.map((point) => frame.predicted![point]));
  expect(frame.predicted![frame.candidates[0]]).toBe(best);
  expect(frame.candidates).toHaveLength(100);
  expect(frame.candidates.filter((point) => view.trial[point] >= 0 || isExcluded.has(point))).toEqual([]);
  // Without the limits others would be among them.
  const open = [...frame.predicted!.keys()].filter((point) => view.trial[point] < 0);
  open.sort((a, b) => frame.predicted![b] - frame.predicted![a]);
  expect(open.slice(0, 100).some((point) => isExcluded.has(point))).toBe(true);
  expect(await map.frame(8)).toBe(frame);
  expect((await map.frame(1)).predicted).not.toEqual(frame.predicted);

  const [file] = readdirSync(folder);
  expect(file).toMatch(/^umap-\d+-\d+x\d+-[0-9a-f]{32}\.json$/);
  const again = new StudyMap(space, table, { store, layouts: new Map() });
  expect(await again.view("UMAP")).toEqual(view);
  writeFileSync(join(folder, file), '{"x": [1');
  const third = new StudyMap(space, table, { store, layouts: new Map() });
  expect(await third.view("UMAP")).toEqual(view);
}, 60_000);

test("shows a sample of a large space with everything that was evaluated", async () => {
  const space = createChoiceSpace({
    name: "wide",
    parameters: Object.fromEntries(["a", "b", "c"].map((name) => [name, Array.from({ length: 40 }, (_, i) => i + 1)])),
  });
  expect(space.size).toBeGreaterThan(20_000n);
  const table = await tableOf(space, 30);
  // The layout of ten thousand points is not what this is about.
  const layouts = { get: () => Promise.resolve(layout), set: () => undefined, delete: () => true };
  const layout = { x: new Array<number>(10_000).fill(0.25), y: new Array<number>(10_000).fill(0.75) };
  const map = new StudyMap(space, table, { store: undefined, layouts: layouts as unknown as Map<string, never> });
  const view = await map.view("UMAP");
  expect(view.isWhole).toBe(false);
  const shown = view.trial.filter((trial) => trial >= 0);
  expect(new Set(shown).size).toBe(new Set(table.architecture).size);
  expect(view.x).toHaveLength(view.trial.length);
  expect(view.x.at(-1)).toBe(0.25);
  expect((await map.frame(6)).predicted).toHaveLength(view.x.length);
}, 30_000);

test("shows all that keeps the limits of a large space, where that is listed, and a sample of the rest", async () => {
  const space = restrictSpace(createSpace("nanobench"), { limits: [parseLimit("flops<=60M")] });
  const { enumeration } = space;
  expect(withoutLimits(space).size).toBe(24_556n);
  const points = await choosePoints(space, mapEncoding(space)!, createBreath());
  expect(points).toMatchObject({ isWhole: false, within: "whole" });
  expect(points.rows.rows).toBe(enumeration!.size + points.excluded!.length);
  expect(points.excluded!.length).toBe(2500);
  const all = Array.from({ length: points.rows.rows }, (_, point) => point);
  expect(all.filter((point) => points.find(points.at(point)) !== point)).toEqual([]);
  const isInside = (point: number): boolean => enumeration!.indexOf(points.at(point)) >= 0;
  expect(all.filter(isInside)).toEqual(all.slice(0, enumeration!.size));
});

test("shows a sample of both sides of the limits where neither is listed", async () => {
  const base = createChoiceSpace({
    name: "wide",
    parameters: Object.fromEntries(["a", "b", "c"].map((name) => [name, Array.from({ length: 120 }, (_, i) => i + 1)])),
    cost: { size: "a + b" },
  });
  const space = restrictSpace(base, { limits: [parseLimit("size<=60")] });
  const points = await choosePoints(space, "one-hot", createBreath());
  expect(points).toMatchObject({ isWhole: false, within: "sample" });
  const outside = points.excluded!;
  expect([points.rows.rows - outside.length, outside.length]).toEqual([10_000, 2500]);
  const kept = Array.from({ length: points.rows.rows }, (_, point) => space.keeps(points.at(point)));
  expect([kept.indexOf(false), kept.lastIndexOf(true)]).toEqual([outside[0], outside[0] - 1]);
  const again = await choosePoints(space, "one-hot", createBreath());
  expect([0, 9999, 12_499].map(again.at)).toEqual([0, 9999, 12_499].map(points.at));
  const unlimited = await choosePoints(base, "one-hot", createBreath());
  expect([unlimited.within, unlimited.excluded, unlimited.rows.rows]).toEqual([undefined, undefined, 10_000]);
});
