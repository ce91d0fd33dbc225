import type { Evaluator } from "../../src/evaluator/contract.js";
import { createGenerator } from "../../src/random/index.js";
import type { Observation } from "../../src/strategy/contract.js";
import { keepStudy } from "../../src/study/openStudy.js";
import { type RunEnd, runStudy } from "../../src/study/run.js";
import type { Storage, StudyOwner } from "../../src/study/storage/contract.js";
import { setUpStrategy } from "../../src/study/strategySetup.js";
import type { Study } from "../../src/study/study.js";
import { createScenarioEvaluator, type Scenario, spaceOf } from "./scenario.js";

/** The study of a scenario, made or gone on with. */
export function openScenario(scenario: Scenario, storage: Storage, owner: StudyOwner): Study {
  const { name, strategy, seed, budget, batch, retries } = scenario;
  const space = spaceOf(scenario);
  const setup = setUpStrategy({ space, strategy, seed, batch });
  const dice = createGenerator(`warm ${seed}`);
  const warmStart: Observation[] = Array.from({ length: scenario.warmStart }, (_, i) => ({
    architecture: setup.catalogue.idOf(space.canonical(space.sample(dice))),
    label: i === 2 ? Number.NaN : i,
  }));
  return keepStudy({
    ...{ name, storage, owner, mode: "either", setup, subject: space.name, strategy, budget, retries, warmStart },
  });
}

/** Runs it to its end. */
export async function runScenario(
  scenario: Scenario,
  study: Study,
  isSlow: boolean,
  evaluator: Evaluator = createScenarioEvaluator(scenario, isSlow),
): Promise<RunEnd> {
  const { budget, batch, parallel, asynchronous, hopelessAfter } = scenario;
  return await runStudy(study, { evaluator, budget, batch, parallel, asynchronous, hopelessAfter, patience: 0 });
}
