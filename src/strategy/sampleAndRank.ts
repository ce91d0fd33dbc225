import { z } from "zod";
import {
  createPredictor,
  encodingFor,
  type PredictorDefinition,
  predictors,
  readsCodes,
  startTraining,
  type TrainingSession,
  type TrainingStage,
} from "../predictor/index.js";
import type { Generator } from "../random/index.js";
import { resolve } from "../registry.js";
import { type CodeBook, codeBookStateSchema, createCodeBook } from "./codeBook.js";
import type { Observation, Recommendation, Strategy, StrategyContext, StrategyState } from "./contract.js";
import { createHistory, type History, historyStateSchema } from "./history.js";
import { type CandidatePool, poolToRecommendFrom, type SamplingSizes, sampledPool, wholeSpacePool } from "./pool.js";
import { type Model, rankCandidates } from "./rankCandidates.js";
import { readState } from "./state.js";
import { restoreArchitecture, storeArchitecture, storedArchitectureSchema } from "./storedArchitecture.js";
import { createTurns } from "./turns.js";
import { proposeAtRandom } from "./unseen.js";

/** What a choice among candidates has at hand. */
export interface Choice {
  readonly step: number;
  readonly model: Model;
  readonly history: History;
  /** How many to choose. */
  readonly count: number;
  readonly generator: Generator;
  /** The whole space, or a fresh sample of one that cannot be listed. */
  wholePool(): CandidatePool;
  /** A pool with only these architectures of a space that can be listed. */
  partPool(architectures: readonly number[]): CandidatePool;
  /** Rows of a pool, best first; the best `fine` of them are ranked again with their estimation codes, if there are any. */
  rank(pool: CandidatePool, count: number, fine: number): Promise<number[]>;
}

/** How a strategy samples N architectures and then evaluates the K that it ranks best. */
export interface SamplingPlan {
  readonly name: string;
  /** A spec. */
  readonly predictor: string;
  /**
   * How many architectures must be known for each step, rising; the last is N. A step trains the predictor; all but the last choose
   * what is evaluated until the next. Up to the first, architectures are drawn uniformly.
   */
  readonly dueAt: readonly number[];
  /** K: evaluated after each ranking of the whole space. */
  readonly evaluate: number;
  /** How many of that ranking's best are ranked again with their estimation codes. */
  readonly fine: number;
  readonly sizes: SamplingSizes;
  /** The training of a step, with what was learnt before; absent: a predictor is fitted afresh. */
  readonly stages?: (step: number) => readonly TrainingStage[];
  /** Architectures (catalogue numbers) to evaluate after a step that is not the last. */
  readonly choose?: (choice: Choice) => Promise<readonly number[]>;
}

/** Where the codes of a fit or a ranking come from. */
type AskedCodes = Pick<CodeBook, "of"> | undefined;

const stateSchema = z.strictObject({
  history: historyStateSchema,
  /** For each step the places in the history of what it added to the training. */
  steps: z.array(z.array(z.int().min(0))),
  queue: z.array(storedArchitectureSchema),
  codes: codeBookStateSchema.optional(),
});

/**
 * The N+K protocol, in ask/tell form: N architectures are evaluated, drawn at random or chosen step by step while the predictor is
 * trained; then the space is ranked and the K best are evaluated. Beyond N+K, it fits a predictor to everything and evaluates the next K.
 *
 * Networks are not stored. A restored search repeats the trainings of its steps when it needs them: the state says which results each
 * had seen.
 */
