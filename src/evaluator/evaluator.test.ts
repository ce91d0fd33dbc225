import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, test } from "vitest";
import type { Benchmark, Labels } from "../benchmark/contract.js";
import { AssayError } from "../errors.js";
import { createChoiceSpace } from "../space/choice/index.js";
import type { SearchSpace } from "../space/contract.js";
import { evaluatorConformance } from "./conformance.js";
import type { EvaluationRequest, EvaluationResult, Evaluator } from "./contract.js";
import {
  type Candidate,
  createFunctionEvaluator,
  createTableEvaluator,
  evaluators,
  loadModuleEvaluator,
} from "./index.js";

const space = createChoiceSpace({
  parameters: { kernel: [3, 5, 7], block: ["conv", "pool"], depth: { levels: [1, 2], when: { block: "conv" } } },
  cost: { flops: { value: "kernel ^ 2 * max(depth, 1)", unit: "MAC" } },
});
const size = space.enumeration!.size;

const rule: Labels = {
  values: Float64Array.from({ length: size }, (_, row) => (row === 3 ? Number.NaN : 90 + row / 10)),
  rule: "mean",
  description: "",
};
const benchmark = {
  name: "toy",
  space: space as SearchSpace,
  test: Float64Array.from({ length: size }, (_, row) => 80 + row),
} as unknown as Benchmark;

function requestOf(text: string, further: Partial<EvaluationRequest> = {}): EvaluationRequest {
  const architecture = space.parse(text);
  return { space, architecture, id: space.enumeration!.indexOf(architecture), trial: 0, ...further };
}

const request = requestOf("kernel=5,block=conv,depth=2", { trial: 4 });

describe("table", () => {
  const evaluator = createTableEvaluator(benchmark, { labels: rule });
  const row = (id: number): EvaluationRequest => {
    const architecture = new Int32Array(space.genes);
    space.enumeration!.write(id, architecture);
    return { space, architecture, id, trial: 0 };
  };

  it("gives the label of the run, the test value and costs", async () => {
    const { id } = request;
    expect(await evaluator.evaluate(request)).toEqual({
      label: 90 + id / 10,
      metrics: { test: 80 + id, flops: 50 },
    });
  });

  it("says what was never measured", async () => {
    const { label, failure } = await evaluator.evaluate(row(3));
    expect([label, failure]).toEqual([Number.NaN, "toy has no label for row 3"]);
  });

  it.each([-1, size, 0.5])("says that there is no row %d", async (id) => {
    expect(await evaluator.evaluate({ ...row(0), id })).toEqual({
      label: Number.NaN,
      failure: `toy has no row ${id}, it has ${size} rows`,
    });
  });

  it("refuses labels of another benchmark", () => {
    const labels = { ...rule, values: new Float64Array(2) };
    expect(() => createTableEvaluator(benchmark, { labels })).toThrow(`2 labels do not fit the ${size} rows of toy.`);
  });
});

