/**
 * What each part of the strategy `default` is worth: the strategy as it is against the same with one part switched off, on equal
 * seeds. Run it in the root of a clone, with ASSAY_DATA set for the published tables:
 *
 *   node bench/run.mjs ablation [benchmark …] [--seeds 50] [--first-seed 100001] [--threads 1] [--out FILE] [--list]
 *
 * Fewer than about 20 seeds make the intervals too narrow. `nasbench101` runs only where it is named. Nothing may be chosen by these figures except on nasbench201/cifar10 and the packs that
 * ship: the others are tests.
 */
import { writeFileSync } from "node:fs";
import { runTabular, type TabularRun } from "../src/experiment/runTabular.js";
import { createGenerator } from "../src/random/index.js";
import { differenceOf, type Figure, figureOf, isBeyondZero, signed, tableOf, writeFigure } from "./search/figures.js";
import { runJobs, serveJobs } from "./search/jobs.js";
import { describeMachine } from "./search/machine.js";
import { readSettings } from "./search/settings.js";
import { isHere, openTable } from "./search/tables.js";

// Cells with a graph have no view of their choices, so going without it changes nothing on these benchmarks.
const variants = [
  { name: "default", spec: "default" },
  { name: "labels as they are", spec: "default:emphasis=false" },
  { name: "views alike", spec: "default:experience=false" },
  { name: "one model", spec: "default:mixture=false" },
  { name: "no believer", spec: "default:believer=false" },
  { name: "noise counts", spec: "default:noise=true" },
  { name: "twins too", spec: "default:twins=true" },
  { name: "random start", spec: "default:start=random" },
  { name: "no paths", spec: "default:without=paths" },
  { name: "no summary", spec: "default:without=summary" },
  { name: "summary in one part", spec: "default:without=parts" },
  { name: "nothing as written", spec: "default:without=written" },
] as const;

interface Target {
  readonly benchmark: string;
  readonly batch: number;
  readonly budget: number;
  readonly onRequest?: boolean;
}

const targets: readonly Target[] = [
  ...["nasbench201/cifar10", "nasbench201/cifar100", "nasbench201/imagenet16-120"],
  ...["tiny-nasbench201", "digits201", "digits-nano", "ec_nas/5v"],
].map((benchmark): Target => ({ benchmark, batch: 5, budget: 100 }));
const large: Target = { benchmark: "nasbench101", batch: 10, budget: 200, onRequest: true };

interface Job extends Target {
  readonly spec: string;
  readonly seed: number;
}

/** The figures of one variant on one benchmark. */
interface VariantFigures {
  readonly variant: string;
  readonly spec: string;
  /** Queries to the best test value and to the best label; a run that did not find it counts with the budget. */
  readonly test: Figure;
  readonly label: Figure;
  readonly testFound: Figure;
  readonly labelFound: Figure;
  /** The best test value among all that were queried, at the end. */
  readonly bestTest: Figure;
  /** This variant - default over equal seeds; absent for the default itself. */
  readonly difference?: { readonly test: Figure; readonly label: Figure; readonly bestTest: Figure };
  readonly secondsPerRun: number;
}

async function run({ benchmark: name, spec, seed, batch, budget }: Job): Promise<TabularRun> {
  const outcome = await runTabular({ ...(await openTable(name)), strategy: spec, seed, batch, budget });
  if (outcome === undefined) throw new Error("A run was stopped.");
  return outcome;
}

function queries(runs: readonly TabularRun[], rule: "test" | "label", budget: number): number[] {
  return runs.map(({ optimum }) => optimum[rule] ?? budget);
}

function lastTest(runs: readonly TabularRun[]): number[] {
  return runs.map(({ curve }) => curve.bestTest.at(-1) ?? Number.NaN);
}

function summarise(variant: number, runs: readonly TabularRun[], base: readonly TabularRun[], budget: number) {
  const { name, spec } = variants[variant];
  const found = (rule: "test" | "label") => figureOf(runs.map(({ optimum }) => Number(optimum[rule] !== undefined)));
  const differ = (values: (of: readonly TabularRun[]) => number[]) => differenceOf(values(runs), values(base));
  const figures: VariantFigures = {
    variant: name,
    spec,
    test: figureOf(queries(runs, "test", budget)),
    label: figureOf(queries(runs, "label", budget)),
    testFound: found("test"),
    labelFound: found("label"),
    bestTest: figureOf(lastTest(runs)),
    ...(variant === 0
      ? {}
      : {
          difference: {
            test: differ((of) => queries(of, "test", budget)),
            label: differ((of) => queries(of, "label", budget)),
            bestTest: differ(lastTest),
          },
        }),
    secondsPerRun: runs.reduce((sum, { seconds }) => sum + seconds, 0) / runs.length,
  };
  return figures;
}