export function sampleAndRank(context: StrategyContext, plan: SamplingPlan, given?: StrategyState): Strategy {
  const { catalogue, features, generator } = context;
  const { space } = catalogue;
  const threads = context.pool === undefined ? {} : { pool: context.pool };
  const { definition, spec } = resolve<PredictorDefinition>("predictor", predictors, plan.predictor);
  const encoding = encodingFor(space, definition);
  const state = readState(plan.name, stateSchema, given);
  const history = createHistory(catalogue, state?.history);
  const steps: (readonly number[])[] = state?.steps ?? [];
  let queue = (state?.queue ?? []).map((stored) => restoreArchitecture(catalogue, stored));
  const codes =
    context.estimation !== undefined && readsCodes(spec)
      ? createCodeBook(catalogue, context.estimation, state?.codes)
      : undefined;
  /** The training so far; undefined where its steps must be repeated. */
  let training = plan.stages === undefined ? undefined : { session: startTraining(spec, threads), done: 0 };
  /** Proposed in a call that failed later. */
  let owed: number[] = [];
  const inTurn = createTurns();

  async function suggest(count: number): Promise<number[]> {
    const suggested = owed.splice(0, count);
    const drawAtRandom = (most: number): number => {
      const drawn = proposeAtRandom(history, Math.min(most, count - suggested.length), generator.split("draw"));
      suggested.push(...drawn);
      return drawn.length;
    };
    try {
      while (suggested.length < count && BigInt(history.size) < space.size) {
        queue = queue.filter((id) => !history.has(id));
        const next = queue.shift();
        if (next !== undefined) {
          history.propose(next);
          suggested.push(next);
          continue;
        }
        const missing = (plan.dueAt[steps.length] ?? 0) - history.size;
        const canLearn = missing <= 0 && history.results().length > 0;
        if (canLearn && (await advance())) continue;
        // Not due yet, nothing to learn from, or no candidate that is not known.
        if (drawAtRandom(missing > 0 ? missing : count) === 0) break;
      }
    } catch (error) {
      owed = [...suggested, ...owed];
      training = undefined;
      throw error;
    }
    return suggested;
  }

  /** Trains and fills the queue; says whether that led anywhere. */
  async function advance(): Promise<boolean> {
    const step = steps.length;
    const last = plan.dueAt.length - 1;
    const rows = newResults();
    const stepping = generator.split("step").split(step <= last ? step : history.size);
    const isStaged = plan.stages !== undefined && step <= last;
    const model = isStaged ? await trainStep(step, rows) : await fitAfresh(stepping.split("fit"));
    const isFinal = step >= last;
    const count = isFinal ? plan.evaluate : Math.max(0, plan.dueAt[step + 1] - history.size);
    const choice = choiceOf(step, model, count, stepping);
    const chosen = count === 0 ? [] : isFinal ? await chooseBest(choice) : await plan.choose!(choice);
    if (step <= last) steps.push(rows);
    queue = [...chosen];
    return step <= last || queue.length > 0;
  }

  function choiceOf(step: number, model: Model, count: number, stepping: Generator): Choice {
    return {
      step,
      model,
      history,
      count,
      generator: stepping.split("choose"),
      wholePool: () => wholePool(stepping.split("pool")),
      partPool: (architectures) => partPool(architectures),
      rank: (pool, most, fine) =>
        rankCandidates(model, {
          ...{ pool, count: most, fine, codes },
          among: pool.eligible(),
          generator: stepping.split("lot"),
        }),
    };
  }

  async function chooseBest({ rank, wholePool: pool, count }: Choice): Promise<number[]> {
    const candidates = pool();
    return (await rank(candidates, count, plan.fine)).map(candidates.idOf);
  }

  function wholePool(drawing: Generator): CandidatePool {
    return space.enumeration === undefined
      ? sampledPool(history, encoding, plan.sizes, drawing)
      : wholeSpacePool(history, features, encoding);
  }

  function partPool(architectures: readonly number[]): CandidatePool {
    return {
      features: features.of(encoding, architectures),
      eligible: () => Int32Array.from(architectures.keys()).filter((row) => !history.has(architectures[row])),
      idOf: (row) => architectures[row],
    };
  }

  /** Places of the results that no step has learnt from. */
  function newResults(): number[] {
    const learnt = new Set(steps.flat());
    const found: number[] = [];
    for (let place = 0; place < history.size; place++) {
      const label = history.label(history.at(place));
      if (label !== undefined && !Number.isNaN(label) && !learnt.has(place)) found.push(place);
    }
    return found;
  }

  async function trainStep(step: number, rows: readonly number[]): Promise<Model> {
    training ??= { session: startTraining(spec, threads), done: 0 };
    const { session } = training;
    for (; training.done <= step; training.done++) {
      const added = training.done < step ? steps[training.done] : rows;
      await addRows(session, added);
      const fitting = generator.split("step").split(training.done).split("fit");
      for (const [i, stage] of plan.stages!(training.done).entries()) await session.train(stage, fitting.split(i));
    }
    return session;
  }

  async function addRows(session: TrainingSession, places: readonly number[]): Promise<void> {
    if (places.length === 0) return;
    const architectures = places.map((place) => history.at(place));
    const labels = Float64Array.from(architectures, (id) => history.label(id)!);
    session.add(features.of(encoding, architectures), labels, await extrasOf(architectures));
  }

  /** A new predictor with everything that is known. */
  async function fitAfresh(fitting: Generator, book: AskedCodes = codes): Promise<Model> {
    const results = history.results();
    const architectures = results.map(({ architecture }) => architecture);
    const labels = Float64Array.from(results, ({ label }) => label);
    const predictor = createPredictor(spec, threads);
    await predictor.fit(features.of(encoding, architectures), labels, fitting, await extrasOf(architectures, book));
    return predictor;
  }

  async function extrasOf(architectures: readonly number[], book: AskedCodes = codes) {
    return book === undefined ? undefined : { codes: await book.of(architectures) };
  }

  async function recommend(): Promise<Recommendation | undefined> {
    if (history.results().length === 0) return undefined;
    // A code may be a training: a recommendation makes do with those that there are.
    const book = codes && { of: async (architectures: readonly number[]) => codes.known(architectures) };
    const asking = generator.split("recommend").split(history.size);
    const model = await fitAfresh(asking.split("fit"), book);
    const candidates = wholePool(asking.split("pool"));
    const isListed = space.enumeration !== undefined;
    const pool = isListed ? candidates : poolToRecommendFrom(history, features, encoding, candidates);
    const among = Int32Array.from({ length: pool.features.rows }, (_, row) => row);
    const options = { pool, among, count: 1, fine: plan.fine, codes: book, generator: asking.split("lot") };
    const [best] = await rankCandidates(model, options);
    return best === undefined ? undefined : { architecture: pool.idOf(best) };
  }

  return {
    suggest: (count) => inTurn(() => suggest(count)),
    observe: (observations: readonly Observation[]) => history.observe(observations),
    recommend: () => inTurn(recommend),
    state: () => ({
      history: history.state(),
      steps: steps.map((places) => [...places]),
      queue: queue.map((id) => storeArchitecture(catalogue, id)),
      ...(codes === undefined ? {} : { codes: codes.state() }),
    }),
  };
}
