/**
 * How soon strategies find the best of three spaces without a graph, whose tables `bench/peers/choiceTables.py` trains (PyTorch; about an hour of
 * processor time). Run it in the root of a clone:
 *
 *   python3 bench/peers/choiceTables.py packs/digits.csv.gz FOLDER
 *   TABLES=FOLDER node bench/run.mjs choices [part of a name …] [--seeds 30] [--first-seed 94001] [--threads 1] [--out FILE] [--list]
 */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createFunctionEvaluator } from "../src/evaluator/function.js";
import { setUpSpaceSearch } from "../src/experiment/searchSetup.js";
import { type ChoiceValues, createChoiceSpace } from "../src/space/index.js";
import { search } from "../src/study/search.js";
import { differenceOf, type Figure, figureOf, isBeyondZero, signed, tableOf, writeFigure } from "./search/figures.js";
import { runJobs, serveJobs } from "./search/jobs.js";
import { describeMachine } from "./search/machine.js";
import { readSettings } from "./search/settings.js";

const BATCH = 5;
const BUDGET = 100;
const SHOWN = 25;
const contestants = ["default", "default:mixture=false", "regularized-evolution", "local-search", "random"];

interface Subject {
  readonly table: string;
  readonly rule: string;
  readonly worthOf: (accuracy: number, flops: number) => number;
}

const accuracy = (value: number): number => value;
const subjects = ["blocks", "widths", "training"]
  .flatMap((table): Subject[] => [
    { table, rule: "validation accuracy", worthOf: accuracy },
    { table, rule: "accuracy - 5 log FLOPs", worthOf: (value, flops) => value - 5 * Math.log(flops) },
  ])
  .map((subject) => ({ ...subject, name: `${subject.table}: ${subject.rule}` }));

interface Job {
  readonly subject: string;
  readonly strategy: string;
  readonly seed: number;
}

interface Outcome {
  /** Queries to the best of the table; the budget where it was not found. */
  readonly queries: number;
  readonly isFound: boolean;
  /** The best value after `SHOWN` queries. */
  readonly early: number;
}

interface Table {
  readonly parameters: readonly string[];
  readonly levels: readonly (readonly (number | string)[])[];
  readonly rowOf: ReadonlyMap<string, number>;
  column(name: string): readonly number[];
}

function fileOf(table: string): string {
  return join(process.env["TABLES"] ?? ".", `${table}.csv`);
}

function readTable(name: string): Table {
  const [head, ...rows] = readFileSync(fileOf(name), "utf8")
    .trim()
    .split("\n")
    .map((line) => line.split(","));
  const parameters = head.slice(0, head.indexOf("flops"));
  const levels = parameters.map((_, column) => {
    const texts = [...new Set(rows.map((row) => row[column]))];
    return texts.every((text) => Number.isFinite(Number(text))) ? texts.map(Number).sort((a, b) => a - b) : texts;
  });
  const keyOf = (row: readonly string[]): string =>
    parameters.map((_, column) => (typeof levels[column][0] === "number" ? Number(row[column]) : row[column])).join();
  return {
    parameters,
    levels,
    rowOf: new Map(rows.map((row, number) => [keyOf(row), number])),
    column: (wanted) => rows.map((row) => Number(row[head.indexOf(wanted)])),
  };
}

