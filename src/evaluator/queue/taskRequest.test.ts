import fc from "fast-check";
import { expect, it } from "vitest";
import { createFunctionEvaluator } from "../function.js";
import { evaluationTaskSchema, writeTask } from "../task.js";
import { requestOfTask, taskFunctionOf } from "./taskRequest.js";

const name = fc.string({ minLength: 1 }).filter((text) => text !== "__proto__");
const number = fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0);
const whole = fc.integer({ min: 0, max: 2 ** 31 - 1 });
const task = fc.record({
  schema: fc.constant(1 as const),
  study: fc.string(),
  trial: whole,
  attempt: whole,
  seed: whole,
  space: name,
  architecture: fc.string(),
  parameters: fc.option(fc.dictionary(name, fc.oneof(fc.string(), number, fc.boolean()), { noNullPrototype: true })),
  cost: fc.option(fc.dictionary(name, number, { noNullPrototype: true })),
});

it("makes a request of a task that the same task is made of", () => {
  fc.assert(
    fc.property(task, (given) => {
      expect(writeTask(requestOfTask(given), given.study)).toEqual(evaluationTaskSchema.parse(given));
    }),
  );
});

it("lets a function evaluate tasks, one evaluator for each study", async () => {
  const studies: string[] = [];
  const evaluate = taskFunctionOf((study) => {
    studies.push(study);
    return createFunctionEvaluator(({ parameters, cost, seed, architecture }) => ({
      label: Number(parameters?.["depth"]) + seed,
      flops: cost?.["flops"] ?? 0,
      length: architecture.length,
    }));
  });
  const given = {
    ...({ schema: 1, study: "a", trial: 3, attempt: 0, seed: 7, space: "small", architecture: "depth=2" } as const),
    parameters: { depth: 2 },
    cost: { flops: 5 },
  };
  const context = { signal: new AbortController().signal, onEpoch: (): "continue" => "continue" };
  expect(await evaluate(given, context)).toEqual({ label: 9, metrics: { flops: 5, length: 7 } });
  expect(await evaluate({ ...given, seed: 0, parameters: null, cost: null }, context)).toMatchObject({ label: null });
  await evaluate({ ...given, study: "b" }, context);
  expect(studies).toEqual(["a", "b"]);
});
