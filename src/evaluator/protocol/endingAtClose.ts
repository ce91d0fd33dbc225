import { setMaxListeners } from "node:events";
import type { EvaluationRequest, EvaluationResult, Evaluator } from "../contract.js";

/** An evaluator whose `close` aborts what is still running, and waits for that. */
export function endingAtClose(
  name: string,
  evaluate: (request: EvaluationRequest) => Promise<EvaluationResult>,
): Evaluator {
  const running = new Map<AbortController, Promise<EvaluationResult>>();

  async function run(request: EvaluationRequest, controller: AbortController): Promise<EvaluationResult> {
    const abort = (): void => controller.abort();
    if (request.signal?.aborted) abort();
    // As many as evaluations at the same time: no sign of a leak.
    if (request.signal !== undefined) setMaxListeners(0, request.signal);
    request.signal?.addEventListener("abort", abort, { once: true });
    try {
      return await evaluate({ ...request, signal: controller.signal });
    } finally {
      // A study has one signal and many thousand trials.
      request.signal?.removeEventListener("abort", abort);
      running.delete(controller);
    }
  }

  return {
    name,
    evaluate(request) {
      const controller = new AbortController();
      const result = run(request, controller);
      running.set(controller, result);
      return result;
    },
    async close() {
      const last = [...running];
      for (const [controller] of last) controller.abort();
      await Promise.allSettled(last.map(([, result]) => result));
    },
  };
}
