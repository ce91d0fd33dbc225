import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { encode } from "fast-png";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { costOf } from "../src/evaluator/cost.js";
import { parametersOf } from "../src/evaluator/task.js";
import { createGenerator } from "../src/random/index.js";
import type { Architecture, SearchSpace } from "../src/space/contract.js";
import { createSpace } from "../src/space/index.js";
import { loadSpaceFile } from "../src/study/spaceFile.js";
import { assay } from "./cliHarness.js";
import { findTorch, requireTorch } from "./python.js";

const NAMES = ["nasbench201", "nanobench", "choice"] as const;
const QUICK = "--quick --images 64 --image-size 8 --epochs 3".split(" ");
const fixture = fileURLToPath(new URL("fixtures/starterCheck.py", import.meta.url));

let work: string;
beforeAll(async () => {
  work = mkdtempSync(join(tmpdir(), "assay-starter-"));
  for (const name of NAMES) await assay(["init", "pytorch", join(work, name), "--space", name]);
});
afterAll(() => rmSync(work, { recursive: true }));

describe("assay init", () => {
  test("lists what there is", async () => {
    const { out, exitCode } = await assay(["init"]);
    expect(exitCode).toBe(0);
    for (const name of ["pytorch", ...NAMES]) expect(out).toContain(name);
    const { out: json } = await assay(["init", "--json"]);
    expect(JSON.parse(json)).toMatchObject({ schema: 1, starters: [{ name: "pytorch" }] });
  });

  test("writes the files and says what to do next", async () => {
    const folder = join(work, "a new folder");
    const { out, exitCode } = await assay(["init", "pytorch", folder, "--space", "choice"]);
    expect(exitCode).toBe(0);
    expect(readdirSync(folder).sort()).toEqual(["README.md", "data.py", "network.py", "space.yaml", "train.py"]);
    expect(out).toContain(`cd '${folder}'`);
    expect(out).toContain("python3 train.py --quick --architecture example");
    expect(out).toContain('assay search --space space.yaml --command "python3 train.py"');
    expect(readFileSync(join(folder, "README.md"), "utf8")).toMatch(/describes a space of your own/);
  });

  test.each(NAMES)("%s: space.yaml is a space that a search can read", async (name) => {
    const space = await loadSpaceFile(join(work, name, "space.yaml"));
    expect(space.size).toBe({ nasbench201: 15_625n, nanobench: 4987n, choice: 9736n }[name]);
    expect(readFileSync(join(work, name, "README.md"), "utf8")).not.toContain("<!--");
  });

  test("overwrites nothing, and writes nothing where one file is in the way", async () => {
    const folder = join(work, "taken");
    mkdirSync(folder);
    writeFileSync(join(folder, "train.py"), "mine");
    const { err, exitCode } = await assay(["init", "pytorch", folder, "--space", "choice"]);
    expect(exitCode).toBe(2);
    expect(err).toContain("train.py is there already, and init overwrites nothing.");
    expect(readdirSync(folder)).toEqual(["train.py"]);
    expect(readFileSync(join(folder, "train.py"), "utf8")).toBe("mine");
  });

  test.each([
    [["init", "pytroch", "--space", "choice"], 'Did you mean "pytorch"?'],
    [["init", "pytorch", "--space", "nanobnech"], 'Did you mean "nanobench"?'],
    [["init", "pytorch"], "--space nasbench201, or --space nanobench, or --space choice"],
    [["init", "--space", "choice"], "assay init pytorch --space choice"],
    [["init", "pytorch", fixture, "--space", "choice"], "is not a folder"],
    [["init", "pytorch", `${fixture}/deeper`, "--space", "choice"], "is not a folder"],
  ])("%j is refused", async (words, message) => {
    const { err, exitCode } = await assay(words);
    expect(exitCode).toBe(2);
    expect(err).toContain(message);
    expect(existsSync("pytorch-choice")).toBe(false);
  });
});

interface Printed {
  readonly lines: readonly Readonly<Record<string, number>>[];
  readonly errors: string;
}

interface Loaded {
  readonly classes: number;
  readonly images: Readonly<Record<string, number>>;
  readonly shape: readonly number[];
  readonly first: readonly (readonly number[])[];
}

/** What train.py is told of one architecture. */
function taskOf(space: SearchSpace, architecture: Architecture): Record<string, unknown> {
  const request = { architecture, space, id: 0, trial: 3, signal: new AbortController().signal };
  return {
    trial: 3,
    seed: 17,
    architecture: space.format(architecture),
    parameters: parametersOf(request) ?? null,
    cost: costOf(request) ?? null,
  };
}

/** Runs jobs of fixtures/starterCheck.py in one process, and gives their results. */
function python(program: string, jobs: readonly object[]): unknown[] {
  const { stdout, stderr, status } = spawnSync(program, [fixture], { input: JSON.stringify(jobs), encoding: "utf8" });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout.trim().split("\n").at(-1)!) as unknown[];
}

