import { readdirSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { openBenchmark } from "../src/benchmark/index.js";
import { recipes } from "../src/experiment/build/index.js";
import { createGenerator } from "../src/random/index.js";
import { spearman } from "../src/stats/index.js";

const folder = join(dirname(fileURLToPath(import.meta.url)), "..", "packs");
const shipped = Object.keys(recipes).filter((name) => readdirSync(folder).includes(`${name}.parquet`));

// What a pack that ships must be, whenever it is there: sound, small and worth searching.
describe("the packs that ship", () => {
  test("are all built from recipes", () => {
    const packs = readdirSync(folder).filter((name) => name.endsWith(".parquet"));
    expect(packs.sort()).toEqual(shipped.map((name) => `${name}.parquet`).sort());
  });

  for (const name of shipped) {
    const file = join(folder, `${name}.parquet`);

    test(`${name} is sound, at most 3 MB, and says how it was trained`, async () => {
      expect(statSync(file).size).toBeLessThanOrEqual(3_000_000);
      const { metadata, space } = await openBenchmark(file, { verify: true });
      const { dataset, seeds, settings } = recipes[name];
      expect(metadata).toMatchObject({ name, rows: space.enumeration!.size });
      const training = metadata.notes.find((note) => note.startsWith("Trained with assay build-benchmark"));
      expect(training).toContain(`on ${dataset}`);
      expect(training).toContain(`seeds ${seeds.join(", ")}`);
      for (const [setting, value] of Object.entries(settings))
        expect(training).toContain(`${setting}=${String(value)}`);
    });

    test(`${name} is worth searching: its seeds agree, also among the best`, async () => {
      const benchmark = await openBenchmark(file);
      const labels = ["mean", "seed:1", "seed:2"].map((rule) => benchmark.labels(rule, createGenerator(1)).values);
      const rows = [...labels[0].keys()].filter((row) => Number.isFinite(labels[0][row]));
      const best = rows.toSorted((a, b) => labels[0][b] - labels[0][a] || a - b).slice(0, Math.floor(rows.length / 5));
      const agreement = (chosen: readonly number[]): number =>
        spearman(...([1, 2].map((seed) => chosen.map((row) => labels[seed][row])) as [number[], number[]]));
      expect(rows.length).toBeGreaterThan(0.99 * labels[0].length);
      expect(agreement(rows)).toBeGreaterThanOrEqual(0.85);
      expect(agreement(best)).toBeGreaterThanOrEqual(0.5);
    });
  }
});
