import { z } from "zod";
import { encode } from "../../encoding/index.js";
import type { Matrix } from "../../kernels/matrix.js";
import { largest } from "../../kernels/topK.js";
import type { Generator } from "../../random/index.js";
import type { Architecture } from "../../space/contract.js";
import { type CodeBook, codeBookStateSchema, createCodeBook } from "../codeBook.js";
import type { Recommendation, Strategy, StrategyContext, StrategyState } from "../contract.js";
import type { defaultOptions } from "../defaultOptions.js";
import { createExplanations, explanationsStateSchema } from "../explanations.js";
import { createHistory, historyStateSchema } from "../history.js";
import { createObjectiveValues, objectiveValuesStateSchema } from "../objectiveValues.js";
import { readState } from "../state.js";
import { createTurns } from "../turns.js";
import { admit, proposeAtRandom } from "../unseen.js";
import { believe } from "./believer.js";
import {
  createKnownScores,
  type Finalists,
  finalistsOfSample,
  finalistsOfSpace,
  type Improvement,
  type KnownScores,
  scoreOf,
} from "./candidates.js";
import { drawStrata } from "./costStart.js";
import { farthestFirst } from "./farthest.js";
import { type Belief, believeWithCodes } from "./fineModel.js";
import { chooseForFront } from "./frontChoice.js";
import { type FittedFront, FrontModel } from "./frontModel.js";
import { type FittedModel, HistoryModel } from "./model.js";
import { probabilityBest } from "./probabilityBest.js";
import { stackRows } from "./stackRows.js";

const stateSchema = z.strictObject({
  history: historyStateSchema,
  explanations: explanationsStateSchema,
  codes: codeBookStateSchema.optional(),
  values: objectiveValuesStateSchema.optional(),
});

/**
 * How much of what the model cannot explain of a label belongs to the architecture itself; the rest is noise of its training. With
 * single trainings nothing in the labels tells the two apart.
 */
const OWN_SHARE = 0.5;
/** How many members of a stratum are compared at the start. */
const COMPARED = 30;
/**
 * How many pending trials are believed at most, the most promising of them: what is chosen next resembles those, and the others would
 * hardly change its variance. All of them, with a thousand workers, would take seconds at each suggestion.
 */
const MOST_BELIEVED = 100;
/** How many of the evaluated are compared for a recommendation. */
const CONTENDERS = 50;

