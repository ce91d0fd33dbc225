/**
 * How much of the best front of a table the strategies for several objectives find: the share of its hypervolume, and how many of its
 * members. Run it in the root of a clone, with ASSAY_DATA set for the published tables:
 *
 *   node bench/run.mjs fronts [part of a name …] [--seeds 20] [--first-seed 300001] [--threads 1] [--out FILE] [--list]
 */
import { writeFileSync } from "node:fs";
import { setUpTableSearch } from "../src/experiment/searchSetup.js";
import { tableFront } from "../src/experiment/tableFront.js";
import { search } from "../src/study/search.js";
import { differenceOf, figureOf, signed, tableOf, writeFigure } from "./search/figures.js";
import { runJobs, serveJobs } from "./search/jobs.js";
import { describeMachine } from "./search/machine.js";
import { readSettings } from "./search/settings.js";
import { isHere, openTable } from "./search/tables.js";

const BATCH = 5;
const checkpoints = [50, 100, 200];
const contestants = ["default", "nsga2", "random"];
const subjects = [
  { benchmark: "nasbench201/cifar10", objectives: "accuracy,flops" },
  { benchmark: "nasbench201/cifar100", objectives: "accuracy,flops" },
  { benchmark: "nasbench201/cifar10", objectives: "accuracy,flops,params" },
  { benchmark: "digits-nano", objectives: "accuracy,flops" },
].map((subject) => ({ ...subject, name: `${subject.benchmark} ${subject.objectives}` }));

interface Job {
  readonly subject: string;
  readonly strategy: string;
  readonly seed: number;
}

interface Outcome {
  readonly share: readonly number[];
  readonly found: readonly number[];
  readonly size: number;
  readonly seconds: number;
}

async function run({ subject, strategy, seed }: Job): Promise<Outcome> {
  const { benchmark: name, objectives } = subjects.find((one) => one.name === subject) as (typeof subjects)[number];
  const setup = setUpTableSearch({ ...(await openTable(name)), strategy, seed, batch: BATCH, objectives });
  const front = tableFront(setup.labels, setup.objectives ?? []);
  if (front === undefined) throw new Error(`${subject} has an objective that is not known.`);
  const started = performance.now();
  const { trials } = await search({ ...setup, budget: checkpoints.at(-1) as number });
  const seconds = (performance.now() - started) / 1000;
  const compared = checkpoints.map((queries) =>
    front.compare(trials.slice(0, queries).map(({ architecture }) => architecture)),
  );
  return {
    share: compared.map(({ share }) => share),
    found: compared.map(({ found }) => found),
    size: front.size,
    seconds,
  };
}

async function measure(): Promise<void> {
  const settings = readSettings({ seeds: 20, firstSeed: 300_001 });
  const named = (name: string): boolean =>
    settings.names.length === 0 || settings.names.some((part) => name.includes(part));
  if (settings.list) {
    console.log(subjects.map(({ name }) => name).join("\n"));
    return;
  }
  const exact = subjects.filter(({ name }) => settings.names.includes(name));
  const asked = exact.length > 0 ? exact : subjects.filter(({ name }) => named(name));
  if (asked.length === 0) throw new Error("No subject has such a name. --list shows them.");
  const chosen: typeof asked = [];
  for (const subject of asked) if (await isHere(subject.benchmark)) chosen.push(subject);
  const seeds = Array.from({ length: settings.seeds }, (_, i) => settings.firstSeed + i);
  console.log(`${describeMachine("fronts")}\n`);
  console.log(
    `${seeds.length} runs of each strategy, seeds ${seeds[0]} to ${seeds.at(-1)}, batch ${BATCH}. Mean share of the hypervolume of the table's own front (percent; the reference point lies a tenth of the front's range beyond its worst values), how many of its points were found, and mean differences over equal seeds with 95 % bootstrap intervals.\n`,
  );
  const jobs = chosen.flatMap(({ name }) =>
    contestants.flatMap((strategy) => seeds.map((seed): Job => ({ subject: name, strategy, seed }))),
  );
  const outcomes = await runJobs<Job, Outcome>(import.meta.url, jobs, settings.threads);
  const written: object[] = [];
  for (const { name } of chosen) {
    const of = (strategy: string): Outcome[] =>
      outcomes.filter((_, i) => jobs[i].subject === name && jobs[i].strategy === strategy);
    const rows = checkpoints.flatMap((queries, point) => {
      const shares = (strategy: string): number[] => of(strategy).map(({ share }) => 100 * share[point]);
      const found = (strategy: string): string =>
        figureOf(of(strategy).map((outcome) => outcome.found[point])).mean.toFixed(1);
      const decimals = (value: number): string => value.toFixed(2);
      return [
        [
          String(queries),
          ...contestants.map((strategy) => `${figureOf(shares(strategy)).mean.toFixed(2)} (${found(strategy)})`),
          ...contestants
            .slice(1)
            .map((rival) => writeFigure(differenceOf(shares("default"), shares(rival)), signed(decimals))),
        ],
      ];
    });
    const size = figureOf(of("default").map((outcome) => outcome.size)).mean;
    console.log(`### ${name}\n\nThe table's front has ${size} points. Share in percent (points found).\n`);
    const differences = contestants.slice(1).map((rival) => `default - ${rival}`);
    console.log(`${tableOf(["queries", ...contestants, ...differences], rows)}\n`);
    const seconds = Object.fromEntries(
      contestants.map((strategy) => [strategy, figureOf(of(strategy).map((outcome) => outcome.seconds)).mean]),
    );
    console.error(`${name}: ${seconds["default"].toFixed(2)} s per run of default`);
    written.push({ name, size, secondsPerRun: seconds, runs: contestants.map((strategy) => [strategy, of(strategy)]) });
  }
  if (settings.out === undefined) return;
  const origin = { kind: "fronts", made: describeMachine("fronts"), seeds: seeds.length, firstSeed: seeds[0] };
  writeFileSync(
    settings.out,
    `${JSON.stringify({ ...origin, batch: BATCH, checkpoints, subjects: written }, null, 1)}\n`,
  );
}

if (!serveJobs(run)) await measure();
