import type { AnswerMessage, SetupMessage, TaskMessage } from "./workerMessage.js";

/*
 * Node and browsers start threads in different ways. Everything that differs is in this file, and nothing is imported
 * from Node, so that one build of the core runs in both.
 */

/** A running worker thread, as the pool sees it. */
export interface WorkerThread {
  post(message: SetupMessage | TaskMessage): void;
  /** A busy thread keeps a Node process alive, an idle one does not. */
  setBusy(busy: boolean): void;
  terminate(): Promise<void>;
}

/** What a pool wants to hear of a thread. */
export interface WorkerListener {
  answer(message: AnswerMessage): void;
  /** The thread is gone, or can no longer be trusted; called once. */
  died(reason: Error): void;
}

/** The part of Node's module `worker_threads` that is used here. */
interface WorkerThreads {
  readonly parentPort: {
    on(event: "message", handler: (message: SetupMessage | TaskMessage) => void): unknown;
    postMessage(message: AnswerMessage): void;
  } | null;
  readonly Worker: new (url: URL | string, options: { execArgv: string[]; name: string }) => NodeWorker;
}

interface NodeWorker {
  on(event: "message", handler: (message: AnswerMessage) => void): unknown;
  on(event: "messageerror" | "error", handler: (error: unknown) => void): unknown;
  on(event: "exit", handler: (code: number) => void): unknown;
  postMessage(message: SetupMessage | TaskMessage): void;
  ref(): void;
  unref(): void;
  terminate(): Promise<number>;
}

/** A module of Node, undefined in a browser. */
function nodeModule(name: string): unknown {
  const here = globalThis as { process?: { getBuiltinModule?: (name: string) => unknown } };
  return here.process?.getBuiltinModule?.(name);
}

function nodeWorkerThreads(): WorkerThreads | undefined {
  return nodeModule("node:worker_threads") as WorkerThreads | undefined;
}

/** Whether threads with shared memory can be started here. */
export function canStartWorkers(): boolean {
  if (typeof SharedArrayBuffer !== "function") return false;
  if (nodeWorkerThreads() !== undefined) return true;
  const { crossOriginIsolated } = globalThis as { crossOriginIsolated?: boolean };
  return typeof Worker === "function" && crossOriginIsolated === true;
}

let servesPool = false;

/** Whether this code runs in a thread of a pool (and not just in any worker). */
export function isPoolThread(): boolean {
  return servesPool;
}

/** How many threads the machine runs at the same time. */
export function availableThreads(): number {
  const system = nodeModule("node:os") as { availableParallelism(): number } | undefined;
  const count =
    system?.availableParallelism() ?? (globalThis as { navigator?: Navigator }).navigator?.hardwareConcurrency;
  return Math.max(1, count ?? 1);
}

/**
 * Where the worker's file lies beside the module that asks: in a bundle (the entry or one of its chunks) or, when the
 * TypeScript sources are run by a test, in the `dist` folder of the last build.
 */
export function workerAddress(moduleUrl: string): URL {
  const file = nodeWorkerThreads() === undefined ? "core-worker.js" : "worker.js";
  const sources = moduleUrl.endsWith(".ts") ? moduleUrl.lastIndexOf("/src/") : -1;
  if (sources >= 0) return new URL(`dist/${file}`, moduleUrl.slice(0, sources + 1));
  return new URL(/\/(chunks|cli)\/[^/]+$/.test(moduleUrl) ? `../${file}` : `./${file}`, moduleUrl);
}

/** Starts a thread that runs the given module. Throws where the platform refuses at once. */
export function startWorker(url: URL | string, listener: WorkerListener): WorkerThread {
  const threads = nodeWorkerThreads();
  return threads === undefined ? startWebWorker(url, listener) : startNodeWorker(threads, url, listener);
}

function startNodeWorker(threads: WorkerThreads, url: URL | string, listener: WorkerListener): WorkerThread {
  const address = typeof url === "string" && url.includes("://") ? new URL(url) : url;
  // The parent's own command-line flags (an inline script, a loader) would stop the thread from starting.
  const worker = new threads.Worker(address, { execArgv: [], name: "assay" });
  let reason: Error | undefined;
  worker.on("message", (message: AnswerMessage) => listener.answer(message));
  worker.on("messageerror", (error) => {
    reason ??= asError(error);
    void worker.terminate();
  });
  worker.on("error", (error) => {
    reason ??= asError(error);
  });
  worker.on("exit", (code) => listener.died(reason ?? new Error(`exit code ${code}`)));
  worker.unref();
  return {
    post: (message) => worker.postMessage(message),
    setBusy: (busy) => (busy ? worker.ref() : worker.unref()),
    terminate: async () => {
      await worker.terminate();
    },
  };
}

function asError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown));
}

function startWebWorker(url: URL | string, listener: WorkerListener): WorkerThread {
  const worker = new Worker(url, { type: "module", name: "assay" });
  let over = false;
  const end = (reason: Error): void => {
    if (over) return;
    over = true;
    worker.terminate();
    listener.died(reason);
  };
  worker.onmessage = (event: MessageEvent<AnswerMessage>) => listener.answer(event.data);
  worker.onmessageerror = () => end(new Error("a message could not be read"));
  worker.onerror = (event) => {
    event.preventDefault();
    end(new Error(event.message || `${url} could not be loaded`));
  };
  return {
    post: (message) => worker.postMessage(message),
    setBusy: () => {},
    terminate: async () => end(new Error("terminated")),
  };
}

/** The thread's own end of the line: receives messages and answers them. */
export interface WorkerPort {
  receive(handler: (message: SetupMessage | TaskMessage) => void): void;
  post(message: AnswerMessage): void;
}

/** The line to the pool that started this thread. Throws on the main thread. */
export function workerPort(): WorkerPort {
  servesPool = true;
  const threads = nodeWorkerThreads();
  if (threads !== undefined) {
    const port = threads.parentPort;
    if (port === null) throw new Error("This module runs in a worker thread; start it with createWorkerPool.");
    return {
      receive: (handler) => void port.on("message", handler),
      post: (message) => port.postMessage(message),
    };
  }
  const scope = globalThis as unknown as {
    onmessage: (event: MessageEvent<SetupMessage | TaskMessage>) => void;
    postMessage(message: AnswerMessage): void;
  };
  return {
    receive: (handler) => {
      scope.onmessage = (event) => handler(event.data);
    },
    post: (message) => scope.postMessage(message),
  };
}
