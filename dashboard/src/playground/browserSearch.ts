import { benchmarkFromPack } from "../../../src/benchmark/benchmark.js";
import type { Benchmark } from "../../../src/benchmark/contract.js";
import { estimationFromTable, readEstimationTable } from "../../../src/benchmark/estimation.js";
import { AssayError } from "../../../src/errors.js";
import type { Evaluator } from "../../../src/evaluator/contract.js";
import { labelUnits } from "../../../src/experiment/labelUnits.js";
import { setUpTableSearch } from "../../../src/experiment/searchSetup.js";
import { strategies } from "../../../src/strategy/index.js";
import { keepStudy } from "../../../src/study/openStudy.js";
import { runStudy } from "../../../src/study/run.js";
import { createMemoryStorage } from "../../../src/study/storage/memory.js";
import type { Layout } from "../../../src/view/map/layout.js";
import { createMemoryViewSource } from "../../../src/view/memorySource.js";
import { knownCosts, type Subject } from "../../../src/view/subject.js";
import { readPackFile } from "./packFile.js";
import type { SearchWish, WorkerMethods } from "./protocol.js";

/** Where measurements come from. */
export interface PackReaders {
  /** As `readPackFile` takes it. */
  readonly readPack: (name: string) => Promise<ArrayBuffer>;
  /** Layouts of the map of its space by key; none where there are none. */
  readonly readLayouts: (name: string) => Promise<Readonly<Record<string, Layout>>>;
}

/** Searches of shipped benchmarks in this thread, one at a time, and views of all of them. */
export function createBrowserSearch({ readPack, readLayouts }: PackReaders): {
  readonly methods: WorkerMethods;
  readonly listen: ReturnType<typeof createMemoryViewSource>["listen"];
} {
  const storage = createMemoryStorage();
  const benchmarks = new Map<string, Benchmark>();
  const layouts = new Map<string, Layout>();
  const source = createMemoryViewSource({
    storage,
    layouts: { read: (key) => layouts.get(key), write: (key, layout) => layouts.set(key, layout) },
    subjectOf({ subject }): Subject | undefined {
      const benchmark = benchmarks.get(subject);
      if (benchmark === undefined) return undefined;
      const { space } = benchmark;
      const costs = knownCosts(space, undefined);
      return { space, costs, units: labelUnits(benchmark, undefined), table: { benchmark, isLive: false } };
    },
  });
  let stopping = new AbortController();
  let running: Promise<unknown> = Promise.resolve();
  let milliseconds = 0;

  async function open(name: string): Promise<Benchmark> {
    const opened = benchmarks.get(name);
    if (opened !== undefined) return opened;
    const [bytes, known] = await Promise.all([readPack(name), readLayouts(name)]);
    for (const [key, layout] of Object.entries(known)) layouts.set(key, layout);
    const benchmark = benchmarkFromPack(readPackFile(bytes));
    benchmarks.set(name, benchmark);
    return benchmark;
  }

  async function start({ benchmark: name, strategy, seed, budget }: SearchWish): Promise<string> {
    const benchmark = await open(name);
    const [codes] = benchmark.metadata.estimationCodes ?? [];
    const setup = setUpTableSearch({
      ...{ benchmark, strategy, seed },
      ...(codes === undefined ? {} : { estimation: estimationFromTable(readEstimationTable(benchmark, codes.name)) }),
    });
    stopping.abort();
    await running;
    stopping = new AbortController();
    const { signal } = stopping;
    const study = freshName(`${strategy} ${seed} on ${name}`.replace(/[^\p{L}\p{N} ._+@-]/gu, "-").slice(0, 90));
    const { label: labelUnit } = labelUnits(benchmark, undefined);
    const settings = {
      schema: 1,
      command: "search",
      folder: "",
      labelUnit,
      options: { benchmark: name, strategy, seed },
    };
    const kept = keepStudy({ setup, name: study, storage, subject: name, strategy, budget, settings });
    running = runStudy(kept, { evaluator: unhurried(setup.evaluator), batch: setup.batch, budget, signal })
      .catch(() => {})
      .finally(() => kept.close());
    return study;
  }

  /** Leaves the thread to questions of the page between two evaluations. */
  function unhurried(evaluator: Evaluator): Evaluator {
    return {
      name: evaluator.name,
      async evaluate(request) {
        await new Promise((resolve) => setTimeout(resolve, milliseconds));
        return await evaluator.evaluate(request);
      },
    };
  }

  function freshName(wanted: string): string {
    for (let count = 1; ; count++) {
      const name = count === 1 ? wanted : `${wanted} ${count}`;
      if (storage.find(name) === undefined) return name;
    }
  }

  return {
    methods: {
      studies: () => source.studies(),
      study: (name) => source.study(name),
      trials: (name, from, count) => source.trials(name, from, count),
      trial: (name, number) => source.trial(name, number),
      map: (name, method) => source.map(name, method),
      frame: (name, method, decision) => source.frame(name, method, decision),
      points: (name, from, count) => source.points(name, from, count),
      compare: (names, target) => source.compare(names, target),
      strategies: async () => Object.values(strategies).map(({ name, description }) => ({ name, description })),
      start,
      async stop() {
        stopping.abort();
        await running;
      },
      async pace(wanted) {
        if (!(wanted >= 0)) throw new AssayError("bad-pace", "A pace is a number of milliseconds.");
        milliseconds = wanted;
      },
    },
    listen: (listener) => source.listen(listener),
  };
}
