import { describe, expect, it } from "vitest";
import type { AssayError } from "../errors.js";
import type { EvaluationRequest, EvaluationResult, Evaluator } from "../evaluator/contract.js";
import { createChoiceSpace } from "../space/choice/index.js";
import { type CreateStudyOptions, createStudy, keepStudy } from "./openStudy.js";
import { runStudy } from "./run.js";
import { createMemoryStorage } from "./storage/memory.js";
import { setUpStrategy } from "./strategySetup.js";
import type { Study } from "./study.js";

const space = createChoiceSpace({
  name: "small",
  parameters: { a: [0, 1, 2, 3], b: [0, 1, 2, 3], c: [0, 1, 2, 3] },
});

function open(options: Partial<CreateStudyOptions> = {}): Study {
  return createStudy({ space, strategy: "random", seed: 3, mode: "either", ...options });
}

async function codeOf(act: () => unknown): Promise<string> {
  try {
    await act();
  } catch (error) {
    return (error as AssayError).code;
  }
  return "";
}

const numbersOf = (asked: readonly { readonly trial: number }[]): number[] => asked.map(({ trial }) => trial);

function evaluator(evaluate: (request: EvaluationRequest) => EvaluationResult | Promise<EvaluationResult>): Evaluator {
  return { name: "test", evaluate: async (request) => evaluate(request) };
}

describe("asking and telling by hand", () => {
  it("gives trials with all that their evaluation needs, and takes any kind of answer", async () => {
    const study = open();
    const asked = await study.ask(3);
    expect(numbersOf(asked)).toEqual([0, 1, 2]);
    for (const { text, architecture, id, seed, attempt } of asked) {
      expect(space.parse(text)).toEqual(architecture);
      expect(study.catalogue.at(id)).toEqual(architecture);
      expect(Number.isInteger(seed) && seed! >= 0 && seed! < 2 ** 31).toBe(true);
      expect(attempt).toBe(0);
    }
    study.tell(2, 91.5);
    study.tell(0, { accuracy: 90, test: 89 }, 12.5);
    study.tell(1, { label: 92, metrics: { test: 1 }, curves: { loss: [2, 1] }, log: "a.txt" });
    expect(study.trials()).toMatchObject([
      { number: 0, label: 90, metrics: { test: 89 }, seconds: 12.5 },
      { number: 1, label: 92, metrics: { test: 1 }, curves: { loss: [2, 1] }, log: "a.txt" },
      { number: 2, label: 91.5 },
    ]);
    expect(study.best()?.number).toBe(1);
    expect([study.size, study.finished, study.waiting()]).toEqual([3, 3, []]);
  });

  it("hands nothing out twice, also to callers at the same time", async () => {
    const storage = createMemoryStorage();
    const first = open({ storage });
    await first.ask(3);
    first.close();
    const study = open({ storage });
    const asked = await Promise.all([study.ask(2), study.ask(4), study.ask(1), study.ask(5)]);
    const numbers = numbersOf(asked.flat());
    expect([...numbers].sort((a, b) => a - b)).toEqual(Array.from({ length: 12 }, (_, i) => i));
    expect(numbersOf(asked[0])).toEqual([0, 1]);
    const texts = new Set(asked.flat().map(({ text }) => text));
    expect(texts.size).toBe(12);
  });

  it("refuses a second result, and one of a trial that was never suggested", async () => {
    const study = open();
    await study.ask(2);
    study.tell(0, 1);
    study.fail(1, "out of memory");
    const before = study.trials();
    for (const number of [0, 1, 2, -1, 0.5, Number.NaN]) {
      expect(await codeOf(() => study.tell(number, 2)), `${number}`).toBe("bad-trial");
      expect(await codeOf(() => study.fail(number, "x")), `${number}`).toBe("bad-trial");
    }
    expect(study.trials()).toEqual(before);
    for (const count of [0, -1, 1.5, Number.NaN]) expect(await codeOf(() => study.ask(count))).toBe("bad-count");
  });

  it("tries a failed trial again as often as it was told, then it has failed", async () => {
    const study = open({ retries: 2 });
    const retries: unknown[] = [];
    study.on("retry", (event) => retries.push(event));
    const [{ seed, text }] = await study.ask(1);
    expect(study.fail(0, "diverged")).toBeUndefined();
    const [again] = await study.ask(1);
    expect(again).toMatchObject({ trial: 0, seed, text, attempt: 1 });
    expect(study.tell(0, { label: Number.NaN, metrics: {} })).toBeUndefined();
    expect(numbersOf(await study.ask(2))).toEqual([0, 1]);
    expect(study.fail(0, "diverged again")).toMatchObject({ failure: "diverged again", attempts: 3 });
    expect(study.failedAttempts).toBe(3);
    expect(retries).toEqual([
      { number: 0, failure: "diverged", attempt: 1 },
      { number: 0, failure: "the evaluator gave the label NaN", attempt: 2 },
    ]);
    study.tell(1, { label: Number.NaN, failure: "stopped", isFinal: true });
    expect(study.trials()[1]).toMatchObject({ failure: "stopped" });
    expect(study.trials()[1].attempts).toBeUndefined();
  });

  it("gives a trial the same seed in every study of the same seed, and each trial another", async () => {
    const seeds = async (seed: number) => (await open({ seed }).ask(20)).map((trial) => trial.seed);
    expect(await seeds(3)).toEqual(await seeds(3));
    expect(await seeds(3)).not.toEqual(await seeds(4));
    expect(new Set(await seeds(3)).size).toBe(20);
  });

  it("says what the strategy knew when it suggested a trial, whatever has ended since", async () => {
    const storage = createMemoryStorage();
    const study = open({ storage });
    await study.ask(2);
    study.tell(1, 5);
    await study.ask(1);
    study.tell(0, 6);
    await study.ask(1);
    study.tell(2, 7);
    const known = (one: Study) => [0, 1, 2, 3, 9].map((number) => one.knownAt(number).map((trial) => trial.number));
    expect(known(study)).toEqual([[], [], [1], [0, 1], []]);
    study.close();
    expect(known(open({ storage }))).toEqual([[], [], [1], [0, 1], []]);
  });

  it("tells whoever listens, until they leave", async () => {
    const study = open();
    const heard: string[] = [];
    const leave = (["ask", "begin", "trial"] as const).map((kind) => study.on(kind, () => heard.push(kind)));
    await study.ask(2);
    study.tell(1, 3);
    expect(heard).toEqual(["ask", "begin", "begin", "trial"]);
    for (const off of leave) off();
    study.tell(0, 3);
    expect(heard).toHaveLength(4);
  });
});

