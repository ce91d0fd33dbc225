import { bestByLot } from "../acquisition/ranking.js";
import { takeRows } from "../kernels/matrix.js";
import { largest } from "../kernels/topK.js";
import type { Predictor } from "../predictor/contract.js";
import type { Generator } from "../random/index.js";
import type { CodeBook } from "./codeBook.js";
import type { CandidatePool } from "./pool.js";

/** What ranks: a fitted predictor or a training session. */
export type Model = Pick<Predictor, "predict">;

/** How candidates are ranked. */
export interface RankingOptions {
  readonly pool: CandidatePool;
  /** The rows that may be chosen. */
  readonly among: Int32Array;
  /** How many to give. */
  readonly count: number;
  /** How many of the best are ranked again with their estimation codes; nothing where there is no book. */
  readonly fine: number;
  readonly codes: Pick<CodeBook, "of"> | undefined;
  readonly generator: Generator;
}

/**
 * Ranks coarse, and the best of that again with their estimation codes, which are asked for these only (Siamese-NAS). Ties are
 * decided by lot at the border of those that come in.
 *
 * @returns rows of the pool, best first
 */
export async function rankCandidates(model: Model, options: RankingOptions): Promise<number[]> {
  const { pool, among, count, codes, generator } = options;
  const fine = codes === undefined ? 0 : options.fine;
  const { mean } = await model.predict(pool.features);
  const ranked = Array.from(bestByLot(mean, Math.max(count, fine), among, generator));
  if (codes === undefined || fine === 0) return ranked;
  const finalists = ranked.slice(0, fine);
  const again = await model.predict(takeRows(pool.features, finalists), {
    codes: await codes.of(finalists.map((row) => pool.idOf(row))),
  });
  const order = Array.from(largest(again.mean, finalists.length), (place) => finalists[place]);
  return [...order, ...ranked.slice(fine)].slice(0, count);
}
