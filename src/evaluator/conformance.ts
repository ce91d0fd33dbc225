import { type ConformanceCase, check } from "../conformance.js";
import { createGenerator } from "../random/index.js";
import { createCatalogue } from "../space/catalogue.js";
import type { SearchSpace } from "../space/contract.js";
import type { EvaluationRequest, EvaluationResult, Evaluator } from "./contract.js";

/** What an evaluator promises beyond the contract. */
export interface EvaluatorConformanceOptions {
  /** The same architecture gets the same label again. Default true. */
  readonly repeatable?: boolean;
  /** Evaluations per property. Default 5. */
  readonly samples?: number;
}

/**
 * The suite that every evaluator passes. It needs no test framework.
 *
 * @param create makes a fresh evaluator
 * @param space whose architectures it evaluates
 * @example
 * for (const { name, skip, run } of evaluatorConformance(create, space)) if (skip === undefined) it(name, run);
 */
export function evaluatorConformance(
  create: () => Evaluator | Promise<Evaluator>,
  space: SearchSpace,
  { repeatable = true, samples = 5 }: EvaluatorConformanceOptions = {},
): ConformanceCase[] {
  const requests = (signal?: AbortSignal): EvaluationRequest[] => {
    const catalogue = createCatalogue(space);
    const generator = createGenerator("evaluator conformance");
    return Array.from({ length: samples }, (_, trial) => {
      const architecture = space.sample(generator);
      const id = catalogue.idOf(architecture);
      return { space, architecture, id, trial, ...(signal === undefined ? {} : { signal }) };
    });
  };
  const withEvaluator = async (use: (evaluator: Evaluator) => Promise<void>): Promise<void> => {
    const evaluator = await create();
    try {
      await use(evaluator);
    } finally {
      await evaluator.close?.();
    }
  };

  return [
    {
      name: "has a name",
      run: () => withEvaluator(async ({ name }) => check(name !== "", "the name is empty")),
    },
    {
      name: "gives numbers, and a reason where an evaluation failed",
      run: () =>
        withEvaluator(async (evaluator) => {
          for (const request of requests()) checkResult(await evaluator.evaluate(request));
        }),
    },
    {
      name: "leaves the architecture as it is",
      run: () =>
        withEvaluator(async (evaluator) => {
          for (const request of requests()) {
            const before = request.architecture.join(",");
            await evaluator.evaluate(request);
            check(request.architecture.join(",") === before, `an architecture was changed: ${before}`);
          }
        }),
    },
    {
      name: "answers several requests at the same time as it answers them one by one",
      ...(repeatable ? {} : { skip: "labels differ from one evaluation to the next" }),
      run: () =>
        withEvaluator(async (evaluator) => {
          const single: EvaluationResult[] = [];
          for (const request of requests()) single.push(await evaluator.evaluate(request));
          const together = await Promise.all(requests().map((request) => evaluator.evaluate(request)));
          together.forEach(({ label }, i) => {
            check(
              Object.is(label, single[i].label),
              `request ${i} gave ${single[i].label} alone and ${label} together`,
            );
          });
        }),
    },
    {
      name: "settles without an error where the search was stopped before or during an evaluation",
      run: () =>
        withEvaluator(async (evaluator) => {
          const stopped = new AbortController();
          stopped.abort();
          for (const request of requests(stopped.signal)) checkResult(await evaluator.evaluate(request));
          const stopping = new AbortController();
          const running = requests(stopping.signal).map((request) => evaluator.evaluate(request));
          stopping.abort();
          for (const result of await Promise.all(running)) checkResult(result);
        }),
    },
    {
      name: "can be closed twice, and before anything was evaluated",
      run: () =>
        withEvaluator(async (evaluator) => {
          await evaluator.close?.();
        }),
    },
  ];
}

function checkResult({ label, metrics, failure }: EvaluationResult): void {
  check(typeof label === "number", `the label is a ${typeof label}`);
  check(Number.isFinite(label) || Number.isNaN(label), `the label is ${label}`);
  check(Number.isNaN(label) === (failure !== undefined), `the label is ${label} and the failure ${failure}`);
  if (failure !== undefined) check(failure !== "" && !failure.includes("\n"), `not one sentence: ${failure}`);
  for (const [name, value] of Object.entries(metrics ?? {}))
    check(typeof value === "number", `the metric ${name} is a ${typeof value}`);
}
