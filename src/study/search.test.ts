import { expect, test } from "vitest";
import type { EvaluationResult, Evaluator } from "../evaluator/contract.js";
import type { Catalogue } from "../space/catalogue.js";
import type { Explanation, Observation, Strategy } from "../strategy/contract.js";
import { search } from "./search.js";
import { bestTrial } from "./trial.js";

/** Suggests 0, 1, 2, … up to `size`, and keeps what it was told. */
function countingStrategy(size = 1000): Strategy & { observed: Observation[]; asked: number[] } {
  let next = 0;
  const observed: Observation[] = [];
  const asked: number[] = [];
  return {
    observed,
    asked,
    async suggest(count) {
      asked.push(count);
      const suggested = Array.from({ length: Math.min(count, size - next) }, (_, i) => next + i);
      next += suggested.length;
      return suggested;
    },
    observe: (observations) => observed.push(...observations),
    state: () => ({ next }),
  };
}

const catalogue = { space: {}, at: (id: number) => Int32Array.of(id) } as unknown as Catalogue;

function evaluator(
  evaluate: (id: number, signal?: AbortSignal) => EvaluationResult | Promise<EvaluationResult>,
): Evaluator {
  return { name: "test", evaluate: async ({ id, signal }) => evaluate(id, signal) };
}

test("the budget counts every query and the last batch is cut to it", async () => {
  const strategy = countingStrategy();
  const { trials, ended } = await search({
    strategy,
    evaluator: evaluator((id) => ({ label: -id, metrics: { test: id } })),
    catalogue,
    budget: 25,
    batch: 10,
  });
  expect(ended).toBe("budget");
  expect(strategy.asked).toEqual([10, 10, 5]);
  expect(trials.map((trial) => trial.number)).toEqual(Array.from({ length: 25 }, (_, i) => i));
  expect(trials[7]).toMatchObject({ architecture: 7, label: -7, metrics: { test: 7 } });
  expect(strategy.observed).toHaveLength(25);
  expect(bestTrial(trials)?.architecture).toBe(0);
});

test("trials say what the strategy thought when it suggested them", async () => {
  const strategy = countingStrategy();
  const explain = (architecture: number): Explanation | undefined =>
    architecture === 1
      ? undefined
      : { reason: "exploit", predicted: { mean: strategy.observed.length, standardDeviation: 1 } };
  const seen: (Explanation | undefined)[] = [];
  const { trials } = await search({
    strategy: { ...strategy, explain },
    evaluator: evaluator((id) => ({ label: id })),
    catalogue,
    budget: 6,
    batch: 3,
    onTrial: ({ explanation }) => seen.push(explanation),
  });
  expect(trials.map(({ explanation }) => explanation?.predicted?.mean)).toEqual([0, undefined, 0, 3, 3, 3]);
  expect(trials[1]).not.toHaveProperty("explanation");
  expect(seen).toEqual(trials.map(({ explanation }) => explanation));
});

test("thrown and reported failures become trials without a label, and the search goes on", async () => {
  const strategy = countingStrategy();
  const { trials } = await search({
    strategy,
    evaluator: evaluator((id) => {
      if (id === 1) throw new Error("out of memory");
      if (id === 2) return { label: Number.NaN, failure: "diverged" };
      if (id === 3) return { label: Number.POSITIVE_INFINITY };
      return { label: id };
    }),
    catalogue,
    budget: 5,
    batch: 2,
  });
  expect(trials.map((trial) => trial.failure)).toEqual([
    undefined,
    "out of memory",
    "diverged",
    "the evaluator gave the label Infinity",
    undefined,
  ]);
  expect(trials.map((trial) => trial.label)).toEqual([0, Number.NaN, Number.NaN, Number.NaN, 4]);
  expect(strategy.observed.map(({ label }) => label)).toEqual([0, Number.NaN, Number.NaN, Number.NaN, 4]);
});

test("with several evaluations at a time the result is that of one at a time", async () => {
  const run = async (parallel: number) => {
    let running = 0;
    let most = 0;
    const strategy = countingStrategy();
    const { trials } = await search({
      strategy,
      evaluator: evaluator(async (id) => {
        most = Math.max(most, ++running);
        await new Promise((resolve) => setTimeout(resolve, (7 - (id % 7)) * 2));
        running--;
        return { label: id };
      }),
      catalogue,
      budget: 12,
      batch: 5,
      parallel,
    });
    return { most, observed: strategy.observed.map((trial) => trial.architecture), trials };
  };
  const one = await run(1);
  const four = await run(4);
  expect(one.most).toBe(1);
  expect(four.most).toBe(4);
  expect(four.observed).toEqual(one.observed);
  const withoutTime = ({ trials }: Awaited<ReturnType<typeof run>>) =>
    trials.map((trial) => ({ ...trial, seconds: 0 }));
  expect(withoutTime(four)).toEqual(withoutTime(one));
});

test("an exhausted space ends the search", async () => {
  const { trials, ended } = await search({
    strategy: countingStrategy(7),
    evaluator: evaluator((id) => ({ label: id })),
    catalogue,
    budget: 100,
    batch: 5,
  });
  expect(ended).toBe("exhausted");
  expect(trials).toHaveLength(7);
});

