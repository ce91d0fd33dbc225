/**
 * Whether the strategy `default` is ever worse than regularized evolution or random search: many objectives, after 50, 100, 150 and 200
 * queries, on equal seeds. Run it in the root of a clone, with ASSAY_DATA set for the published tables:
 *
 *   node bench/run.mjs objectives [part of a name …] [--seeds 30] [--first-seed 200001] [--threads 1] [--out FILE] [--list]
 *
 * Fewer than about 20 seeds make the intervals too narrow. `nasbench101` runs only where it is named. Nothing may be chosen by these figures: they are tests.
 */
import { writeFileSync } from "node:fs";
import { search } from "../src/study/search.js";
import { differenceOf, type Figure, figureOf, signed, tableOf, writeFigure } from "./search/figures.js";
import { runJobs, serveJobs } from "./search/jobs.js";
import { describeMachine } from "./search/machine.js";
import { objectives } from "./search/objectives/index.js";
import type { Objective } from "./search/objectives/objective.js";
import { readSettings } from "./search/settings.js";

const BATCH = 5;
const checkpoints = [50, 100, 150, 200];
const rivals = ["regularized-evolution", "random"] as const;
const contestants = ["default", ...rivals] as const;

interface Job {
  readonly objective: string;
  readonly strategy: string;
  readonly seed: number;
}

interface Outcome {
  /** The best value after each number of queries. */
  readonly best: readonly number[];
  readonly seconds: number;
}

/** `default` against one rival after some queries. */
interface Comparison {
  readonly rival: string;
  readonly queries: number;
  readonly default: Figure;
  /** default - rival over equal seeds. */
  readonly difference: Figure;
}

async function run({ objective: name, strategy, seed }: Job): Promise<Outcome> {
  const objective = objectives.find((one) => one.name === name) as Objective;
  const started = performance.now();
  const { setup, worthOf } = await objective.prepare({ strategy, batch: BATCH, seed });
  const { trials } = await search({ ...setup, budget: checkpoints.at(-1) as number });
  const seconds = (performance.now() - started) / 1000;
  const nothing = (await objective.worst?.()) ?? Number.NaN;
  const best = checkpoints.map((queries) =>
    trials.slice(0, queries).reduce((so, trial) => {
      // A failed evaluation found nothing, whatever the architecture is worth.
      const value = Number.isFinite(trial.label) ? worthOf(trial) : Number.NaN;
      return value > so || Number.isNaN(so) ? value : so;
    }, Number.NaN),
  );
  return { best: best.map((value) => (Number.isNaN(value) ? nothing : value)), seconds };
}

function isWorse({ difference }: Comparison): boolean {
  return difference.high < 0;
}

/** As many decimals as the differences between runs need. */
function writerFor(values: readonly number[]): (value: number) => string {
  const spread = Math.max(...values) - Math.min(...values);
  const decimals = spread > 0 ? Math.min(9, Math.max(0, 2 - Math.floor(Math.log10(spread)))) : 3;
  return (value) => value.toFixed(decimals);
}

function print(comparisons: readonly Comparison[], write: (value: number) => string): void {
  const rows = checkpoints.map((queries) => {
    const here = comparisons.filter((one) => one.queries === queries);
    return [
      String(queries),
      write(here[0].default.mean),
      ...here.flatMap((one) => {
        const worse = isWorse(one) ? " **worse**" : "";
        return [`${writeFigure(one.difference, signed(write))}${worse}`];
      }),
    ];
  });
  console.log(`${tableOf(["queries", "default", ...rivals.map((rival) => `default - ${rival}`)], rows)}\n`);
}

async function measure(): Promise<void> {
  const settings = readSettings({ seeds: 30, firstSeed: 200_001 });
  if (settings.list) {
    console.log(objectives.map(({ name, onRequest }) => `${name}${onRequest ? " (on request)" : ""}`).join("\n"));
    return;
  }
  const chosen = objectives.filter(({ name, onRequest }) =>
    settings.names.length === 0 ? !onRequest : settings.names.some((part) => name.includes(part)),
  );
  if (chosen.length === 0) throw new Error("No objective has such a name. --list shows them.");
  const here: Objective[] = [];
  for (const objective of chosen) if (await objective.isHere()) here.push(objective);
  const seeds = Array.from({ length: settings.seeds }, (_, i) => settings.firstSeed + i);
  console.log(`${describeMachine("objectives")}\n`);
  console.log(
    `${seeds.length} runs of each strategy, seeds ${seeds[0]} to ${seeds.at(-1)}, batch ${BATCH}. Means of the best value so far, and mean differences over equal seeds with 95 % bootstrap intervals; **worse** where \`default\` is worse beyond the interval. A run in which every evaluation failed so far counts with the worst value that there is.\n`,
  );
  const jobs = here.flatMap(({ name }) =>
    seeds.flatMap((seed) => contestants.map((strategy): Job => ({ objective: name, strategy, seed }))),
  );
  const outcomes = await runJobs<Job, Outcome>(import.meta.url, jobs, settings.threads);
  const written: object[] = [];
  const worse: string[] = [];
  let compared = 0;
  for (const { name, rule } of here) {
    const of = (strategy: string): Outcome[] =>
      outcomes.filter((_, i) => jobs[i].objective === name && jobs[i].strategy === strategy);
    const at = (strategy: string, point: number): number[] => of(strategy).map(({ best }) => best[point]);
    const comparisons = checkpoints.flatMap((queries, point) =>
      rivals.map(
        (rival): Comparison => ({
          rival,
          queries,
          default: figureOf(at("default", point)),
          difference: differenceOf(at("default", point), at(rival, point)),
        }),
      ),
    );
    compared += comparisons.length;
    worse.push(
      ...comparisons.filter(isWorse).map(({ rival, queries }) => `${name}, ${queries} queries: worse than ${rival}`),
    );
    console.log(`### ${name}\n\nObjective: ${rule}.\n`);
    print(comparisons, writerFor(contestants.flatMap((strategy) => at(strategy, 0))));
    const seconds = Object.fromEntries(
      contestants.map((strategy) => [strategy, of(strategy).reduce((sum, one) => sum + one.seconds, 0) / seeds.length]),
    );
    console.error(`${name}: ${seconds["default"].toFixed(2)} s per run of default`);
    const runs = Object.fromEntries(contestants.map((strategy) => [strategy, of(strategy).map(({ best }) => best)]));
    written.push({ objective: name, rule, comparisons, secondsPerRun: seconds, runs });
  }
  console.log(
    `\`default\` is worse beyond the interval in ${worse.length} of ${compared} comparisons; if no strategy were better than another, chance alone would make about one in forty so.\n`,
  );
  for (const line of worse) console.log(`- ${line}`);
  if (settings.out === undefined) return;
  const origin = { kind: "objectives", made: describeMachine("objectives"), seeds: seeds.length, firstSeed: seeds[0] };
  const rest = { batch: BATCH, checkpoints, compared, worse, objectives: written };
  writeFileSync(settings.out, `${JSON.stringify({ ...origin, ...rest }, null, 1)}\n`);
}

if (!serveJobs(run)) await measure();
