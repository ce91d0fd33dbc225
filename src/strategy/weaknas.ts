import { z } from "zod";
import { type AcquisitionDefinition, acquisitions, createAcquisition, requireFit } from "../acquisition/index.js";
import { bindEncoding, misfitOf } from "../encoding/index.js";
import { summary } from "../encoding/summary.js";
import { readOptions } from "../options.js";
import type { PredictorDefinition } from "../predictor/contract.js";
import { createPredictor, encodingFor, predictors } from "../predictor/index.js";
import type { Generator } from "../random/index.js";
import { resolve } from "../registry.js";
import type { SearchSpace } from "../space/contract.js";
import type { StrategyContext, StrategyDefinition } from "./contract.js";
import { writePrediction } from "./explanations.js";
import { functionPool } from "./functionPool.js";
import { createHistory, historyStateSchema } from "./history.js";
import { keepObservations } from "./keep.js";
import { predictedLabel, standardise, statisticsOf } from "./labelScale.js";
import { type CandidatePool, poolToRecommendFrom, sampledPool, wholeSpacePool } from "./pool.js";
import { isFullNasBench101 } from "./publishedScale.js";
import { releasedImprovement, releasedPredictor, requireLabelStatistics } from "./released.js";
import { readState } from "./state.js";
import { topAt } from "./topSchedule.js";
import { createTurns } from "./turns.js";
import { proposeAtRandom } from "./unseen.js";
import { settle, weaknasOptions } from "./weaknasOptions.js";

const stateSchema = z.strictObject({ history: historyStateSchema });

/**
 * WeakNAS (Wu et al. 2021): weak predictors that evolve together with the sampling.
 *
 *     evaluate `init` architectures drawn uniformly
 *     repeat
 *       fit a new predictor to all labels so far
 *       rank the whole space (or a pool of candidates) by its predictions
 *       evaluate M architectures drawn uniformly from the unseen among the N best
 */