describe("function", () => {
  const resultOf = (answer: unknown): Promise<EvaluationResult> =>
    createFunctionEvaluator((() => answer) as () => number).evaluate(request);

  it("is told everything about the architecture", async () => {
    let told: Candidate | undefined;
    await createFunctionEvaluator((candidate) => {
      told = candidate;
      return 1;
    }).evaluate(request);
    const { signal, ...rest } = told!;
    expect(rest).toEqual({
      architecture: "kernel=5,block=conv,depth=2",
      parameters: { kernel: 5, block: "conv", depth: 2 },
      cost: { flops: 50 },
      id: request.id,
      trial: 4,
      seed: 0,
    });
    expect(signal.aborted).toBe(false);
  });

  it("is not told of what is inactive or missing", async () => {
    const told: Candidate[] = [];
    const evaluator = createFunctionEvaluator((candidate) => told.push(candidate));
    await evaluator.evaluate(requestOf("kernel=3,block=pool"));
    await evaluator.evaluate({ ...request, space: { ...space, views: {} } });
    expect(told.map(({ parameters, cost }) => [parameters, cost])).toEqual([
      [{ kernel: 3, block: "pool" }, { flops: 9 }],
      [undefined, undefined],
    ]);
  });

  it.each<[string, unknown, EvaluationResult]>([
    ["a number", 93.5, { label: 93.5 }],
    ["a promise of a number", Promise.resolve(93.5), { label: 93.5 }],
    ["a label with metrics", { label: 1, test: 2 }, { label: 1, metrics: { test: 2 } }],
    ["an accuracy", { accuracy: 1 }, { label: 1 }],
    ["a label and an accuracy", { label: 1, accuracy: 2 }, { label: 1, metrics: { accuracy: 2 } }],
    ["a metric that is missing", { label: 1, test: Number.NaN }, { label: 1, metrics: { test: Number.NaN } }],
  ])("takes %s", async (_, answer, result) => {
    expect(await resultOf(answer)).toEqual(result);
  });

  it.each<[string, unknown, string]>([
    ["NaN", Number.NaN, "the label is NaN"],
    ["infinity", { accuracy: Number.POSITIVE_INFINITY, test: 1 }, "accuracy is Infinity"],
    ["nothing", undefined, "expected a number or {label: number}, got nothing (is a return missing?)"],
    ["null", null, "expected a number or {label: number}, got null"],
    ["a text", "93.5", 'expected a number or {label: number}, got the text "93.5"'],
    ["a list", [93.5], "expected a number or {label: number}, got a list"],
    ["a bigint", 93n, "expected a number or {label: number}, got a bigint"],
    ["a text as label", { label: "93.5" }, 'label must be a number, got the text "93.5"'],
    ["no label", { loss: 1, test: 2 }, "expected label or accuracy among the results, got loss, test"],
    ["an empty object", {}, "expected label or accuracy among the results, got none"],
    ["a text as metric", { label: 1, test: "2" }, 'test must be a number, got the text "2"'],
  ])("%s is a failed evaluation", async (_, answer, failure) => {
    const result = await resultOf(answer);
    expect([result.label, result.failure]).toEqual([Number.NaN, failure]);
  });

  it.each<[string, unknown, string]>([
    ["an error", new Error("no GPU"), "no GPU"],
    ["an error of another kind", new TypeError("x is not a function"), "TypeError: x is not a function"],
    ["an error without message", new Error(""), "the function threw an error without a message"],
    ["a text", "stop", "stop"],
    ["nothing", undefined, "undefined"],
  ])("throwing %s is a failed evaluation", async (_, thrown, failure) => {
    const evaluator = createFunctionEvaluator(() => {
      throw thrown;
    });
    expect(await evaluator.evaluate(request)).toEqual({ label: Number.NaN, failure });
  });

  it("a rejection is a failed evaluation, told in one line", async () => {
    const evaluator = createFunctionEvaluator(async () => {
      throw new Error("out of memory\nat line 3");
    });
    expect(await evaluator.evaluate(request)).toEqual({ label: Number.NaN, failure: "out of memory" });
  });

  it("is given up after the timeout, told so, and may fail later unheard", async () => {
    let aborted = false;
    const evaluator = createFunctionEvaluator(
      ({ signal }) =>
        new Promise((_, reject) => {
          signal.addEventListener("abort", () => {
            aborted = true;
            reject(new Error("late"));
          });
        }),
      { timeout: 0.02 },
    );
    expect(await evaluator.evaluate(request)).toEqual({ label: Number.NaN, failure: "took longer than 0.02 s" });
    expect(aborted).toBe(true);
  });

  it("a timeout beyond what timers hold is none", async () => {
    const evaluator = createFunctionEvaluator(() => new Promise((resolve) => setTimeout(resolve, 5, 1)), {
      timeout: 1e9,
    });
    expect(await evaluator.evaluate(request)).toEqual({ label: 1 });
  });

  it("stops with the search", async () => {
    const controller = new AbortController();
    const evaluator = createFunctionEvaluator(() => new Promise(() => {}));
    const running = evaluator.evaluate({ ...request, signal: controller.signal });
    controller.abort();
    expect(await running).toEqual({ label: Number.NaN, failure: "cancelled" });
    expect(await evaluator.evaluate({ ...request, signal: controller.signal })).toEqual(await running);
  });

  it("refuses what is no function, and senseless limits", () => {
    expect(() => createFunctionEvaluator(3 as never)).toThrow("function: expected a function, got number.");
    expect(() => createFunctionEvaluator(() => 1, { timeout: 0 })).toThrow(
      'Option "timeout" of function must be above 0 seconds, got 0.',
    );
  });
});

