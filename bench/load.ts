/**
 * How long it takes to open NAS-Bench-101 and NAS-Bench-201 from their packs, and how much memory the process has then:
 * space made, labels and true values decoded. Run it in the root of a built clone, with ASSAY_DATA set; the first opening of
 * each, which converts its tables, is not measured.
 */
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

/** One measured number and the most it may be. */
export interface LoadFigure {
  readonly name: string;
  readonly value: number;
  readonly unit: "seconds" | "MB";
  readonly limit?: number;
}

const repeats = 9;

const limits: Readonly<Record<string, { readonly seconds: number; readonly megabytes: number }>> = {
  nasbench101: { seconds: 1, megabytes: 300 },
  "nasbench201/cifar10": { seconds: 0.15, megabytes: 300 },
};

/** Medians over fresh processes. */
export function measureLoad(root: string = process.cwd()): LoadFigure[] {
  const library = pathToFileURL(join(root, "dist/index.js")).href;
  return Object.entries(limits).flatMap(([name, limit]) => {
    loadOnce(library, name);
    const runs = Array.from({ length: repeats }, () => loadOnce(library, name));
    const median = (key: keyof Loaded): number => runs.map((run) => run[key]).sort((a, b) => a - b)[repeats >> 1];
    return [
      { name: `${name}, open`, value: median("open"), unit: "seconds", limit: limit.seconds },
      { name: `${name}, default labels`, value: median("labels"), unit: "seconds" },
      { name: `${name}, whole process`, value: median("process"), unit: "seconds" },
      { name: `${name}, resident`, value: median("resident"), unit: "MB", limit: limit.megabytes },
      { name: `${name}, most resident`, value: median("mostResident"), unit: "MB", limit: limit.megabytes },
    ];
  });
}

interface Loaded {
  /** Seconds from the call to the open benchmark with its mean labels and true values. */
  readonly open: number;
  /** Seconds for the labels by the pack's own rule (noise is drawn for every architecture of NAS-Bench-101). */
  readonly labels: number;
  /** Seconds of the process, start and import of the library included. */
  readonly process: number;
  readonly resident: number;
  readonly mostResident: number;
}

/** Opens a benchmark in a process of its own. */
function loadOnce(library: string, name: string): Loaded {
  const script = `
    const { createGenerator, openBenchmark } = await import(${JSON.stringify(library)});
    const start = performance.now();
    const benchmark = await openBenchmark(${JSON.stringify(name)});
    if (benchmark.test.length !== benchmark.labels("mean", createGenerator(1)).values.length) throw new Error();
    const opened = performance.now();
    benchmark.labels(undefined, createGenerator(1));
    const labelled = performance.now();
    console.log(JSON.stringify({
      open: (opened - start) / 1000,
      labels: (labelled - opened) / 1000,
      resident: process.memoryUsage().rss / 1e6,
      mostResident: (process.resourceUsage().maxRSS * 1024) / 1e6,
    }));`;
  const start = performance.now();
  const output = execFileSync(process.execPath, ["--input-type=module", "-e", script], { encoding: "utf8" });
  return { ...(JSON.parse(output) as Omit<Loaded, "process">), process: (performance.now() - start) / 1000 };
}

for (const { name, value, unit, limit } of measureLoad()) {
  const verdict = limit === undefined ? "" : `  limit ${limit} ${unit}${value > limit ? "  OVER" : ""}`;
  console.log(`${name.padEnd(38)}${value.toFixed(3).padStart(9)} ${unit}${verdict}`);
}