test("a signal stops between evaluations and what is there comes back", async () => {
  const stop = new AbortController();
  const strategy = countingStrategy();
  const { trials, ended } = await search({
    strategy,
    evaluator: evaluator((id) => ({ label: id })),
    catalogue,
    budget: 100,
    batch: 10,
    signal: stop.signal,
    onTrial: (trial) => {
      if (trial.architecture === 13) stop.abort();
    },
  });
  expect(ended).toBe("stopped");
  expect(trials.map((trial) => trial.architecture)).toEqual(Array.from({ length: 14 }, (_, i) => i));
  expect(strategy.observed).toHaveLength(14);
});

test("an evaluation that the signal broke off is no trial", async () => {
  const stop = new AbortController();
  const { trials, ended } = await search({
    strategy: countingStrategy(),
    evaluator: evaluator(
      (id, signal) =>
        new Promise((resolve, reject) => {
          if (id < 2) return resolve({ label: id });
          signal?.addEventListener("abort", () => reject(new Error("killed")));
          stop.abort();
        }),
    ),
    catalogue,
    budget: 10,
    batch: 5,
    signal: stop.signal,
  });
  expect(ended).toBe("stopped");
  expect(trials.map((trial) => trial.architecture)).toEqual([0, 1]);
});

test("a strategy whose threads the signal closed is no failure; any other of its errors is", async () => {
  const stop = new AbortController();
  const options = { evaluator: evaluator((id) => ({ label: id })), catalogue, budget: 100, batch: 10 };
  const broken = (stops: boolean): Strategy => {
    const strategy = countingStrategy();
    const { suggest } = strategy;
    return {
      ...strategy,
      suggest: async (count) => {
        if (strategy.asked.length < 2) return suggest(count);
        if (stops) stop.abort();
        throw new Error("pool closed");
      },
    };
  };
  const { trials, ended } = await search({ ...options, strategy: broken(true), signal: stop.signal });
  expect(ended).toBe("stopped");
  expect(trials).toHaveLength(20);
  await expect(search({ ...options, strategy: broken(false) })).rejects.toThrow("pool closed");
});

test("a timer gets through a search that never waits", async () => {
  const stop = new AbortController();
  setTimeout(() => stop.abort(), 1);
  const { ended } = await search({
    strategy: countingStrategy(1e9),
    evaluator: evaluator((id) => ({ label: id })),
    catalogue,
    budget: 1e8,
    batch: 10,
    signal: stop.signal,
  });
  expect(ended).toBe("stopped");
});

test("gives up when nothing but failures came", async () => {
  const broken = evaluator(() => {
    throw new Error("no such module");
  });
  const options = { catalogue, budget: 50, batch: 10, hopelessAfter: 3 };
  const { trials, ended } = await search({ ...options, strategy: countingStrategy(), evaluator: broken });
  expect(ended).toBe("hopeless");
  expect(trials).toHaveLength(3);

  const sometimes = evaluator((id) => (id === 2 ? { label: 1 } : { label: Number.NaN }));
  const second = await search({ ...options, strategy: countingStrategy(), evaluator: sometimes });
  expect(second.ended).toBe("budget");
});

test("earlier evaluations are told to the strategy and do not count", async () => {
  const strategy = countingStrategy();
  const { trials } = await search({
    strategy,
    evaluator: evaluator((id) => ({ label: id })),
    catalogue,
    budget: 2,
    batch: 10,
    warmStart: [{ architecture: 500, label: 9 }],
  });
  expect(strategy.observed[0]).toMatchObject({ architecture: 500, label: 9 });
  expect(trials.map((trial) => [trial.number, trial.architecture])).toEqual([
    [0, 0],
    [1, 1],
  ]);
});

test("of several objectives each value is told, and one that is missing is a failure", async () => {
  const strategy = countingStrategy();
  const { trials } = await search({
    strategy,
    evaluator: evaluator((id) => ({ label: id, metrics: id === 1 ? {} : { seconds: 10 + id } })),
    catalogue,
    objectives: [
      { name: "accuracy", direction: "maximise", unit: "" },
      { name: "flops", direction: "minimise", unit: "MAC", known: (id) => 100 * id },
      { name: "seconds", direction: "minimise", unit: "s" },
    ],
    budget: 3,
    batch: 3,
  });
  expect(trials[1]).toMatchObject({ label: Number.NaN, failure: expect.stringMatching(/no number named seconds/) });
  expect(strategy.observed.map(({ architecture, label, values }) => ({ architecture, label, values }))).toEqual([
    { architecture: 0, label: 0, values: [0, 0, 10] },
    { architecture: 1, label: Number.NaN },
    { architecture: 2, label: 2, values: [2, 200, 12] },
  ]);
});

test.each([0, -1, 1.5, Number.NaN])("refuses %s as budget or batch", async (bad) => {
  const options = { strategy: countingStrategy(), evaluator: evaluator(() => ({ label: 1 })), catalogue };
  await expect(search({ ...options, budget: bad, batch: 1 })).rejects.toThrow(/budget/);
  await expect(search({ ...options, budget: 1, batch: bad })).rejects.toThrow(/batch/);
});
