import type { TrainingInput, TrainingOutcome } from "../src/evaluator/trainer/contract.js";
import type { Recipe } from "../src/experiment/build/index.js";
import { createGenerator } from "../src/random/index.js";

/*
 * Trainings that take no time, for tests of what is around them: plausible numbers that follow from the operations of
 * the cell and the seed.
 */

const worth = [0, 2, 6, 9, 3];

/** A made-up outcome, equal for equal inputs. */
export function fakeTraining({ architecture, seed, settings }: TrainingInput): TrainingOutcome {
  const dice = createGenerator(seed).split("fake");
  const skill = architecture.reduce((sum, operation, edge) => sum + worth[operation] * (1 + 0.15 * edge), 20);
  const count = (noise: number) => Math.max(0, Math.min(1000, Math.round(10 * (skill + noise * dice.normal()))));
  const epochs = Number(settings["epochs"] ?? 3);
  return {
    losses: Array.from(
      { length: epochs },
      (_, epoch) => 2.3 - (skill / 60) * Math.sqrt(epoch + 1) * 0.3 + 0.02 * dice.normal(),
    ),
    trainingAccuracies: [],
    validation: count(2) / 10,
    test: count(1.5) / 10,
    flops: 1000 + 500 * architecture.filter((operation) => operation > 1).length,
    params: 100 + 10 * architecture.filter((operation) => operation === 3).length,
    // What differs from run to run must not reach the pack.
    seconds: performance.now(),
    proxies: { synflow: skill * 1e6 + dice.uniform(), naswot: 100 + skill },
  };
}

/** A recipe for the fake trainings. */
export function fakeRecipe(changes: Partial<Recipe> = {}): Recipe {
  return {
    name: "fake/cells",
    title: "Made-up trainings",
    description: "made up",
    space: "nasbench201",
    dataset: "hard-digits",
    settings: { epochs: 3, batch: 32 },
    seeds: [1, 2],
    losses: "each-seed",
    source: "made up",
    licence: "none",
    notes: ["made-up numbers"],
    ...changes,
  };
}
