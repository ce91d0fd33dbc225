/**
 * How long the strategy `default` takes for a suggestion of five after many observations: the first one after a restart, and the
 * median of those that follow. Run it in the root of a built clone:
 *
 *   node bench/run.mjs suggest [observations …]
 *
 * The space is NAS-Bench-201 with the labels of the pack `digits201`, which ships; everything runs on one thread.
 */
import { createGenerator } from "../src/random/index.js";
import { createCatalogue } from "../src/space/catalogue.js";
import { median } from "../src/stats/index.js";
import { createStrategy } from "../src/strategy/index.js";
import { describeMachine } from "./search/machine.js";
import { openTable } from "./search/tables.js";

const BATCH = 5;
const REPEATS = 7;

const given = process.argv.slice(2).map(Number);
const sizes = given.length > 0 ? given : [250, 500, 1000, 2000];

const { benchmark, features } = await openTable("digits201");
const catalogue = createCatalogue(benchmark.space);
const labels = benchmark.labels("mean", createGenerator(1)).values;

async function timed<Result>(work: () => Promise<Result>): Promise<{ result: Result; seconds: number }> {
  const started = performance.now();
  const result = await work();
  return { result, seconds: (performance.now() - started) / 1000 };
}

console.log(
  `${describeMachine("suggest")}\n\nSeconds of a suggestion of ${BATCH}: the first, and the median of ${REPEATS} later ones.`,
);
const rows: Record<string, string | number>[] = [];
for (const observations of sizes) {
  const observe = (architectures: ArrayLike<number>): void =>
    strategy.observe(Array.from(architectures, (architecture) => ({ architecture, label: labels[architecture] })));
  const strategy = createStrategy("default", { catalogue, features, generator: createGenerator(observations) });
  observe(createGenerator("observed").split(observations).choose(observations, labels.length));
  const first = await timed(() => strategy.suggest(BATCH));
  let next = first.result;
  const later: number[] = [];
  for (let i = 0; i < REPEATS; i++) {
    observe(next);
    const { result, seconds } = await timed(() => strategy.suggest(BATCH));
    later.push(seconds);
    next = result;
  }
  rows.push({ observations, first: first.seconds.toFixed(2), later: median(later).toFixed(2) });
}
console.table(rows);
