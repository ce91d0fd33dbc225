import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { acquisitionConformance } from "../src/acquisition/conformance.js";
import type { AcquisitionDefinition } from "../src/acquisition/contract.js";
import type { DatasetDefinition } from "../src/dataset/definition.js";
import type { Encoding } from "../src/encoding/contract.js";
import type { Reproduction } from "../src/experiment/reproduce/contract.js";
import type { predictorConformance } from "../src/predictor/conformance.js";
import type { PredictorDefinition } from "../src/predictor/contract.js";
import type { createGenerator } from "../src/random/index.js";
import type { spaceConformance } from "../src/space/conformance.js";
import type { SearchSpace } from "../src/space/contract.js";
import type { strategyConformance } from "../src/strategy/conformance.js";
import type { StrategyDefinition } from "../src/strategy/contract.js";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");

/** The code blocks of CONTRIBUTING.md that begin with the path of a file, by path. */
const examples = new Map<string, string>();
for (const [, path, code] of readFileSync(join(root, "CONTRIBUTING.md"), "utf8").matchAll(
  /```ts\n\/\/ (src\/\S+\.ts)\n([\s\S]*?)```/g,
)) {
  examples.set(path, code);
}

/** What the bundle of the examples exports. */
interface Bundle {
  readonly acquisitionConformance: typeof acquisitionConformance;
  readonly boldestMemberDefinition: AcquisitionDefinition;
  readonly createChainSpace: (length: number) => SearchSpace;
  readonly createGenerator: typeof createGenerator;
  readonly hillClimbingDefinition: StrategyDefinition;
  readonly levels: Encoding;
  readonly nearestDefinition: PredictorDefinition;
  readonly predictorConformance: typeof predictorConformance;
  readonly neuralPredictorFigure: Reproduction;
  readonly spaceConformance: typeof spaceConformance;
  readonly strategyConformance: typeof strategyConformance;
  readonly stripesDefinition: DatasetDefinition;
}

describe("the examples of CONTRIBUTING.md", () => {
  // Not among the sources, which other tests read, but where packages are found.
  const cache = join(root, "node_modules", ".cache");
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(join(cache, "contributing-"));
  const files: string[] = [];
  let bundle: Bundle;

  beforeAll(async () => {
    for (const [path, code] of examples) {
      const file = join(folder, basename(path));
      const standing = code.replace(/from "(\.[^"]+)"/g, (_, found) => `from "${join(root, dirname(path), found)}"`);
      writeFileSync(file, standing);
      files.push(file);
    }
    const suites = ["acquisition", "predictor", "space", "strategy"].map((floor) => `src/${floor}/conformance.ts`);
    const exported = [...files, ...[...suites, "src/random/index.ts"].map((path) => join(root, path))];
    const { outputFiles } = await build({
      stdin: {
        contents: exported.map((file) => `export * from ${JSON.stringify(file)};`).join("\n"),
        resolveDir: root,
      },
      bundle: true,
      write: false,
      platform: "node",
      format: "esm",
    });
    const file = join(folder, "examples.mjs");
    writeFileSync(file, outputFiles[0].text);
    bundle = await import(/* @vite-ignore */ pathToFileURL(file).href);
  });

  afterAll(() => rmSync(folder, { recursive: true }));

  it("are one for each floor", () => {
    const floors = [...examples.keys()].map((path) => path.split("/")[1]);
    expect(floors.sort()).toEqual([
      ...["acquisition", "dataset", "encoding", "experiment", "predictor", "space", "strategy"],
    ]);
  });

  it("compile", () => {
    const project = join(folder, "tsconfig.json");
    writeFileSync(project, JSON.stringify({ extends: join(root, "tsconfig.json"), include: [], files }));
    const { stdout } = spawnSync(process.execPath, [join(root, "node_modules/typescript/bin/tsc"), "-p", project], {
      encoding: "utf8",
    });
    expect(stdout).toBe("");
  });

  it("pass the suites of space, predictor, acquisition and strategy", async () => {
    for (const { skip, run } of bundle.predictorConformance(bundle.nearestDefinition)) {
      if (skip === undefined) await run();
    }
    for (const { skip, run } of bundle.spaceConformance(bundle.createChainSpace(5))) if (skip === undefined) run();
    for (const { run } of bundle.acquisitionConformance(bundle.boldestMemberDefinition)) run();
    for (const { run } of bundle.strategyConformance(bundle.hillClimbingDefinition)) await run();
  });

  it("load images and plan runs", async () => {
    const { options, load } = bundle.stripesDefinition;
    const { training, validation, test } = await load(options.parse({ images: 100 }));
    expect([training, validation, test].map(({ count }) => count)).toEqual([100, 40, 200]);
    expect(training.labels.filter((label) => label === 1).length).toBe(50);
    const [panel] = bundle.neuralPredictorFigure.panels({ samples: [20] });
    expect(panel.points).toEqual([{ x: 50, samples: 20, evaluate: 30 }]);
    const [method] = bundle.neuralPredictorFigure.methods;
    expect(method.strategy(panel.points[0])).toBe("neural-predictor:samples=20,evaluate=30");
  });

  it("encode and predict", async () => {
    const space = bundle.createChainSpace(5);
    const encoding = bundle.levels.bind(space);
    const generator = bundle.createGenerator(1);
    const data = new Float32Array(20 * encoding.columns);
    const labels = new Float64Array(20);
    for (let row = 0; row < 20; row++) {
      const architecture = space.sample(generator);
      encoding.write(architecture, data, row * encoding.columns);
      labels[row] = architecture[0];
    }
    expect(new Set(data)).toEqual(new Set([0, 0.5, 1]));
    const features = { rows: 20, columns: encoding.columns, data };
    const predictor = bundle.nearestDefinition.create({ neighbours: 1 }, {});
    await predictor.fit(features, labels, generator);
    expect([...(await predictor.predict(features)).mean]).toEqual([...labels]);
  });
});
