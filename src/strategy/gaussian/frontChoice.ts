import type { WorkerPool } from "../../kernels/pool.js";
import type { Generator } from "../../random/index.js";
import type { Explanation, FeatureSource } from "../contract.js";
import type { History } from "../history.js";
import type { ObjectiveValues } from "../objectiveValues.js";
import { type CandidateOptions, judgeSample, judgeSpace } from "./candidates.js";
import { believeInFront, type OtherBelief } from "./frontBeliever.js";
import { hypervolumeJudge } from "./frontCandidates.js";
import type { FittedFront } from "./frontModel.js";
import { ENCODING } from "./model.js";
import { stackRows } from "./stackRows.js";

/** What a batch for a front is chosen with. */
export interface FrontChoice {
  readonly history: History;
  readonly values: ObjectiveValues;
  readonly features: FeatureSource;
  readonly threads: WorkerPool | undefined;
  /** What is being evaluated now. */
  readonly pending: readonly number[];
  readonly options: CandidateOptions & { readonly noise: boolean; readonly believer: boolean; readonly twins: boolean };
}

/** A chosen architecture, which is not yet proposed, and why. */
export interface ChosenArchitecture {
  readonly architecture: number;
  readonly explanation: Explanation;
}

/** A batch that is expected to add most to the hypervolume of the front. */
export async function chooseForFront(
  fitted: FittedFront,
  { history, values, features, threads, pending, options }: FrontChoice,
  count: number,
  iteration: Generator,
): Promise<ChosenArchitecture[]> {
  const { label, others, points, reference } = fitted;
  const { process, feasibility } = label;
  const improvementNoise = options.noise ? process.noise : 0;
  const judge = hypervolumeJudge(fitted, history, values, improvementNoise, options.twins);
  // A batch larger than the finalists would be filled up at random.
  const sizes = { ...options, finalists: Math.max(options.finalists, count) };
  const { pool, rows, candidateOf } =
    history.catalogue.space.enumeration === undefined
      ? judgeSample(judge, history, sizes, iteration.split("pool"))
      : await judgeSpace(judge, history, features, { ...sizes, threads }, iteration.split("ties"));
  const candidates = stackRows(features.of(ENCODING, pending), pool.features, rows);
  // Only what is chosen gets a number.
  const stacked = [...pending, ...Array.from(rows, candidateOf)];
  const all = Array.from(stacked.keys());
  const among = process.among(candidates, all);
  const chosen = believeInFront(
    among,
    others.map(({ model, coordinate }, i): OtherBelief => {
      if (model !== undefined) return { belief: model.process.among(candidates, all), noise: model.process.noise };
      return {
        known: Float64Array.from(stacked, (one) => coordinate(values.known(one, i + 1) as number)),
      };
    }),
    {
      count,
      points,
      reference,
      noise: process.noise,
      improvementNoise,
      pending: pending.length,
      believes: options.believer,
      logChances: feasibility?.logChances(candidates),
    },
  );
  return chosen.map(({ place, variance, joins }) => ({
    architecture: pool.idOf(rows[place - pending.length]),
    explanation: {
      reason: joins ? "exploit" : "explore",
      predicted: label.labelOf(among.mean[place], variance + process.noise),
    },
  }));
}
