/**
 * Processor seconds to fit the graph networks to some cells of NAS-Bench-201 by their full schedule, with estimation codes where they
 * read them, and to rank the whole space coarse, on one thread, beside siamese in PyTorch where it is installed (`ASSAY_PYTHON`,
 * default: python3). Run it in the root of a built clone. Labels and codes are made up: they do not change the time.
 */
import { execFileSync } from "node:child_process";
import { cpus } from "node:os";
import { join } from "node:path";
import { encodeAll } from "../src/encoding/index.js";
import { kernels } from "../src/kernels/kernels.js";
import { createMatrix, takeRows } from "../src/kernels/matrix.js";
import { createPredictor, predictorFor } from "../src/predictor/index.js";
import { createGenerator } from "../src/random/index.js";
import { createNasBench201 } from "../src/space/index.js";
import { median } from "../src/stats/index.js";

/** Median processor seconds of one predictor. */
export interface GraphFigure {
  readonly predictor: string;
  readonly samples: number;
  readonly fit: number;
  readonly rank: number;
}

/** Specs and how many cells they are fitted to: as many as their papers. */
const tasks: readonly (readonly [string, number])[] = [
  ["graph-predictor", 100],
  ["siamese:nsam=false", 100],
  ["siamese", 100],
  ["brp", 170],
  ["neural-predictor", 172],
];
const repeats = Number(process.argv[2] ?? 3);

/** Microseconds of processor time: other processes do not count. Everything here runs on one thread. */
function processor(): number {
  const { user, system } = process.cpuUsage();
  return user + system;
}

/** Measures and prints. */
export async function measureGraph(): Promise<GraphFigure[]> {
  const space = createNasBench201();
  const generator = createGenerator("graph bench");
  const figures: GraphFigure[] = [];
  for (const [predictor, samples] of tasks) {
    const features = encodeAll(space, predictorFor(space, predictor).encoding);
    const rows = generator.choose(samples, features.rows);
    const train = takeRows(features, rows);
    const labels = Float64Array.from(rows, () => 65 + 5 * generator.normal());
    const codes = createMatrix(samples, 3);
    for (let i = 0; i < codes.data.length; i++) codes.data[i] = generator.normal();
    const fits: number[] = [];
    const ranks: number[] = [];
    for (let repeat = 0; repeat < repeats; repeat++) {
      const fitted = createPredictor(predictor);
      const start = processor();
      await fitted.fit(train, labels, createGenerator(repeat), { codes });
      const between = processor();
      await fitted.predict(features);
      fits.push((between - start) / 1e6);
      ranks.push((processor() - between) / 1e6);
    }
    figures.push({ predictor, samples, fit: median(fits), rank: median(ranks) });
  }
  const build = kernels().portable ? "portable" : "relaxed";
  console.log(
    `${cpus()[0]?.model}; Node ${process.versions.node}, ${build} kernels; medians of ${repeats}, processor seconds.`,
  );
  console.table(figures.map(({ fit, rank, ...rest }) => ({ ...rest, fit: fit.toFixed(3), rank: rank.toFixed(3) })));
  return figures;
}

/** The siamese network in PyTorch. */
function measurePeer(): void {
  try {
    const python = process.env["ASSAY_PYTHON"] ?? "python3";
    const output = execFileSync(python, [join(process.cwd(), "bench/peers/graph.py")], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    });
    const { version, fit, rank } = JSON.parse(output) as { version: string; fit: number; rank: number };
    console.log(`siamese in PyTorch ${version}: fit ${fit.toFixed(1)}, rank ${rank.toFixed(1)}`);
  } catch {
    console.log("No PyTorch to compare with.");
  }
}

await measureGraph();
measurePeer();
