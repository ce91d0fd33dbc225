import type { ParameterView, SearchSpace } from "../../space/contract.js";
import type { EvaluationRequest, Evaluator } from "../contract.js";
import { writeStoredResult } from "../storedResult.js";
import type { EvaluationTask } from "../task.js";
import type { TaskContext, TaskFunction } from "./contract.js";

/**
 * The request that a task was written from, as far as evaluators look at it: `writeTask` makes the same task of it. A worker knows
 * no search space, so the space of the request knows this one architecture only, and the catalogue number is -1.
 */
export function requestOfTask(task: EvaluationTask, context: Partial<TaskContext> = {}): EvaluationRequest {
  const parameters = Object.entries(task.parameters ?? {});
  const costs = Object.entries(task.cost ?? {});
  const space = {
    name: task.space,
    format: () => task.architecture,
    views: {
      ...(task.parameters === null
        ? {}
        : {
            parameters: {
              parameters: parameters.map(([name, value]) => ({ name, kind: "categorical", levels: [value] })),
              write: (_architecture, levels) => levels.fill(0),
            } satisfies ParameterView,
          }),
      ...(task.cost === null
        ? {}
        : {
            cost: {
              metrics: costs.map(([name]) => ({ name })),
              write: (_architecture: Int32Array, row: Float64Array) => row.set(costs.map(([, value]) => value)),
            },
          }),
    },
  };
  return {
    space: space as unknown as SearchSpace,
    architecture: new Int32Array(0),
    id: -1,
    trial: task.trial,
    seed: task.seed,
    attempt: task.attempt,
    ...context,
  };
}

/**
 * Makes what a worker runs of an evaluator that reads tasks: a function, a command, a service.
 *
 * @param create makes the evaluator for a study; called once for each
 */
export function taskFunctionOf(create: (study: string) => Evaluator): TaskFunction {
  const evaluators = new Map<string, Evaluator>();
  return async (task, context) => {
    const evaluator = evaluators.get(task.study) ?? create(task.study);
    evaluators.set(task.study, evaluator);
    return writeStoredResult(await evaluator.evaluate(requestOfTask(task, context)));
  };
}