describe("module", () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "assay-"));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const write = (name: string, text: string): string => {
    const path = join(folder, name);
    writeFileSync(path, text);
    return path;
  };
  const mistakeOf = async (path: string): Promise<string> => {
    try {
      await loadModuleEvaluator(path);
    } catch (error) {
      if (!(error instanceof AssayError)) throw error;
      return `${error.message} | ${error.hint}`.replaceAll(folder, "FOLDER");
    }
    return "no mistake";
  };

  it.each([
    ["default.mjs", "export default async ({ parameters }) => parameters.kernel;"],
    ["named.mjs", "export function evaluate({ parameters }) { return { label: parameters.kernel }; }"],
    ["both.mjs", "export default 3; export const evaluate = ({ parameters }) => parameters.kernel;"],
    ["common.cjs", "module.exports = ({ parameters }) => parameters.kernel;"],
  ])("%s", async (name, text) => {
    const evaluator = await loadModuleEvaluator(write(name, text));
    expect(await evaluator.evaluate(request)).toEqual({ label: 5 });
  });

  it("keeps to the timeout", async () => {
    const path = write("slow.mjs", "export default () => new Promise(() => {});");
    const evaluator = await loadModuleEvaluator(path, { timeout: 0.01 });
    expect((await evaluator.evaluate(request)).failure).toBe("took longer than 0.01 s");
  });

  const hint = "Write export default async function ({ parameters }) { … }.";
  it.each([
    ["empty.mjs", "", `FOLDER/empty.mjs has no default export and no export evaluate. It exports nothing. | ${hint}`],
    [
      "data.mjs",
      "export default { a: 1 };",
      `The default export of FOLDER/data.mjs is no function but an object. | ${hint}`,
    ],
    [
      "other.mjs",
      "export const train = () => 1;",
      "FOLDER/other.mjs has no default export and no export evaluate. It exports train. | Write export default train.",
    ],
    [
      "throws.mjs",
      "const a = 1;\nthrow new RangeError('no data');\n",
      "FOLDER/throws.mjs does not load: RangeError: no data (throws.mjs:2). | Run it with node to see the whole error.",
    ],
    [
      "import.mjs",
      "import 'package-that-is-not-there';\n",
      /^FOLDER\/import\.mjs does not load: Error: .*package-that-is-not-there.* \| Install what it imports, or mend the path of the import\.$/,
    ],
  ])("%s is refused", async (name, text, expected) => {
    const said = await mistakeOf(write(name, text));
    if (typeof expected === "string") expect(said).toBe(expected);
    else expect(said).toMatch(expected);
  });

  it("refuses syntax errors, missing files and folders", async () => {
    expect(await mistakeOf(write("syntax.mjs", "export default (;\n"))).toMatch(/^FOLDER\/syntax\.mjs does not load: /);
    expect(await mistakeOf(join(folder, "missing.mjs"))).toBe(
      "There is no file FOLDER/missing.mjs. | Looked for FOLDER/missing.mjs.",
    );
    expect(await mistakeOf(folder)).toBe("FOLDER is not a file. | Give a JavaScript module.");
  });
});

describe("conformance", () => {
  const subjects: [string, () => Evaluator | Promise<Evaluator>][] = [
    ["table", () => createTableEvaluator(benchmark, { labels: rule })],
    ["function", () => createFunctionEvaluator(({ id }) => id)],
    ["function that fails", () => createFunctionEvaluator(() => Number.NaN)],
    ["function that waits", () => createFunctionEvaluator(({ id }) => new Promise((done) => setTimeout(done, 5, id)))],
  ];
  describe.each(subjects)("%s", (_, create) => {
    for (const { name, skip, run } of evaluatorConformance(create, space)) if (skip === undefined) it(name, run);
  });

  const good = createFunctionEvaluator(({ id }) => id);
  let count = 0;
  it.each<[string, Evaluator["evaluate"], string]>([
    ["no reason", async () => ({ label: Number.NaN }), "gives numbers, and a reason where an evaluation failed"],
    ["an infinite label", async () => ({ label: 1 / 0 }), "gives numbers, and a reason where an evaluation failed"],
    [
      "a changed architecture",
      async ({ architecture }) => ({ label: ++architecture[0] }),
      "leaves the architecture as it is",
    ],
    [
      "another label each time",
      async () => ({ label: count++ }),
      "answers several requests at the same time as it answers them one by one",
    ],
    [
      "an error when stopped",
      async (given) => (given.signal?.aborted ? Promise.reject(new Error("stopped")) : good.evaluate(given)),
      "settles without an error where the search was stopped before or during an evaluation",
    ],
  ])("catches %s", async (_, evaluate, expected) => {
    const failures: string[] = [];
    for (const { name, run } of evaluatorConformance(() => ({ name: "wrong", evaluate }), space)) {
      await Promise.resolve()
        .then(run)
        .catch(() => failures.push(name));
    }
    expect(failures).toContain(expected);
  });
});

test("the registry lists every evaluator under its own name", () => {
  expect(Object.entries(evaluators).map(([key, { name }]) => key === name)).not.toContain(false);
});