describe("with PyTorch", () => {
  let program: string | undefined;
  let results: Record<string, unknown> = {};
  let spaceCosts: readonly unknown[][];
  const printed = (name: string) => results[name] as Printed;

  beforeAll(async () => {
    program = findTorch();
    if (program === undefined) return;
    const counts = await countJobs();
    spaceCosts = counts.map(({ tasks }) => tasks.map(({ cost }) => cost));
    const jobs = {
      ...Object.fromEntries(counts.map((job, i) => [`count ${i}`, job])),
      ...(await trainingJobs()),
      ...dataJobs(),
    };
    const given = python(program, Object.values(jobs));
    results = Object.fromEntries(Object.keys(jobs).map((name, i) => [name, given[i]]));
  });

  // Skipped where there is no PyTorch, and failed there in CI.
  beforeEach((context) => {
    requireTorch(context);
  });

  test("networks have the params and FLOPs that the spaces state", () => {
    expect(spaceCosts).toHaveLength(5);
    spaceCosts.forEach((costs, i) => {
      expect(results[`count ${i}`]).toEqual(costs);
    });
  });

  test.each(NAMES)("trains a network of %s and prints JSON lines", (name) => {
    const { lines, errors } = printed(name);
    expect(errors).toBe("");
    expect(lines.map(({ epoch }) => epoch)).toEqual([1, 2, 3, undefined]);
    for (const { train_loss, accuracy } of lines.slice(0, 3)) {
      expect(train_loss).toBeGreaterThan(0);
      expect(accuracy).toBeGreaterThanOrEqual(0);
      expect(accuracy).toBeLessThanOrEqual(100);
    }
    expect(Object.keys(lines[3])).toEqual(["accuracy", "test", "params", "flops"]);
    expect(lines[3].accuracy).toBe(lines[2].accuracy);
  });

  test("the seed of the task decides everything", () => {
    expect(printed("again")).toEqual(printed("nasbench201"));
    expect(printed("otherSeed").lines).not.toEqual(printed("nasbench201").lines);
  });

  test("stops after the epochs that are wanted, of the same training", () => {
    expect(printed("early").lines.slice(0, 2)).toEqual(printed("nasbench201").lines.slice(0, 2));
    expect(printed("early").lines).toHaveLength(3);
  });

  test("goes on where it was cut off, to the same result, and leaves nothing behind", () => {
    expect(printed("cutOff").lines).toHaveLength(2);
    expect(printed("goneOn").errors).toBe("going on after epoch 2\n");
    expect(printed("goneOn").lines).toEqual(printed("nasbench201").lines);
    expect(readdirSync(join(work, "checkpoints"))).toEqual([]);
  });

  test("fails with one sentence where it cannot go on", () => {
    expect(printed("diverged").errors).toMatch(/^ValueError: the loss is (nan|inf) in epoch \d: .*--lr may help\.\n$/);
    expect(printed("wrongCell").errors).toContain("is no cell of NAS-Bench-201");
    expect(printed("noData").errors).toContain("python3 train.py --download");
    expect(printed("noData").lines).toEqual([]);
  });

  test("says where the space states other costs than the network has", () => {
    expect(printed("wrongCosts").errors).toMatch(/note: the network has \d+ params, space\.yaml states 1 for/);
  });

  test("reads its task from standard input too, and ends with code 1 where something is wrong", () => {
    const run = (input: string) => {
      const { ASSAY_TASK: _, ...env } = process.env;
      const words = ["train.py", "--quick", "--images", "64", "--image-size", "8", "--epochs", "1"];
      const where = { cwd: join(work, "choice"), env: { ...env, PYTHONDONTWRITEBYTECODE: "1" } };
      return spawnSync(program!, words, { ...where, input, encoding: "utf8" });
    };
    const kinds = { block: "separable", kernel: 3, attention: false, skip: true, activation: "relu" };
    const parameters = { width: 16, depth1: 1, depth2: 1, depth3: 1, ...kinds };
    const { status, stdout } = run(JSON.stringify({ trial: 0, seed: 1, architecture: "", parameters }));
    expect(status).toBe(0);
    expect(JSON.parse(stdout.trim().split("\n")[1])).toHaveProperty("accuracy");
    const wrong = run("{");
    expect([wrong.status, wrong.stdout]).toEqual([1, ""]);
    expect(wrong.stderr).toMatch(/^error: the task is no JSON: .*\n$/);
  });

  test("reads folders of PNG images with parts, and of PGM images without", () => {
    const coloured = results["coloured"] as Loaded;
    expect(coloured).toMatchObject({ classes: 2, images: { train: 18, valid: 2, test: 20 }, shape: [3, 4, 4] });
    for (const [red, green, blue, label] of coloured.first) {
      expect([red, green, blue]).toEqual(new Array(3).fill(50 * label + 100));
    }
    const grey = results["grey"] as Loaded;
    // A tenth for the test, and a tenth of the rest, but one image at least, for validation.
    expect(grey).toMatchObject({ classes: 2, images: { train: 17, valid: 1, test: 2 }, shape: [3, 8, 8] });
    for (const [red, green, blue, label] of grey.first)
      expect([red, green, blue]).toEqual(new Array(3).fill(7 + label));
  });

  test("downloads CIFAR-10 only where the checksum is right, and reads it", () => {
    const { refused, left, found, loaded } = results["download"] as Downloaded;
    expect(refused).toContain("its SHA-256 is another");
    expect(left).toEqual([]);
    expect(found).toEqual([...[1, 2, 3, 4, 5].map((number) => `data_batch_${number}.bin`), "test_batch.bin"]);
    expect(loaded).toMatchObject({ classes: 10, images: { train: 90, valid: 10, test: 20 }, shape: [3, 32, 32] });
    for (const [red, , , label] of loaded.first) expect(red).toBe(10 * label);
  });
});