describe("going on", () => {
  it("hands trials that were running or waiting out again, the first first", async () => {
    const storage = createMemoryStorage();
    const study = open({ storage });
    await study.ask(4);
    study.tell(1, 1);
    study.release(2);
    study.close();
    const again = open({ storage });
    expect(again.waiting()).toEqual([0, 2, 3]);
    again.tell(3, 9);
    expect(numbersOf(await again.ask(3))).toEqual([0, 2, 4]);
    expect(storage.trials("study").map(({ lostAttempts }) => lostAttempts)).toEqual([1, 0, 0, 1, 0]);
  });

  it("refuses what a study was not made with, and names that are taken or unknown", async () => {
    const storage = createMemoryStorage();
    open({ storage }).close();
    expect(await codeOf(() => open({ storage, seed: 4 }))).toBe("other-study");
    expect(await codeOf(() => open({ storage, strategy: "local-search" }))).toBe("other-study");
    expect(await codeOf(() => open({ storage, mode: "create" }))).toBe("study-exists");
    expect(await codeOf(() => open({ storage, mode: "resume", name: "studdy" }))).toBe("no-study");
    const study = open({ storage });
    expect(await codeOf(() => open({ storage }))).toBe("study-busy");
    study.close();
    const smaller = createChoiceSpace({ name: "small", parameters: { z: [1, 2] } });
    const filled = open({ storage });
    await filled.ask(1);
    filled.close();
    expect(["other-space", "bad-state"]).toContain(await codeOf(() => open({ storage, space: smaller })));
    // A refusal gives the lease back.
    open({ storage }).close();
  });

  it("begins with earlier evaluations once, which are no trials and are never suggested", async () => {
    const storage = createMemoryStorage();
    const warmStart = Array.from({ length: 60 }, (_, architecture) => ({ architecture, label: architecture }));
    const study = open({ storage, warmStart });
    const asked = await study.ask(2);
    expect(asked.every(({ id }) => id >= 60)).toBe(true);
    study.close();
    const again = open({ storage, warmStart });
    const more = await again.ask(10);
    expect(numbersOf(more)).toEqual([0, 1, 2, 3]);
    expect(new Set(more.map(({ id }) => id))).toEqual(new Set([60, 61, 62, 63]));
  });

  it("records the value of each objective, and fails a trial where one is missing", async () => {
    const storage = createMemoryStorage();
    const objectives = [
      { name: "accuracy", direction: "maximise", unit: "%" },
      { name: "latency", direction: "minimise", unit: "ms" },
      { name: "sum", direction: "minimise", unit: "", known: (id: number) => -0 * id },
    ] as const;
    const make = (): Study => {
      const setup = setUpStrategy({ space, strategy: "random", seed: 1 });
      return keepStudy({
        ...{ setup: { ...setup, objectives }, name: "several", storage, mode: "either", retries: 3 },
        ...{ subject: "small", strategy: "random", budget: 9 },
      });
    };
    const study = make();
    await study.ask(3);
    study.tell(0, { label: 90, latency: 3.5 });
    study.tell(1, { label: 90 });
    study.tell(2, { label: 91, latency: Number.POSITIVE_INFINITY });
    const wanted = study.trials();
    expect(wanted).toMatchObject([
      { values: [90, 3.5, 0] },
      { failure: expect.stringContaining("latency") },
      { failure: expect.stringContaining("latency") },
    ]);
    study.close();
    expect(make().trials()).toEqual(wanted);
  });
});

