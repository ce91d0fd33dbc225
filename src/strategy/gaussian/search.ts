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
import { believe, type JointOpinion } from "./believer.js";
import {
  createKnownScores,
  type Expectation,
  type Finalists,
  finalistsOfSample,
  finalistsOfSpace,
  type KnownScores,
  scoresOf,
} from "./candidates.js";
import { drawStrata } from "./costStart.js";
import { farthestFirst } from "./farthest.js";
import { believeWithCodes } from "./fineModel.js";
import { chooseForFront } from "./frontChoice.js";
import { type FittedFront, FrontModel } from "./frontModel.js";
import { type FittedMixture, MixtureModel } from "./mixture.js";
import { ENCODING } from "./model.js";
import { recommendFrom } from "./recommend.js";
import { stackRows } from "./stackRows.js";

const stateSchema = z.strictObject({
  history: historyStateSchema,
  explanations: explanationsStateSchema,
  codes: codeBookStateSchema.optional(),
  values: objectiveValuesStateSchema.optional(),
});

/** How many members of a stratum are compared at the start. */
const COMPARED = 30;
/**
 * How many pending trials are believed at most, the most promising of them: what is chosen next resembles those, and the others would
 * hardly change its variance. All of them, with a thousand workers, would take seconds at each suggestion.
 */
const MOST_BELIEVED = 100;

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
  const model = new MixtureModel(history, features, options);
  const frontModel =
    values &&
    new FrontModel(
      history,
      values,
      features,
      { ...options, without: [options.without, "written"] },
      generator.split("costs"),
    );
  const codes: CodeBook | undefined =
    options.codes && estimation !== undefined ? createCodeBook(catalogue, estimation, state?.codes) : undefined;
  /** Proposed in a call that failed later: a code may be a training. */
  let owed: number[] = [];
  let known: { readonly fitted: FittedMixture; readonly scores: KnownScores } | undefined;
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
      // While nothing has succeeded there is nothing to learn from. Once something has failed, what can succeed may be cheap.
      chosen =
        fitted === undefined
          ? begin(more, init, hasFailures() ? 0 : cheapest, iteration.split("again"))
          : await choose(fitted, more, iteration);
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

  async function choose(fitted: FittedMixture | FittedFront, count: number, iteration: Generator): Promise<number[]> {
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

  async function chooseBest(fitted: FittedMixture, count: number, iteration: Generator): Promise<number[]> {
    const { feasibility } = fitted;
    const expectation = expectationOf(fitted);
    const { pool, rows } = await findFinalists(fitted, expectation, count, iteration);
    const pending = mostPromisingPending(expectation);
    const seen = features.of(ENCODING, pending);
    const compared = codes === undefined ? rows : rows.subarray(0, Math.max(options.fine, count));
    const candidates = stackRows(seen, pool.features, compared);
    const opinions =
      codes === undefined
        ? opinionsOf(expectation, candidates)
        : await opinionsWithCodes(fitted, codes, [...pending, ...Array.from(compared, pool.idOf)], candidates);
    const chosen = believe(opinions, {
      count,
      pending: pending.length,
      believes: options.believer,
      logChances: feasibility?.logChances(candidates),
    });
    const noise = opinions.reduce((sum, opinion) => sum + opinion.weight * opinion.noise, 0);
    return chosen.flatMap(({ place, mean, variance, exceeds }) => {
      const architecture = pool.idOf(compared[place - pending.length]);
      // A result that nobody asked for may have come while codes were made.
      if (history.has(architecture)) return [];
      history.propose(architecture);
      explanations.note(architecture, {
        reason: exceeds ? "exploit" : "explore",
        predicted: fitted.labelOf(mean, variance + noise),
      });
      return [architecture];
    });
  }

  /** What each model compares its predictions with. */
  function expectationOf({ members, feasibility }: FittedMixture): Expectation {
    const opinions = members.map(({ fitted: { process }, weight, best }) => ({
      process,
      weight,
      best,
      improvementNoise: options.noise ? process.noise : 0,
    }));
    return { opinions, tellsTwins: options.twins || members.some((member) => member.tellsTwins), feasibility };
  }

  /** What a model that also sees codes thinks: it sees what the most probable model sees. */
  async function opinionsWithCodes(
    { members }: FittedMixture,
    codes: CodeBook,
    others: readonly number[],
    rows: Matrix,
  ): Promise<JointOpinion[]> {
    const { among, best, noise } = await believeWithCodes(members[0].fitted, features, codes, others, rows);
    return [{ belief: among, weight: 1, best, noise, improvementNoise: options.noise ? noise : 0 }];
  }

  async function findFinalists(
    fitted: FittedMixture,
    expectation: Expectation,
    count: number,
    iteration: Generator,
  ): Promise<Finalists> {
    // A batch larger than the finalists would be filled up at random.
    const sizes = { ...options, finalists: Math.max(options.finalists, count) };
    return space.enumeration === undefined
      ? finalistsOfSample(expectation, history, sizes, iteration.split("pool"))
      : finalistsOfSpace(
          expectation,
          history,
          features,
          { ...sizes, threads },
          iteration.split("ties"),
          knownScoresOf(fitted),
        );
  }

  function knownScoresOf(fitted: FittedMixture): KnownScores {
    if (known?.fitted !== fitted) known = { fitted, scores: createKnownScores(features.all(ENCODING).rows) };
    return known.scores;
  }

  /** What is being evaluated now, in the order of suggestion. */
  function mostPromisingPending(expectation: Expectation): number[] {
    const pending = pendingArchitectures();
    if (pending.length <= MOST_BELIEVED) return pending;
    const scores = scoresOf(expectation, features.of(ENCODING, pending));
    return Array.from(largest(scores, MOST_BELIEVED).sort(), (i) => pending[i]);
  }

  function hasFailures(): boolean {
    for (let position = 0; position < history.size; position++) {
      if (Number.isNaN(history.label(history.at(position)))) return true;
    }
    return false;
  }

  function pendingArchitectures(): number[] {
    const pending: number[] = [];
    for (let position = 0; position < history.size; position++) {
      const id = history.at(position);
      if (history.label(id) === undefined) pending.push(id);
    }
    return pending;
  }

  function recommend(): Recommendation | undefined {
    // Of several objectives the front is the answer, not one of its members.
    const fitted = values === undefined ? model.fit() : undefined;
    return fitted && recommendFrom(fitted, features, generator.split("recommend").split(history.size));
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

/** What the models of the views think of all these rows. */
function opinionsOf({ opinions }: Expectation, rows: Matrix): JointOpinion[] {
  const all = Array.from({ length: rows.rows }, (_, i) => i);
  return opinions.map((opinion) => ({
    ...opinion,
    belief: opinion.process.among(rows, all),
    noise: opinion.process.noise,
  }));
}