interface Downloaded {
  readonly refused: string;
  readonly left: readonly string[];
  readonly found: readonly string[];
  readonly loaded: Loaded;
}

/** Architectures of each starter's space, and of further spaces that its networks fit. */
async function countJobs() {
  const generator = createGenerator(5).split("starter");
  const small = "nanobench:channels=12,cellsPerStage=2,stages=2,inputSize=8,inputChannels=1,classes=7";
  const words = "--channels 12 --cells 2 --stages 2".split(" ");
  const own = NAMES.map((name) => ({ name, spec: "", words: [] as string[], image: [3, 32, 32], classes: 10 }));
  const others = [
    { name: "nasbench201", spec: "nasbench201:dataset=imagenet16-120", words: [], image: [3, 16, 16], classes: 120 },
    { name: "nanobench", spec: small, words, image: [1, 8, 8], classes: 7 },
  ];
  return Promise.all(
    [...own, ...others].map(async ({ name, spec, ...rest }) => {
      const space = spec === "" ? await loadSpaceFile(join(work, name, "space.yaml")) : createSpace(spec);
      const drawn = Array.from({ length: spec === "" ? 20 : 8 }, () => space.sample(generator));
      // Halves of halves: 12, 6 and 3 channels, whose halves share one.
      if (spec === small) drawn.push(space.parse("split~0|split~1|split~2|atten~3|conv1x1~1,3|output~2,4,5"));
      const tasks = drawn.map((architecture) => taskOf(space, architecture));
      return { kind: "count", folder: join(work, name), tasks, ...rest };
    }),
  );
}

async function trainingJobs() {
  const job = async (name: (typeof NAMES)[number], words: readonly string[], more: object = {}, task: object = {}) => {
    const space = await loadSpaceFile(join(work, name, "space.yaml"));
    const cell = "|nor_conv_3x3~0|+|none~0|skip_connect~1|+|avg_pool_3x3~0|none~1|nor_conv_1x1~2|";
    const architecture = name === "nasbench201" ? space.parse(cell) : space.sample(createGenerator(2));
    const told = { ...taskOf(space, architecture), ...task };
    return { kind: "run", folder: join(work, name), words: [...QUICK, ...words], task: told, ...more };
  };
  const kept = ["--checkpoints", join(work, "checkpoints")];
  const wrongCosts = await job("choice", ["--data", "generated"], {}, { cost: { params: 1, flops: 2 } });
  return {
    nasbench201: await job("nasbench201", []),
    again: await job("nasbench201", []),
    otherSeed: await job("nasbench201", [], {}, { seed: 18 }),
    early: await job("nasbench201", [], {}, { epochs: 2 }),
    cutOff: await job("nasbench201", kept, { stop: 2 }),
    goneOn: await job("nasbench201", kept),
    diverged: await job("nasbench201", ["--lr", "1e20"]),
    wrongCell: await job("nasbench201", [], {}, { architecture: "|conv~0|" }),
    wrongCosts: { ...wrongCosts, words: wrongCosts.words.filter((word) => word !== "--quick") },
    nanobench: await job("nanobench", []),
    choice: await job("choice", []),
    noData: await job("choice", ["--data", "cifar10"]),
  };
}

/** Two folders of images in one colour for each class, and a download. */
function dataJobs() {
  const split = join(work, "split");
  const plain = join(work, "plain");
  for (const [label, name] of ["one", "two"].entries()) {
    const data = new Uint8Array(12 * 8 * 3).fill(50 * label + 100);
    const png = encode({ width: 12, height: 8, data, channels: 3 });
    const pgm = Buffer.concat([Buffer.from("P5\n# grey\n8 8\n255\n"), Buffer.alloc(8 * 8, 7 + label)]);
    for (const part of ["train", "test"]) writeTen(join(split, part, name), "png", png);
    writeTen(join(plain, name), "pgm", pgm);
  }
  const folder = join(work, "choice");
  return {
    coloured: { kind: "load", folder, words: ["--data", split, "--image-size", "4"] },
    grey: { kind: "load", folder, words: ["--data", plain, "--image-size", "8"] },
    download: { kind: "download", folder, work },
  };
}

function writeTen(folder: string, ending: string, content: Uint8Array): void {
  mkdirSync(folder, { recursive: true });
  for (let i = 0; i < 10; i++) writeFileSync(join(folder, `${i}.${ending}`), content);
}