describe("a run", () => {
  it("goes on at once where an evaluation ends, and never suggests what is being evaluated", async () => {
    const study = open();
    let running = 0;
    let most = 0;
    const ended = await runStudy(study, {
      evaluator: evaluator(async ({ trial, id }) => {
        most = Math.max(most, ++running);
        await new Promise((resolve) => setTimeout(resolve, (trial * 7) % 5));
        running--;
        return { label: id };
      }),
      ...{ budget: 40, batch: 10, parallel: 4, asynchronous: true },
    });
    expect([ended, most, study.finished]).toEqual(["budget", 4, 40]);
    expect(new Set(study.trials().map(({ architecture }) => architecture)).size).toBe(40);
  });

  it("gives up where every attempt failed, counts those of earlier runs, and begins to count anew after that", async () => {
    const storage = createMemoryStorage();
    const attempts: string[] = [];
    const broken = evaluator(({ trial, attempt }) => {
      attempts.push(`${trial}.${attempt}`);
      return { label: Number.NaN, failure: "no GPU" };
    });
    const options = { evaluator: broken, budget: 20, batch: 5, hopelessAfter: 5 };
    const stopping = new AbortController();
    const study = open({ storage, retries: 2 });
    study.on("retry", () => void (attempts.length === 2 && stopping.abort()));
    expect(await runStudy(study, { ...options, signal: stopping.signal })).toBe("stopped");
    study.close();
    const again = open({ storage, retries: 2 });
    expect(await runStudy(again, options)).toBe("hopeless");
    expect(attempts).toEqual(["0.0", "0.1", "0.2", "1.0", "1.1"]);
    again.close();
    const mended = open({ storage, retries: 2 });
    const ended = await runStudy(mended, { ...options, evaluator: evaluator(({ id }) => ({ label: id })) });
    expect([ended, mended.finished]).toEqual(["budget", 20]);
  });

  it("stops a training by its epochs, with what was known when it was suggested", async () => {
    const study = open({ retries: 3 });
    const seen: number[] = [];
    await runStudy(study, {
      evaluator: evaluator(({ trial, onEpoch }) => {
        const verdict = onEpoch?.({ epoch: 1, values: { loss: trial } });
        return verdict === "stop"
          ? { label: Number.NaN, failure: "stopped", isFinal: true }
          : { label: trial, curves: { loss: [trial] } };
      }),
      ...{ budget: 6, batch: 3 },
      medianRule: {
        judge(known, curves) {
          seen.push(known.length);
          return curves["loss"]?.[0] === 4 ? "stop" : "continue";
        },
      },
    });
    expect(seen).toEqual([0, 0, 0, 3, 3, 3]);
    expect(study.trials().map(({ failure }) => failure)[4]).toBe("stopped");
  });

  it("hears of a study that somebody else has taken, and stops", async () => {
    const storage = createMemoryStorage();
    const study = open({ storage });
    const run = runStudy(study, {
      evaluator: evaluator(({ trial, id }) => {
        if (trial === 7) open({ storage, owner: { id: "thief", description: "the thief", isGone: () => true } });
        return { label: id };
      }),
      ...{ budget: 20, batch: 5, parallel: 2 },
    });
    expect(await codeOf(() => run)).toBe("study-taken");
    expect(storage.trials("study").filter(({ state }) => state === "done")).toHaveLength(7);
  });
});
