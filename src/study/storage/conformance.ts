import { type ConformanceCase, check } from "../../conformance.js";
import type { EvaluationResult } from "../../evaluator/contract.js";
import { deletionChecks, leaseChecks } from "./conformanceLeases.js";
import {
  checkSame,
  firstStudy,
  type Opener,
  owner,
  type PlaceMaker,
  refusalOf,
  suggestion,
} from "./conformanceStudies.js";
import type { StoredTrial, TrialEnd } from "./contract.js";

/**
 * The suite that every storage passes. It needs no test framework.
 *
 * @param open opens the storage of a place, made where it is not there yet: the same place, the same studies. `now` is its clock
 * (seconds since 1970)
 * @example
 * for (const { name, run } of storageConformance((place, now) => openSqliteStorage(`${folder}/${place}.db`, { now }))) it(name, run);
 */
export function storageConformance(open: Opener): ConformanceCase[] {
  let places = 0;
  const place: PlaceMaker = () => {
    const name = `place-${++places}`;
    return (now = () => 1000) => open(name, now);
  };
  const checks = [...studyChecks(place), ...trialChecks(place), ...leaseChecks(place), ...deletionChecks(place)];
  return checks.map(([name, run]) => ({ name, run }));
}

function studyChecks(place: PlaceMaker): [string, () => void][] {
  return [
    [
      "is empty at first, and says where it is",
      () => {
        const storage = place()();
        check(storage.location !== "", "has no location");
        check(storage.studies().length === 0, "holds studies");
        check(storage.find("first") === undefined, "found a study");
        check(refusalOf(() => storage.trials("first")) === "no-study", "gave trials of nothing");
        check(refusalOf(() => storage.open("first", owner("a"))) === "no-study", "opened nothing");
        check(refusalOf(() => storage.delete("first", owner("a"))) === "no-study", "deleted nothing");
        storage.close();
      },
    ],
    [
      "keeps what a study was made with, for whoever opens the place again",
      () => {
        const opened = place();
        const storage = opened(() => 1234.5);
        const settings = { nested: [1, { two: null }], text: "ä\n'\"", no: false };
        const made = { ...firstStudy("first"), settings };
        storage.create(made, owner("a")).close();
        storage.close();
        const again = opened();
        const { counts, ...found } = again.find("first")!;
        checkSame(found, { ...made, createdAt: 1234.5, changedAt: 1234.5 });
        checkSame(counts, { queued: 0, running: 0, done: 0, failed: 0, lost: 0 });
        again.close();
      },
    ],
    [
      "lists studies by name, and refuses a name that is there or is no name",
      () => {
        const storage = place()();
        for (const name of ["beta", "alpha", "Gamma 2", "ß-study", "a.b_c@d+e"])
          storage.create(firstStudy(name), owner(name));
        const names = storage.studies().map(({ name }) => name);
        check(names.length === 5 && names.indexOf("alpha") < names.indexOf("beta"), `lists ${names.join()}`);
        check(refusalOf(() => storage.create(firstStudy("beta"), owner("z"))) === "study-exists", "took a name twice");
        const bad = [
          "",
          " ",
          "a\n",
          "../x",
          "/etc",
          "-a",
          ".a",
          "a ",
          "x'; DROP TABLE study; --",
          "\0",
          "a".repeat(101),
          "😀",
        ];
        for (const name of bad) {
          const refusal = refusalOf(() => storage.create(firstStudy(name), owner("z")));
          check(refusal === "bad-study-name", `took the name ${JSON.stringify(name)}: ${refusal}`);
          check(storage.find(name) === undefined, `found ${JSON.stringify(name)}`);
        }
        check(storage.studies().length === 5, "a refused name left something");
        storage.close();
      },
    ],
    [
      "keeps budget and end, which may change",
      () => {
        const opened = place();
        const storage = opened();
        const writer = storage.create(firstStudy("first"), owner("a"));
        writer.update({ budget: 70 });
        writer.update({ ended: "exhausted" });
        check(writer.study.ended === "exhausted", "the writer does not know the end");
        check(storage.find("first")?.budget === 70, "lost the budget");
        check(opened().find("first")?.ended === "exhausted", "lost the end");
        writer.update({ ended: null });
        check(storage.find("first")?.ended === undefined, "did not take the end back");
        check(storage.find("first")?.budget === 70, "changed the budget");
        storage.close();
      },
    ],
  ];
}

