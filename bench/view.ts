/*
 * How long views take: a study of 100,000 trials, and maps of the 15,625 architectures of NAS-Bench-201.
 * Processor time besides the time on the clock, which others on the machine lengthen.
 *
 *   node bench/run.mjs view
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createGenerator } from "../src/random/index.js";
import { createSpace } from "../src/space/index.js";
import { openStorage } from "../src/study/openStorage.js";
import { createViewSource } from "../src/view/index.js";

const TRIALS = 100_000;
const EACH = 1000;

const folder = mkdtempSync(join(tmpdir(), "assay-bench-"));
process.env["ASSAY_CACHE"] = folder;
const storagePath = join(folder, "assay.db");

async function time<Result>(what: string, act: () => Promise<Result>): Promise<Result> {
  const cpu = process.cpuUsage();
  const started = performance.now();
  const result = await act();
  const { user, system } = process.cpuUsage(cpu);
  const [clock, worked] = [performance.now() - started, (user + system) / 1000].map(Math.round);
  console.log(`${what.padEnd(44)} ${String(clock).padStart(7)} ms, processor ${String(worked).padStart(7)} ms`);
  return result;
}

/** A study whose trials have all ended, as many decisions as there are thousands. */
async function fill(name: string, trials: number, each: number): Promise<void> {
  const storage = await openStorage(storagePath);
  const space = createSpace("nasbench201");
  const generator = createGenerator(name);
  const owner = { id: "bench", description: "bench" };
  const settings = {
    schema: 1,
    command: "search",
    options: { space: "nasbench201", strategy: "default", seed: 1 },
    folder,
  };
  const study = { name, id: name, version: "0", subject: "nasbench201", strategy: "default", seed: 1, budget: trials };
  const writer = storage.create({ ...study, settings }, owner);
  for (let first = 0; first < trials; first += each) {
    const asked = Array.from({ length: each }, (_, i) => ({
      number: first + i,
      architecture: space.format(space.sample(generator)),
      explanation: { reason: "exploit" as const, predicted: { mean: 90 + generator.normal(), standardDeviation: 1 } },
    }));
    writer.decide({ trials: asked, observed: [], state: {} });
  }
  writer.close();
  storage.close();
  // Each end is a transaction that waits for the disk: 100,000 of them would take longer than all the rest.
  const { default: Libsql } = await import("libsql");
  const database = new Libsql(storagePath);
  database.exec(
    `UPDATE trial SET state = 'done', label = 90 + (number * 7919 % 1009) * 0.004, metrics = '{"test": 90.5}', seconds = 0.5, ended_at = 1
     WHERE study = (SELECT key FROM study WHERE name = '${name}')`,
  );
  database.close();
}

await time("makes 100,000 trials", () => fill("large", TRIALS, EACH));
await fill("small", 100, 10);
const source = createViewSource({ storagePath });
await time("studies", () => source.studies());
await time("study of 100,000 trials, the first time", () => source.study("large"));
await time("study, again", () => source.study("large"));
await time("100,000 trials in columns", () => source.trials("large", 0, TRIALS));
await time("a trial", () => source.trial("large", 77));
for (const method of ["UMAP", "t-SNE"] as const) {
  await time(`map by ${method}, the first time`, () => source.map("small", method));
  await time(`map by ${method}, again`, () => source.map("small", method));
}
await time("a frame, 100 labels", () => source.frame("small", "UMAP", 10));
await time("a frame, 50 labels", () => source.frame("small", "UMAP", 5));
source.close();
const second = createViewSource({ storagePath });
await time("map by UMAP, from the disk", () => second.map("small", "UMAP"));
second.close();
rmSync(folder, { recursive: true, force: true });