export const weaknasDefinition: StrategyDefinition = {
  name: "weaknas",
  description: "Weak predictors that evolve together with the sampling: fit, rank, draw from the N best, repeat",
  source: "Wu et al., Stronger NAS with Weaker Predictors, NeurIPS 2021",
  options: weaknasOptions,
  batch: (values) => readOptions("strategy weaknas", weaknasOptions, values).batch,
  create(context, values, state) {
    const { catalogue, features, generator } = context;
    const { space } = catalogue;
    const options = settle(readOptions("strategy weaknas", weaknasOptions, values));
    const init = options.init === "auto" ? (isFullNasBench101(space) ? 100 : 10) : options.init;
    const parts = assemble(space, context, options);
    const wholeSpace = options.released ? requireLabelStatistics(context) : undefined;
    const history = createHistory(catalogue, readState("weaknas", stateSchema, state)?.history);
    const inTurn = createTurns();

    async function suggest(count: number): Promise<number[]> {
      if (BigInt(history.size) >= space.size) return [];
      const initial = Math.min(count, Math.max(0, init - history.size));
      const iteration = generator.split("iteration").split(history.size);
      const ranking = initial < count ? await rank(iteration) : undefined;

      const first = proposeAtRandom(history, initial, generator.split("draw"));
      const chosen = ranking === undefined ? [] : choose(ranking, count - first.length, iteration);
      // Nothing to learn from yet, or a pool smaller than the batch.
      const missing = count - first.length - chosen.length;
      return [...first, ...chosen, ...proposeAtRandom(history, missing, generator.split("draw"))];
    }

    /** Fits a new predictor and ranks the pool; undefined while there is no label. */
    async function rank(iteration: Generator, chooseFrom = candidates) {
      const kept = keepObservations(history.results(), options.keep, options.keepCount);
      if (kept.length === 0) return undefined;
      const statistics = wholeSpace ?? statisticsOf(kept);
      const labels = standardise(
        kept.map(({ label }) => label),
        statistics,
      );
      const [best] = standardise([history.best], statistics);
      const rows = features.of(
        parts.encoding,
        kept.map(({ architecture }) => architecture),
      );
      await parts.predictor.fit(rows, labels, iteration.split("fit"));
      const pool = chooseFrom(iteration);
      return { pool, labels, best, statistics, prediction: await parts.predictor.predict(pool.features) };
    }

    function candidates(iteration: Generator): CandidatePool {
      if (space.enumeration === undefined)
        return sampledPool(history, parts.encoding, options, iteration.split("pool"));
      return options.byFunction
        ? functionPool(history, features, parts.encoding, iteration.split("pool"))
        : wholeSpacePool(history, features, parts.encoding);
    }

    function everything(iteration: Generator): CandidatePool {
      return space.enumeration === undefined
        ? poolToRecommendFrom(history, features, parts.encoding, candidates(iteration))
        : wholeSpacePool(history, features, parts.encoding);
    }

    /** Chooses from the ranking, and notes the choice as pending. */
    function choose(
      { pool, labels, best, prediction }: NonNullable<Awaited<ReturnType<typeof rank>>>,
      count: number,
      iteration: Generator,
    ): number[] {
      const published = options.released && parts.acquisition.name === "expected-improvement";
      const chosen = parts.createAcquisition(topAt(options, history.size - init)).select({
        prediction,
        best,
        ...(published ? releasedImprovement(prediction, labels) : {}),
        eligible: pool.eligible(),
        count,
        generator: iteration.split("select"),
      });
      const suggested = Array.from(chosen, pool.idOf);
      for (const architecture of suggested) history.propose(architecture);
      return suggested;
    }

    return {
      suggest: (count) => inTurn(() => suggest(count)),
      observe: (observations) => history.observe(observations),
      state: () => ({ history: history.state() }),
      recommend: () =>
        inTurn(async () => {
          const ranking = await rank(generator.split("recommend").split(history.size), everything);
          if (ranking === undefined) return undefined;
          const { pool, prediction, statistics } = ranking;
          const { mean } = prediction;
          const best = mean.reduce((leader, value, row) => (value > mean[leader] ? row : leader), 0);
          return {
            architecture: pool.idOf(best),
            ...writePrediction(predictedLabel(prediction, best, statistics)),
          };
        }),
    };
  },
};

/** Finds predictor, encoding and acquisition by name. Throws AssayError where they do not fit each other or the space. */
function assemble(
  space: SearchSpace,
  { pool }: StrategyContext,
  options: { predictor: string; encoding: string; acquisition: string; published: boolean; released: boolean },
) {
  const predictor = resolve<PredictorDefinition>("predictor", predictors, options.predictor);
  const acquisition = resolve<AcquisitionDefinition>("acquisition", acquisitions, options.acquisition);
  requireFit(acquisition.definition, predictor.definition);
  const spec = options.released ? releasedPredictor(predictor.definition, predictor.spec) : predictor.spec;
  const encoding =
    options.encoding === "auto" ? chooseEncoding(space, predictor.definition, options.published) : options.encoding;
  // A misfit must show now, not in the first iteration.
  bindEncoding(space, encoding);
  return {
    encoding,
    acquisition: acquisition.definition,
    predictor: createPredictor(spec, pool === undefined ? {} : { pool }),
    /** N is the strategy's affair, unless the acquisition was given its own. */
    createAcquisition: (top: number) =>
      acquisition.definition.name === "top" && !("best" in acquisition.spec.options)
        ? createAcquisition({ name: "top", options: { best: top } })
        : acquisition.definition.create(acquisition.options),
  };
}

/** The encoding where none is named. Throws AssayError where the predictor reads none that fits the space. */
function chooseEncoding(space: SearchSpace, definition: PredictorDefinition, published: boolean): string {
  const readsSummary = definition.encodings.includes(summary.name) && misfitOf(space, summary.name) === undefined;
  return readsSummary && !published ? summary.name : encodingFor(space, definition);
}
