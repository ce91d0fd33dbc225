import fastCheck from "fast-check";
import { expect, it } from "vitest";
import { openScenario, runScenario } from "../../test/crash/runScenario.js";
import { comparable, type Scenario, scenarioOf } from "../../test/crash/scenario.js";
import type { Storage, StudyOwner, StudyWriter } from "./storage/contract.js";
import { createMemoryStorage } from "./storage/memory.js";
import type { Study } from "./study.js";

class Killed extends Error {}

/** An owner who takes everything over, as one whose process was killed is followed. */
let owners = 0;
const newOwner = (): StudyOwner => ({ id: `${++owners}`, description: "killed", isGone: () => true });

/**
 * The storage, seen by a process that dies at its `last`-th transaction: before it, or after it but before it could be told. From then
 * on nothing that it does reaches anything. A run that has noted that it gave up is over: who goes on with it has mended something.
 */
function dyingStorage(storage: Storage, last: number, after: boolean): Storage {
  let count = 0;
  const step = <Result>(act: () => Result, isOver = false): Result => {
    count++;
    if (count > last || (count === last && !after)) throw new Killed("killed before");
    const result = act();
    if (count === last && !isOver) throw new Killed("killed after");
    return result;
  };
  const wrap = (writer: StudyWriter): StudyWriter => ({
    get study() {
      return writer.study;
    },
    state: writer.state,
    decisions: writer.decisions,
    decide: (decision) => step(() => writer.decide(decision)),
    begin: (number) => step(() => writer.begin(number)),
    retry: (number, end) => step(() => writer.retry(number, end)),
    end: (number, end) => step(() => writer.end(number, end)),
    release: (number) => step(() => writer.release(number)),
    update: (changes) => step(() => writer.update(changes), changes.ended === "hopeless"),
    renew: () => step(() => writer.renew()),
    close: () => undefined,
  });
  return {
    ...storage,
    create: (study, owner) => wrap(step(() => storage.create(study, owner))),
    open: (name, owner) => wrap(step(() => storage.open(name, owner))),
  };
}

const trialsOf = (study: Study) => study.trials().map((trial) => comparable(study, trial));

async function undisturbed(scenario: Scenario) {
  const study = openScenario(scenario, createMemoryStorage(), newOwner());
  const ended = await runScenario(scenario, study, false);
  const known = study.trials().map(({ number }) => study.knownAt(number).map((trial) => trial.number));
  study.close();
  return { ended, trials: trialsOf(study), known };
}

async function killed(scenario: Scenario, deaths: readonly { readonly at: number; readonly after: boolean }[]) {
  const storage = createMemoryStorage();
  for (let life = 0; ; life++) {
    const death = deaths[life];
    const seen = death === undefined ? storage : dyingStorage(storage, death.at, death.after);
    try {
      const study = openScenario(scenario, seen, newOwner());
      const ended = await runScenario(scenario, study, false).finally(() => study.close());
      const known = study.trials().map(({ number }) => study.knownAt(number).map((trial) => trial.number));
      return { ended, trials: trialsOf(study), known };
    } catch (error) {
      if (!(error instanceof Killed)) throw error;
    }
  }
}

const deaths = fastCheck.array(
  fastCheck.record({ at: fastCheck.integer({ min: 1, max: 40 }), after: fastCheck.boolean() }),
  { minLength: 1, maxLength: 12 },
);

it("goes on bit for bit wherever it is killed, with any strategy, space, batch, failures and retries", async () => {
  await fastCheck.assert(
    fastCheck.asyncProperty(fastCheck.integer({ min: 0, max: 1e6 }), deaths, async (number, schedule) => {
      const { budget, ...scenario } = scenarioOf(number);
      const short = { ...scenario, budget: Math.min(budget, 30) };
      expect(await killed(short, schedule)).toEqual(await undisturbed(short));
    }),
    { numRuns: 40 },
  );
}, 300_000);