const results: Readonly<Record<string, EvaluationResult>> = {
  full: {
    label: 93.125,
    metrics: { test: 0.1, loss: 1e-300, huge: 1.7976931348623157e308, broken: Number.NaN, __proto__x: 3 },
    curves: { loss: [2.5, Number.NaN, 0.1], none: [] },
    log: "logs/0.txt",
  },
  bare: { label: -0.1 },
  failed: { label: Number.NaN, failure: "out of memory: 'x'; \"y\"\nß", metrics: { epochs: 3 }, isFinal: true },
  silent: { label: Number.NaN },
};

function trialChecks(place: PlaceMaker): [string, () => void][] {
  return [
    [
      "leads a trial from suggestion to end, and keeps every bit of the result",
      () => {
        for (const [kind, result] of Object.entries(results)) {
          const opened = place();
          let at = 1000;
          const storage = opened(() => at);
          const writer = storage.create(firstStudy("first"), owner("a"));
          const explanation = {
            reason: "exploit",
            predicted: { mean: 0.1 + 0.2, standardDeviation: 1e-9 },
            detail: "ä",
          } as const;
          writer.decide({ trials: [{ ...suggestion(0), explanation }], observed: [], state: { step: 1 } });
          const queued = {
            ...suggestion(0),
            explanation,
            failedAttempts: 0,
            lostAttempts: 0,
            askedIn: 1,
            askedAt: 1000,
          };
          checkSame(storage.trials("first"), [{ ...queued, state: "queued" }]);
          at = 1010.25;
          writer.begin(0);
          checkSame(storage.trials("first"), [{ ...queued, state: "running", startedAt: 1010.25 }]);
          at = 1020.5;
          writer.end(0, { result, values: [93.125, 3], seconds: 0.1 });
          const failed = Number.isNaN(result.label);
          const ended: StoredTrial = {
            ...queued,
            failedAttempts: failed ? 1 : 0,
            ...{ state: failed ? "failed" : "done", startedAt: 1010.25, endedAt: 1020.5 },
            ...{ result, values: [93.125, 3], seconds: 0.1 },
          };
          checkSame(storage.trials("first"), [ended], kind);
          writer.close();
          storage.close();
          const again = opened();
          checkSame(again.trials("first"), [ended], kind);
          const { curves: _, ...withoutCurves } = result;
          checkSame(again.trials("first", { curves: false }), [{ ...ended, result: withoutCurves }], kind);
          again.close();
        }
      },
    ],
    [
      "keeps nothing of a failed attempt once the next has ended",
      () => {
        const storage = place()();
        const writer = storage.create(firstStudy("first"), owner("a"));
        writer.decide({ trials: [suggestion(0)], observed: [], state: {} });
        writer.begin(0);
        const first = { label: Number.NaN, failure: "diverged", curves: { loss: [1] }, metrics: { a: 1 }, log: "a" };
        writer.retry(0, { result: first, seconds: 1 });
        const [queued] = storage.trials("first");
        check(queued.state === "queued" && queued.failedAttempts === 1, `is ${queued.state} after a failed attempt`);
        checkSame(queued.result, first);
        writer.begin(0);
        writer.end(0, { result: { label: 1 }, seconds: 2 });
        const [done] = storage.trials("first");
        checkSame(done.result, { label: 1 });
        check(done.failedAttempts === 1 && done.state === "done", "forgot the failed attempt");
        storage.close();
      },
    ],
    [
      "records a result once, and only of a trial that there is",
      () => {
        const storage = place()();
        const writer = storage.create(firstStudy("first"), owner("a"));
        writer.decide({ trials: [0, 1, 2].map(suggestion), observed: [], state: {} });
        const end: TrialEnd = { result: { label: 1 }, seconds: 1 };
        writer.begin(0);
        check(refusalOf(() => writer.begin(0)) === "bad-trial", "began a trial twice");
        writer.end(0, end);
        writer.end(1, { result: { label: Number.NaN }, seconds: 1 });
        const before = storage.trials("first");
        for (const number of [0, 1]) {
          check(refusalOf(() => writer.end(number, end)) === "bad-trial", "recorded twice");
          check(refusalOf(() => writer.retry(number, end)) === "bad-trial", "tried a finished trial again");
          check(refusalOf(() => writer.begin(number)) === "bad-trial", "began a finished trial");
          check(refusalOf(() => writer.release(number)) === "bad-trial", "released a finished trial");
        }
        check(refusalOf(() => writer.release(2)) === "bad-trial", "released a trial that waits");
        for (const number of [3, -1, 0.5]) {
          check(refusalOf(() => writer.begin(number)) === "bad-trial", `began trial ${number}`);
          check(refusalOf(() => writer.end(number, end)) === "bad-trial", `ended trial ${number}`);
        }
        checkSame(storage.trials("first"), before);
        storage.close();
      },
    ],
    [
      "keeps each decision with the state of the strategy, whatever it changes",
      () => {
        const opened = place();
        const storage = opened();
        let writer = storage.create(firstStudy("first"), owner("a"));
        check(writer.state === undefined && writer.decisions === 0, "begins with a state");
        const states = [
          { history: { labels: [] as unknown[] } },
          { history: { labels: [1, "pending", null] }, text: "a" },
          { history: { labels: [1, 0.1, null, "pending"] }, text: "b" },
          { history: { labels: [] }, 'with "quotes" and \n': { deep: [[1], { x: null }] } },
          { other: true },
          ...Array.from({ length: 12 }, (_, i) => ({ list: Array.from({ length: 80 * i }, (_, j) => j * i) })),
        ];
        for (const [decision, state] of states.entries()) {
          const observed = decision === 0 ? [] : [decision - 1];
          writer.decide({ trials: [suggestion(decision)], observed, state });
          const reader = opened();
          const learntIn = reader.trials("first").map(({ observedIn }) => observedIn);
          checkSame(learntIn, [...states.slice(0, decision).map((_, i) => i + 2), undefined]);
          reader.close();
          if (decision % 3 !== 2) continue;
          writer.close();
          writer = storage.open("first", owner(`after ${decision}`));
          checkSame(writer.state, state, `state ${decision}`);
          check(writer.decisions === decision + 1, `counts ${writer.decisions} decisions instead of ${decision + 1}`);
        }
        storage.close();
      },
    ],
    [
      "goes on with the last state, through many writers",
      () => {
        const storage = place()();
        storage.create(firstStudy("first"), owner("w0")).close();
        let state: { list: number[] } = { list: [] };
        for (let step = 0; step < 25; step++) {
          const writer = storage.open("first", owner(`w${step + 1}`));
          checkSame(writer.state, step === 0 ? undefined : state, `step ${step}`);
          check(writer.decisions === 2 * step, `counts ${writer.decisions} decisions`);
          for (let i = 0; i < 2; i++) {
            state = { list: step % 10 === 9 ? [] : [...state.list, step, i] };
            writer.decide({ trials: [suggestion(2 * step + i)], observed: [], state });
          }
          writer.close();
        }
        storage.close();
      },
    ],
    [
      "keeps no live part of a state: what changes later is not what was decided",
      () => {
        const storage = place()();
        const writer = storage.create(firstStudy("first"), owner("a"));
        const given = [1, 2, 3];
        writer.decide({ trials: [suggestion(0)], observed: [], state: { given } });
        writer.close();
        given.push(4);
        const next = storage.open("first", owner("b"));
        checkSame(next.state, { given: [1, 2, 3] });
        storage.close();
      },
    ],
    [
      "selects trials by state, part and order, and finds the best",
      () => {
        const storage = place()();
        const writer = storage.create(firstStudy("first"), owner("a"));
        writer.decide({ trials: Array.from({ length: 8 }, (_, i) => suggestion(i)), observed: [], state: {} });
        const labels = [3, 9, Number.NaN, 9, -1, 5];
        for (const [number, label] of labels.entries()) writer.end(number, { result: { label }, seconds: 1 });
        writer.begin(6);
        const numbers = (selection?: Parameters<typeof storage.trials>[1]) =>
          storage.trials("first", selection).map(({ number }) => number);
        checkSame(numbers(), [0, 1, 2, 3, 4, 5, 6, 7]);
        checkSame(numbers({ order: "label" }), [1, 3, 5, 0, 4]);
        checkSame(numbers({ order: "label", skip: 1, count: 2 }), [3, 5]);
        checkSame(numbers({ states: ["failed", "running"] }), [2, 6]);
        checkSame(numbers({ states: [] }), []);
        checkSame(numbers({ skip: 6 }), [6, 7]);
        checkSame(numbers({ count: 0 }), []);
        const found = storage.find("first")!;
        checkSame(found.counts, { queued: 1, running: 1, done: 5, failed: 1, lost: 0 });
        checkSame(found.best, { number: 1, architecture: suggestion(1).architecture, label: 9 });
        storage.close();
      },
    ],
  ];
}