function print(target: Target, figures: readonly VariantFigures[]): void {
  const one = (value: number): string => value.toFixed(1);
  const three = (value: number): string => value.toFixed(3);
  const share = ({ mean, low, high }: Figure): string => {
    const percent = (value: number): string => (100 * value).toFixed(0);
    return `${percent(mean)} % [${percent(low)}, ${percent(high)}]`;
  };
  const difference = (figure: Figure | undefined, write: (value: number) => string): string => {
    if (figure === undefined) return "";
    const text = writeFigure(figure, signed(write));
    return isBeyondZero(figure) ? `**${text}**` : text;
  };
  const rows = figures.map((row) => [
    row.spec === "default" ? "`default`" : `${row.variant} (\`${row.spec.slice("default:".length)}\`)`,
    writeFigure(row.test, one),
    difference(row.difference?.test, one),
    share(row.testFound),
    writeFigure(row.label, one),
    difference(row.difference?.label, one),
    share(row.labelFound),
    row.bestTest.mean.toFixed(3),
    difference(row.difference?.bestTest, three),
  ]);
  const end = `best test at ${target.budget}`;
  const head = ["variant", "queries to best test", "difference", "found", "queries to best label", "difference"];
  console.log(`${tableOf([...head, "found", end, "difference"], rows)}\n`);
}

async function measure(): Promise<void> {
  const settings = readSettings({ seeds: 50, firstSeed: 100_001 });
  const all = [...targets, large];
  if (settings.list) {
    console.log(all.map(({ benchmark, onRequest }) => `${benchmark}${onRequest ? " (on request)" : ""}`).join("\n"));
    return;
  }
  const unknown = settings.names.filter((name) => !all.some(({ benchmark }) => benchmark === name));
  if (unknown.length > 0) throw new Error(`Unknown: ${unknown.join(", ")}. --list names the benchmarks.`);
  const chosen = settings.names.length === 0 ? targets : all.filter((one) => settings.names.includes(one.benchmark));
  const seeds = Array.from({ length: settings.seeds }, (_, i) => settings.firstSeed + i);
  console.log(`${describeMachine("ablation")}\n`);
  console.log(
    `${seeds.length} runs of each variant, seeds ${seeds[0]} to ${seeds.at(-1)}. Means with 95 % bootstrap intervals; a run that did not find the best counts with the budget. Differences are variant - default over equal seeds, in **bold** where the interval leaves zero out.\n`,
  );
  const written: object[] = [];
  for (const target of chosen) {
    if (!(await isHere(target.benchmark))) continue;
    const { benchmark } = await openTable(target.benchmark);
    const { rule, description } = benchmark.labels(undefined, createGenerator(1));
    const jobs = seeds.flatMap((seed) => variants.map(({ spec }): Job => ({ ...target, spec, seed })));
    const outcomes = await runJobs<Job, TabularRun>(import.meta.url, jobs, settings.threads);
    const runsOf = (at: number) => outcomes.filter((_, position) => jobs[position].spec === variants[at].spec);
    const figures = variants.map((_, at) => summarise(at, runsOf(at), runsOf(0), target.budget));
    console.log(`### ${target.benchmark}\n`);
    console.log(
      `Label rule \`${rule}\` (${description}); test value: ${benchmark.metadata.test}; batch ${target.batch}, ${target.budget} queries.\n`,
    );
    print(target, figures);
    console.error(`${target.benchmark}: ${figures[0].secondsPerRun.toFixed(2)} s per run of default`);
    const queriesOf = (at: number) =>
      runsOf(at).map(({ seed, optimum, curve }) => ({ seed, optimum, bestTest: curve.bestTest.at(-1) }));
    written.push({
      ...target,
      label: { rule, description },
      packChecksum: benchmark.metadata.checksum,
      figures,
      runs: Object.fromEntries(variants.map(({ spec }, at) => [spec, queriesOf(at)])),
    });
  }
  if (settings.out === undefined) return;
  const origin = { kind: "ablation", made: describeMachine("ablation"), seeds: seeds.length, firstSeed: seeds[0] };
  writeFileSync(settings.out, `${JSON.stringify({ ...origin, benchmarks: written }, null, 1)}\n`);
}

if (!serveJobs(run)) await measure();