/** The strategy `default`; see `default.ts`. */
export function createDefaultSearch(
  { catalogue, features, generator, pool: threads, estimation, objectives }: StrategyContext,
  options: ReturnType<typeof defaultOptions.parse>,
  stored?: StrategyState,
): Strategy {
  const { space } = catalogue;
  const state = readState("default", stateSchema, stored);
  const history = createHistory(catalogue, state?.history);
  const explanations = createExplanations(catalogue, state?.explanations);
  const values = objectives && createObjectiveValues(catalogue, objectives, state?.values);
  const model = new HistoryModel(history, features, options);
  const frontModel = values && new FrontModel(history, values, features, options, generator.split("costs"));
  const codes: CodeBook | undefined =
    options.codes && estimation !== undefined ? createCodeBook(catalogue, estimation, state?.codes) : undefined;
  /** Proposed in a call that failed later: a code may be a training. */
  let owed: number[] = [];
  let known: { readonly fitted: FittedModel; readonly scores: KnownScores } | undefined;
  const inTurn = createTurns();

  async function suggest(count: number): Promise<number[]> {
    owed = owed.filter((architecture) => history.label(architecture) === undefined);
    if (owed.length >= count) return owed.splice(0, count);
    const proposed = await propose(count - owed.length);
    return [...owed.splice(0), ...proposed];
  }

  async function propose(count: number): Promise<number[]> {
    if (BigInt(history.size) >= space.size) return [];
    const iteration = generator.split("iteration").split(history.size);
    const isFirst = history.size === 0;
    const initial = isFirst ? count : Math.min(count, Math.max(0, options.init - history.size));
    const { init, cheapest } = options;
    const begun = begin(initial, isFirst ? Math.max(init, count) : init, cheapest, iteration.split("start"));
    if (begun.length === count) return begun;
    const fitted = (frontModel ?? model).fit();
    const more = count - begun.length;
    let chosen: number[];
    try {
      // While nothing has succeeded there is nothing to learn from, and what can succeed may be cheap.
      chosen =
        fitted === undefined ? begin(more, init, 0, iteration.split("again")) : await choose(fitted, more, iteration);
    } catch (error) {
      owed.push(...begun);
      throw error;
    }
    const others = proposeAtRandom(history, more - chosen.length, generator.split("draw"));
    for (const architecture of others) explanations.note(architecture, { reason: "random" });
    return [...begun, ...chosen, ...others];
  }

  /** The start: from each stratum in turn, the most expensive first, what is least like all that is known. */
  function begin(count: number, strata: number, cheapest: number, drawing: Generator): number[] {
    const begun: number[] = [];
    if (count === 0) return begun;
    const parts = options.start === "cost" ? drawStrata(space, strata, cheapest, drawing) : [];
    while (begun.length < count) {
      const stratum = parts[strata - 1 - (history.size % strata)] ?? [];
      const found = leastKnown(stratum.slice(0, COMPARED)) ?? proposeAtRandom(history, 1, generator.split("draw"))[0];
      if (found === undefined) break;
      history.propose(found);
      explanations.note(found, { reason: "start" });
      begun.push(found);
    }
    return begun;
  }

  function leastKnown(members: readonly Architecture[]): number | undefined {
    if (members.length === 0) return undefined;
    const known = Array.from({ length: history.size }, (_, position) => history.at(position));
    for (const row of farthestFirst(features.of("views", known), encode(space, "views", members))) {
      const found = admit(history, members[row]);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  async function choose(fitted: FittedModel | FittedFront, count: number, iteration: Generator): Promise<number[]> {
    return "cells" in fitted ? chooseFront(fitted, count, iteration) : chooseBest(fitted, count, iteration);
  }

  async function chooseFront(fitted: FittedFront, count: number, iteration: Generator): Promise<number[]> {
    const given = { history, values: values!, features, threads, pending: pendingArchitectures(), options };
    const chosen = await chooseForFront(fitted, given, count, iteration);
    // A result that nobody asked for may have come while threads computed.
    const fresh = chosen.filter(({ architecture }) => !history.has(architecture));
    for (const { architecture, explanation } of fresh) {
      history.propose(architecture);
      explanations.note(architecture, explanation);
    }
    return fresh.map(({ architecture }) => architecture);
  }

  async function chooseBest(fitted: FittedModel, count: number, iteration: Generator): Promise<number[]> {
    const { process, means, feasibility } = fitted;
    const best = means.reduce((most, mean) => Math.max(most, mean), Number.NEGATIVE_INFINITY);
    const noise = options.noise ? process.noise : 0;
    const { pool, rows } = await findFinalists(fitted, { best, noise, feasibility }, count, iteration);
    const pending = mostPromisingPending(fitted, { best, noise, feasibility });
    const seen = features.of("views", pending);
    const compared = codes === undefined ? rows : rows.subarray(0, Math.max(options.fine, count));
    const candidates = stackRows(seen, pool.features, compared);
    const belief =
      codes === undefined
        ? believeCoarse(fitted, best, candidates)
        : await believeWithCodes(fitted, features, codes, [...pending, ...Array.from(compared, pool.idOf)], candidates);
    const { among } = belief;
    const chosen = believe(
      {
        mean: among.mean,
        variance: among.variance,
        covarianceWith: (place) => among.covarianceWith(place),
      },
      {
        count,
        best: belief.best,
        noise: belief.noise,
        improvementNoise: options.noise ? belief.noise : 0,
        pending: pending.length,
        believes: options.believer,
        logChances: feasibility?.logChances(candidates),
      },
    );
    return chosen.flatMap(({ place, variance }) => {
      const architecture = pool.idOf(compared[place - pending.length]);
      // A result that nobody asked for may have come while codes were made.
      if (history.has(architecture)) return [];
      const mean = among.mean[place];
      history.propose(architecture);
      explanations.note(architecture, {
        reason: mean >= belief.best ? "exploit" : "explore",
        predicted: fitted.labelOf(mean, variance + belief.noise),
      });
      return [architecture];
    });
  }

  async function findFinalists(
    fitted: FittedModel,
    improvement: Improvement,
    count: number,
    iteration: Generator,
  ): Promise<Finalists> {
    const { process } = fitted;
    // A batch larger than the finalists would be filled up at random.
    const sizes = { ...options, finalists: Math.max(options.finalists, count) };
    return space.enumeration === undefined
      ? finalistsOfSample(process, history, improvement, sizes, iteration.split("pool"))
      : finalistsOfSpace(
          process,
          history,
          features,
          improvement,
          { ...sizes, threads },
          iteration.split("ties"),
          knownScoresOf(fitted),
        );
  }

  function knownScoresOf(fitted: FittedModel): KnownScores {
    if (known?.fitted !== fitted) known = { fitted, scores: createKnownScores(features.all("views").rows) };
    return known.scores;
  }

  /** What is being evaluated now, in the order of suggestion. */
  function mostPromisingPending({ process }: FittedModel, improvement: Improvement): number[] {
    const pending = pendingArchitectures();
    if (pending.length <= MOST_BELIEVED) return pending;
    const { mean, variance } = process.predict(features.of("views", pending));
    const scores = mean.map((value, i) => scoreOf(value, variance[i], improvement));
    return Array.from(largest(scores, MOST_BELIEVED).sort(), (i) => pending[i]);
  }

  function pendingArchitectures(): number[] {
    const pending: number[] = [];
    for (let position = 0; position < history.size; position++) {
      const id = history.at(position);
      if (history.label(id) === undefined) pending.push(id);
    }
    return pending;
  }

  /** By posterior mean among the evaluated, half of what the model cannot explain taken for real. */
  function recommend(): Recommendation | undefined {
    // Of several objectives the front is the answer, not one of its members.
    if (values !== undefined) return undefined;
    const fitted = model.fit();
    if (fitted === undefined) return undefined;
    const { process, evaluated, means, targets } = fitted;
    const believed = means.map((mean, i) => mean + OWN_SHARE * (targets[i] - mean));
    const compared = largest(believed, CONTENDERS);
    const rows = features.of(
      "views",
      Array.from(compared, (i) => evaluated[i]),
    );
    const { covariance } = process.joint(
      rows,
      compared.map((_, place) => place),
    );
    const own = OWN_SHARE * (1 - OWN_SHARE) * process.noise;
    for (let i = 0; i < rows.rows; i++) covariance[i * rows.rows + i] += own;
    const mean = Float64Array.from(compared, (i) => believed[i]);
    return {
      architecture: evaluated[compared[0]],
      predicted: fitted.labelOf(mean[0], covariance[0]),
      probabilityBest: probabilityBest(mean, covariance, 0, generator.split("recommend").split(history.size)),
    };
  }

  return {
    suggest: (count) => inTurn(() => suggest(count)),
    observe: (observations) => history.observe(values?.take(observations) ?? observations),
    explain: (architecture) => explanations.of(architecture),
    recommend: () => inTurn(async () => recommend()),
    state: () => ({
      history: history.state(),
      explanations: explanations.state(),
      ...(codes === undefined ? {} : { codes: codes.state() }),
      ...(values === undefined ? {} : { values: values.state() }),
    }),
  };
}

/** What the model of the views says of all these rows. */
function believeCoarse({ process }: FittedModel, best: number, rows: Matrix): Belief {
  const all = Array.from({ length: rows.rows }, (_, i) => i);
  return { among: process.among(rows, all), best, noise: process.noise };
}
