/**
 * Processor seconds to fit the graph networks to 100 cells of NAS-Bench-201 by their full schedule, with estimation codes, and to rank the whole
 * space coarse, on one thread. Run it in the root of a built clone. Labels and codes are made up: they do not change the time.
 */
import { cpus } from "node:os";
import { encodeAll } from "../src/encoding/index.js";
import { kernels } from "../src/kernels/kernels.js";
import { createMatrix, takeRows } from "../src/kernels/matrix.js";
import { createPredictor } from "../src/predictor/index.js";
import { createGenerator } from "../src/random/index.js";
import { createNasBench201 } from "../src/space/index.js";
import { median } from "../src/stats/index.js";

/** Median processor seconds of one predictor. */
export interface GraphFigure {
  readonly predictor: string;
  readonly fit: number;
  readonly rank: number;
}

const specs = ["graph-predictor", "siamese:nsam=false", "siamese"];
const samples = 100;
const repeats = Number(process.argv[2] ?? 3);

/** Microseconds of processor time: other processes do not count. Everything here runs on one thread. */
function processor(): number {
  const { user, system } = process.cpuUsage();
  return user + system;
}

/** Measures and prints. */
export async function measureGraph(): Promise<GraphFigure[]> {
  const features = encodeAll(createNasBench201(), "graph");
  const generator = createGenerator("graph bench");
  const rows = generator.choose(samples, features.rows);
  const train = takeRows(features, rows);
  const labels = Float64Array.from(rows, () => 65 + 5 * generator.normal());
  const codes = createMatrix(samples, 3);
  for (let i = 0; i < codes.data.length; i++) codes.data[i] = generator.normal();
  const figures: GraphFigure[] = [];
  for (const predictor of specs) {
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
    figures.push({ predictor, fit: median(fits), rank: median(ranks) });
  }
  const build = kernels().portable ? "portable" : "relaxed";
  console.log(
    `${cpus()[0]?.model}; Node ${process.versions.node}, ${build} kernels; medians of ${repeats}, processor seconds.`,
  );
  console.table(figures.map(({ fit, rank, ...rest }) => ({ ...rest, fit: fit.toFixed(3), rank: rank.toFixed(3) })));
  return figures;
}

await measureGraph();
