import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";
import ts from "typescript";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { acquisitionConformance } from "../src/acquisition/conformance.js";
import type { AcquisitionDefinition } from "../src/acquisition/contract.js";
import type { Encoding } from "../src/encoding/contract.js";
import type { PredictorDefinition } from "../src/predictor/contract.js";
import type { createGenerator } from "../src/random/index.js";
import type { spaceConformance } from "../src/space/conformance.js";
import type { SearchSpace } from "../src/space/contract.js";
import type { strategyConformance } from "../src/strategy/conformance.js";
import type { StrategyDefinition } from "../src/strategy/contract.js";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");

/** The code blocks of CONTRIBUTING.md that begin with the path of a file, by absolute path. */
const examples = new Map<string, string>();
for (const [, path, code] of readFileSync(join(root, "CONTRIBUTING.md"), "utf8").matchAll(
  /```ts\n\/\/ (src\/\S+\.ts)\n([\s\S]*?)```/g,
)) {
  examples.set(resolve(root, path), code);
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
  readonly spaceConformance: typeof spaceConformance;
  readonly strategyConformance: typeof strategyConformance;
}

describe("the examples of CONTRIBUTING.md", () => {
  const folder = mkdtempSync(join(tmpdir(), "assay-contributing-"));
  let bundle: Bundle;

  beforeAll(async () => {
    const entry = [
      ...[...examples.keys()].map((path) => `export * from ${JSON.stringify(path)};`),
      'export * from "./src/acquisition/conformance.ts";',
      'export * from "./src/space/conformance.ts";',
      'export * from "./src/strategy/conformance.ts";',
      'export * from "./src/random/index.ts";',
    ].join("\n");
    const { outputFiles } = await build({
      stdin: { contents: entry, resolveDir: root },
      bundle: true,
      write: false,
      platform: "node",
      format: "esm",
      plugins: [
        {
          name: "examples",
          setup({ onResolve, onLoad }) {
            onResolve({ filter: /.*/ }, ({ path, resolveDir }) => {
              const found = resolve(resolveDir, path);
              return examples.has(found) ? { path: found } : undefined;
            });
            onLoad({ filter: /\.ts$/ }, ({ path }) => {
              const contents = examples.get(path);
              return contents === undefined ? undefined : { contents, loader: "ts", resolveDir: dirname(path) };
            });
          },
        },
      ],
    });
    const file = join(folder, "examples.mjs");
    writeFileSync(file, outputFiles[0].text);
    bundle = await import(/* @vite-ignore */ pathToFileURL(file).href);
  });

  afterAll(() => rmSync(folder, { recursive: true }));

  it("are one for each floor", () => {
    const floors = [...examples.keys()].map((path) => path.slice(root.length + 1).split("/")[1]);
    expect(floors.sort()).toEqual(["acquisition", "encoding", "predictor", "space", "strategy"]);
  });

  it("compile", () => {
    const { config } = ts.readConfigFile(join(root, "tsconfig.json"), ts.sys.readFile);
    const { options } = ts.parseJsonConfigFileContent({ ...config, files: [], include: [] }, ts.sys, root);
    const host = ts.createCompilerHost(options);
    const { readFile, fileExists, getSourceFile } = host;
    host.fileExists = (path) => examples.has(path) || fileExists(path);
    host.readFile = (path) => examples.get(path) ?? readFile(path);
    host.getSourceFile = (path, languageVersion, ...rest) => {
      const code = examples.get(path);
      return code === undefined
        ? getSourceFile(path, languageVersion, ...rest)
        : ts.createSourceFile(path, code, languageVersion);
    };
    const program = ts.createProgram([...examples.keys()], options, host);
    const problems = [...examples.keys()].flatMap((path) => {
      const source = program.getSourceFile(path);
      return [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)];
    });
    expect(problems.map(({ file, messageText }) => [file?.fileName, messageText])).toEqual([]);
  });

  it("pass the suites of space, acquisition and strategy", async () => {
    for (const { skip, run } of bundle.spaceConformance(bundle.createChainSpace(5))) if (skip === undefined) run();
    for (const { run } of bundle.acquisitionConformance(bundle.boldestMemberDefinition)) run();
    for (const { run } of bundle.strategyConformance(bundle.hillClimbingDefinition)) await run();
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
