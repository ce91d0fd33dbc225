/**
 * Zero-cost proxies of the trainer on full-size networks of NAS-Bench-201 (3x32x32, 16 channels, 5 cells in each of 3 stages),
 * against published tables. Run it in the root of a built clone, with ASSAY_DATA: node bench/run.mjs synflow [cells] [proxies].
 *
 * SynFlow needs no images. The other proxies see random ones, because CIFAR-10 does not come with the tables, so that their
 * agreement is only a rough check.
 */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import type { Dataset, ImageSet } from "../src/dataset/contract.js";
import { trainerOptions } from "../src/evaluator/trainer/options.js";
import { measureProxies } from "../src/evaluator/trainer/proxies/index.js";
import { createGenerator } from "../src/random/index.js";
import type { Architecture } from "../src/space/contract.js";
import { createSpace } from "../src/space/index.js";
import { spearman } from "../src/stats/index.js";

/** What is compared: our proxy, the table and its column. */
const comparisons = [
  ["synflow", "nb201_zerocost_freerea", "cifar10_synflow"],
  ["synflow", "nb201_zerocost_freerea", "cifar10_logsynflow"],
  ["synflow", "nb201_zerocost_suitezero_subset", "cifar10_synflow"],
  ["naswot", "nb201_zerocost_freerea", "cifar10_naswot"],
  ["snip", "nb201_zerocost_suitezero_subset", "cifar10_snip"],
  ["grad-norm", "nb201_zerocost_suitezero_subset", "cifar10_grad_norm"],
] as const;

const BATCH = 32;
const cells = Number(process.argv[2] ?? 200);
const proxies = process.argv[3] ?? "synflow";
const space = createSpace("nasbench201");
const settings = trainerOptions.parse({ channels: 16, cells: 5, stages: 3, batch: BATCH, proxies });

const folder = join(process.env["ASSAY_DATA"] ?? "", "nasbench201");
if (!existsSync(folder)) {
  console.error(`There are no tables in ${folder}. Set ASSAY_DATA to the folder that has nasbench201/.`);
  process.exit(2);
}

/** The numbers of a column by the index of the architecture. */
function readColumn(table: string, column: string): Map<number, number> {
  const file = join(folder, `${table}.csv.gz`);
  const [head, ...lines] = gunzipSync(readFileSync(file)).toString("utf8").trim().split("\n");
  const names = head.trim().split(",");
  const [key, at] = [names.indexOf("arch_index"), names.indexOf(column)];
  if (key < 0 || at < 0) throw new Error(`${table} has no column ${column}, only ${names.join(", ")}`);
  return new Map(lines.map((line) => line.split(",")).map((fields) => [Number(fields[key]), Number(fields[at])]));
}

function randomDataset(): Dataset {
  const generator = createGenerator("images");
  const images: ImageSet = {
    count: BATCH,
    pixels: Float32Array.from({ length: BATCH * 3 * 32 * 32 }, () => generator.normal()),
    labels: Int32Array.from({ length: BATCH }, () => generator.integer(10)),
  };
  const classes = Array.from({ length: 10 }, (_, label) => String(label));
  const sets = { training: images, validation: images, test: images };
  return { name: "random", channels: 3, height: 32, width: 32, classes, ...sets };
}

function cellAt(index: number): Architecture {
  const architecture = new Int32Array(space.genes);
  space.enumeration!.write(index, architecture);
  return architecture;
}

const dataset = randomDataset();
const generator = createGenerator("cells");
const indices = [...generator.choose(cells, Number(space.size))];
const start = performance.now();
const scores = indices.map((index) =>
  measureProxies({ space, architecture: cellAt(index), dataset, settings }, generator.split(index)),
);
const seconds = (performance.now() - start) / 1000;
console.log(`${cells} cells, ${proxies}: ${((1000 * seconds) / cells).toFixed(0)} ms a cell on one thread`);
console.table(
  comparisons
    .filter(([proxy]) => scores[0][proxy] !== undefined)
    .map(([proxy, table, column]) => {
      const published = readColumn(table, column);
      const known = indices.flatMap((index, i) =>
        published.has(index) ? [[scores[i][proxy], published.get(index)!]] : [],
      );
      const [ours, theirs] = [0, 1].map((side) => Float64Array.from(known, (pair) => pair[side]));
      return { proxy, table, column, cells: known.length, spearman: spearman(ours, theirs).toFixed(4) };
    }),
);