async function run({ subject: name, strategy, seed }: Job): Promise<Outcome> {
  const { table, worthOf } = subjects.find((one) => one.name === name)!;
  const { parameters, levels, rowOf, column } = readTable(table);
  const [accuracies, flops, params] = ["valid_accuracy", "flops", "params"].map(column);
  const worth = accuracies.map((value, row) => worthOf(value, flops[row]));
  const rowAt = (values: ChoiceValues): number => rowOf.get(parameters.map((parameter) => values[parameter]).join())!;
  const space = createChoiceSpace({
    name: table,
    parameters: Object.fromEntries(parameters.map((parameter, place) => [parameter, levels[place]])),
    cost: {
      flops: { value: (values) => flops[rowAt(values)], unit: "MAC" },
      params: { value: (values) => params[rowAt(values)], unit: "parameters" },
    },
  });
  const evaluator = createFunctionEvaluator(({ parameters: values }) => {
    const row = rowAt(values ?? {});
    return { label: worth[row], row };
  });
  const setup = setUpSpaceSearch({ space, evaluator, strategy, batch: BATCH, seed });
  const { trials } = await search({ ...setup, budget: BUDGET });
  const best = Math.max(...worth);
  const found = trials.findIndex(({ label }) => label === best);
  return {
    queries: found < 0 ? BUDGET : found + 1,
    isFound: found >= 0,
    early: Math.max(...trials.slice(0, SHOWN).map(({ label }) => label)),
  };
}

async function measure(): Promise<void> {
  const settings = readSettings({ seeds: 30, firstSeed: 94_001 });
  if (settings.list) {
    console.log(subjects.map(({ name }) => name).join("\n"));
    return;
  }
  const chosen = subjects.filter(
    ({ name }) => settings.names.length === 0 || settings.names.some((part) => name.includes(part)),
  );
  if (chosen.length === 0) throw new Error("No subject has such a name. --list shows them.");
  const missing = [...new Set(chosen.map(({ table }) => fileOf(table)))].filter((file) => !existsSync(file));
  if (missing.length > 0) {
    console.error(
      `There is no ${missing.join(", ")}. Set TABLES to the folder that bench/peers/choiceTables.py filled.`,
    );
    process.exitCode = 2;
    return;
  }
  const seeds = Array.from({ length: settings.seeds }, (_, i) => settings.firstSeed + i);
  const jobs = chosen.flatMap(({ name }) =>
    contestants.flatMap((strategy) => seeds.map((seed): Job => ({ subject: name, strategy, seed }))),
  );
  const outcomes = await runJobs<Job, Outcome>(import.meta.url, jobs, settings.threads);
  console.log(`${describeMachine("choices")}\n`);
  console.log(
    `${seeds.length} runs of each strategy, seeds ${seeds[0]} to ${seeds.at(-1)}, batch ${BATCH}, ${BUDGET} queries. Means with 95 % bootstrap intervals; a run that did not find the best counts with the budget. Differences are strategy - \`default\` over equal seeds, in **bold** where the interval leaves zero out.\n`,
  );
  const decimal = (value: number): string => value.toFixed(1);
  const written: object[] = [];
  for (const { name } of chosen) {
    const of = (strategy: string): Outcome[] =>
      outcomes.filter((_, i) => jobs[i].subject === name && jobs[i].strategy === strategy);
    const queries = (strategy: string): number[] => of(strategy).map((outcome) => outcome.queries);
    const rows = contestants.map((strategy) => {
      const difference: Figure = differenceOf(queries(strategy), queries("default"));
      const text = writeFigure(difference, signed(decimal));
      const found = of(strategy).filter(({ isFound }) => isFound).length / seeds.length;
      const early = figureOf(of(strategy).map((outcome) => outcome.early));
      written.push({ subject: name, strategy, queries: figureOf(queries(strategy)), difference, found, early });
      return [
        `\`${strategy}\``,
        writeFigure(figureOf(queries(strategy)), decimal),
        strategy === "default" ? "" : isBeyondZero(difference) ? `**${text}**` : text,
        `${Math.round(100 * found)} %`,
        early.mean.toFixed(2),
      ];
    });
    const head = ["strategy", "queries to the best", "difference", "found", `best at ${SHOWN}`];
    console.log(`### ${name}\n\n${tableOf(head, rows)}\n`);
  }
  if (settings.out === undefined) return;
  const origin = { kind: "choices", made: describeMachine("choices"), seeds: seeds.length, firstSeed: seeds[0] };
  writeFileSync(settings.out, `${JSON.stringify({ ...origin, figures: written }, null, 1)}\n`);
}

if (!serveJobs(run)) await measure();
