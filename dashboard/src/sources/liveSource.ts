import type { ViewEvent, ViewSource } from "../../../src/view/contract.js";
import type { SearchControls, WorkerMessage, WorkerMethods } from "../playground/protocol.js";
import { ViewProblem } from "./viewProblem.js";

/** Everything from a search in a worker of this page. */
export function createLiveSource(worker: Worker): ViewSource & SearchControls {
  const waiting = new Map<number, { resolve(result: unknown): void; reject(problem: ViewProblem): void }>();
  const listeners = new Set<(event: ViewEvent) => void>();
  let next = 0;
  worker.addEventListener("message", ({ data }) => {
    const message = data as WorkerMessage;
    if ("event" in message) {
      for (const listener of [...listeners]) listener(message.event);
      return;
    }
    const asked = waiting.get(message.id);
    waiting.delete(message.id);
    if ("problem" in message) asked?.reject(new ViewProblem(message.problem.message, message.problem.hint));
    else asked?.resolve(message.result);
  });
  worker.addEventListener("error", () => {
    const problem = new ViewProblem("The search cannot run in this browser", "It needs WebAssembly with SIMD.");
    for (const { reject } of waiting.values()) reject(problem);
    waiting.clear();
  });

  function ask<Method extends keyof WorkerMethods>(method: Method): WorkerMethods[Method] {
    const act = (...values: readonly unknown[]): Promise<unknown> =>
      new Promise((resolve, reject) => {
        const id = next++;
        waiting.set(id, { resolve, reject });
        worker.postMessage({ id, method, values });
      });
    return act as unknown as WorkerMethods[Method];
  }

  return {
    studies: ask("studies"),
    study: ask("study"),
    trials: ask("trials"),
    trial: ask("trial"),
    map: ask("map"),
    frame: ask("frame"),
    points: ask("points"),
    compare: ask("compare"),
    strategies: ask("strategies"),
    start: ask("start"),
    stop: ask("stop"),
    pace: ask("pace"),
    listen(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
