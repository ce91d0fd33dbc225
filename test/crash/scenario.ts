import type { EvaluationRequest, EvaluationResult, Evaluator } from "../../src/evaluator/contract.js";
import { createGenerator, type Generator } from "../../src/random/index.js";
import { type ChoiceSpace, createChoiceSpace } from "../../src/space/choice/index.js";
import type { Study } from "../../src/study/study.js";
import type { Trial } from "../../src/study/trial.js";

/** A search that is killed again and again. Everything follows from its number. */
export interface Scenario {
  readonly name: string;
  readonly space: "listed" | "sampled";
  readonly strategy: string;
  readonly seed: number;
  readonly budget: number;
  readonly batch: number;
  readonly parallel: number;
  /** Only where one evaluation runs at a time: with several, the order of arrival decides. */
  readonly asynchronous: boolean;
  readonly retries: number;
  readonly hopelessAfter: number;
  /** Share of the attempts that fail. */
  readonly failures: number;
  /** Earlier evaluations that the strategy begins with. */
  readonly warmStart: number;
}

const strategies: readonly (readonly [spec: string, budget: number])[] = [
  ["random", 60],
  ["regularized-evolution:population=6,tournament=2", 60],
  ["local-search:init=4", 60],
  ["local-search:init=3,fullNeighbourhood=true", 60],
  ["weaknas:predictor=gradient-boosting(rounds=5,depth=3),init=6,sample=40,mutations=40", 40],
  ["weaknas:predictor=ensemble(member=ridge,size=2),acquisition=thompson,init=5,sample=40,mutations=40", 40],
  ["neural-predictor:predictor=ridge,samples=8,evaluate=4,sample=30,mutations=30", 40],
  ["siamese-nas:predictor=ridge,samples=7,bts=false,evaluate=4,sample=30,mutations=30", 40],
  ["default:init=6,sample=40,mutations=40,rounds=1,finalists=20", 30],
];

/** Scenario number `number`. */
export function scenarioOf(number: number): Scenario {
  const dice = createGenerator("crash").split(number);
  const [strategy, budget] = strategies[number % strategies.length];
  // Sometimes nothing ever succeeds. What has ended when a run gives up is certain only where one evaluation runs at a time.
  const isHopeless = number % 19 === 18;
  const parallel = isHopeless ? 1 : 1 + dice.split("parallel").integer(3);
  const failing = dice.split("failing").integer(3);
  return {
    name: `study ${number}`,
    space: dice.split("space").integer(2) === 0 ? "listed" : "sampled",
    strategy,
    seed: number,
    budget: budget + dice.split("budget").integer(10),
    batch: 1 + dice.split("batch").integer(7),
    parallel,
    asynchronous: parallel === 1 && dice.split("asynchronous").integer(2) === 0,
    retries: dice.split("retries").integer(3),
    ...(isHopeless ? { failures: 1, hopelessAfter: 12 } : { failures: failing * 0.15, hopelessAfter: 1000 }),
    warmStart: dice.split("warm").integer(3) === 0 ? 5 : 0,
  };
}

/** A space of 1,024 architectures, or one of 6^14 that is too large to be listed. */
export function spaceOf({ space }: Scenario): ChoiceSpace {
  const [parameters, levels] = space === "listed" ? [5, 4] : [14, 6];
  return createChoiceSpace({
    name: space,
    parameters: Object.fromEntries(
      Array.from({ length: parameters }, (_, i) => [`p${i}`, Array.from({ length: levels }, (_, level) => level)]),
    ),
  });
}

/** What an attempt at a trial gives: all kinds of results, decided by the architecture, the seed and the attempt. */
export function resultOf(
  scenario: Scenario,
  { space, architecture, seed, attempt }: EvaluationRequest,
): EvaluationResult {
  const text = space.format(architecture);
  const dice = createGenerator(`${text} ${seed} ${attempt}`);
  const curves = { loss: Array.from({ length: 3 }, () => dice.uniform()), ragged: [Number.NaN, -0] };
  if (dice.split("fails").uniform() < scenario.failures) {
    const kinds: readonly EvaluationResult[] = [
      { label: Number.NaN },
      { label: Number.POSITIVE_INFINITY, metrics: { half: 0.5 } },
      { label: Number.NaN, failure: `exit code 1: 'ä' "x" \0 \uD800`, log: `logs/${attempt}.txt`, curves },
      { label: Number.NaN, failure: "stopped", isFinal: true },
    ];
    return kinds[dice.split("kind").integer(kinds.length)];
  }
  const label = labelOf(architecture, dice);
  return dice.split("plain").integer(3) === 0
    ? { label }
    : { label, metrics: { test: label / 3, infinite: Number.NEGATIVE_INFINITY, zero: -0 }, curves, log: "logs/x.txt" };
}

function labelOf(architecture: ArrayLike<number>, dice: Generator): number {
  let sum = 0;
  for (let gene = 0; gene < architecture.length; gene++) sum += architecture[gene] * (gene % 2 === 0 ? 1 : -0.5);
  return sum + Math.round(dice.split("noise").uniform() * 4) / 10;
}

/** Evaluates as the scenario says, sometimes slowly. */
export function createScenarioEvaluator(scenario: Scenario, isSlow: boolean): Evaluator {
  return {
    name: "scenario",
    async evaluate(request) {
      const pause = createGenerator(`${request.trial} ${scenario.seed}`).integer(6);
      if (isSlow && pause > 2) await new Promise((resolve) => setTimeout(resolve, pause));
      const result = resultOf(scenario, request);
      if (result.failure === "stopped") throw new Error("thrown");
      return result;
    },
  };
}

/** A trial as any run must give it. Catalogue numbers of a sampled space and times do not outlive a process. */
export function comparable(study: Study, trial: Trial): string {
  const { space } = study.catalogue;
  const { seconds: _, architecture, ...rest } = trial;
  const whole = { ...rest, architecture: space.format(study.catalogue.at(architecture)) };
  return JSON.stringify(whole, (__, value: unknown) => {
    if (typeof value === "number" && !Number.isFinite(value)) return `${value}`;
    if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
    return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}
