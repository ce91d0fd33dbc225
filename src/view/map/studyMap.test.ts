import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { createGenerator } from "../../random/index.js";
import type { SearchSpace } from "../../space/contract.js";
import { createChoiceSpace, createSpace, parseLimit, restrictSpace } from "../../space/index.js";
import type { BriefTrial } from "../../study/index.js";
import { TrialTable } from "../trialTable.js";
import { createDiskLayoutStore } from "./diskLayoutStore.js";
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

test("shows a whole space, and what was known after each decision", async () => {
  const space = restrictSpace(createSpace("nasbench201"), { limits: [parseLimit("flops<=15M")] });
  const table = await tableOf(space, 40);
  const store = createDiskLayoutStore(folder);
  const map = new StudyMap(space, table, { store, layouts: new Map() });
  const view = await map.view("UMAP");
  expect(view).toMatchObject({ isWhole: true, size: String(space.size), decisions: 8, predictor: "gaussian-process" });
  expect(view.x).toHaveLength(Number(space.size));
  const genes = new Int32Array(space.genes);
  for (const [point, trial] of view.trial.entries()) {
    if (trial < 0) continue;
    space.enumeration!.write(point, genes);
    expect(table.architecture[trial]).toBe(space.format(genes));
  }
  expect(await map.frame(0)).toEqual({ decision: 0, predicted: null, candidates: [] });
  const frame = await map.frame(8);
  expect(frame.predicted).toHaveLength(view.x.length);
  const best = Math.max(...frame.candidates.map((point) => frame.predicted![point]));
  expect(frame.predicted![frame.candidates[0]]).toBe(best);
  expect(frame.candidates).toHaveLength(100);
  expect(frame.candidates.filter((point) => view.trial[point] >= 0)).toEqual([]);
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
