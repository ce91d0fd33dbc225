import { gather } from "../../kernels/gather.js";
import type { Matrix } from "../../kernels/matrix.js";
import type { WorkerPool } from "../../kernels/pool.js";
import { largest } from "../../kernels/topK.js";
import { withoutRepeats } from "../../predictor/gaussian/distinctRows.js";
import { poolMeans } from "../../predictor/gaussian/poolMeans.js";
import type { GaussianProcess } from "../../predictor/gaussian/process.js";
import type { Generator } from "../../random/index.js";
import type { Architecture } from "../../space/contract.js";
import type { FeatureSource } from "../contract.js";
import type { History } from "../history.js";
import { bestEvaluated, type CandidatePool, createCandidateSample, wholeSpacePool } from "../pool.js";
import type { Feasibility } from "./feasibility.js";
import { ENCODING } from "./model.js";
import { addLogarithms, logShareOf, type Opinion } from "./opinion.js";
import { drawTwins, withoutTwins } from "./twins.js";

/** Of pools larger than this, the doubt is computed for so many rows with the best means only … */
const LARGE_POOL = 20_000;
const SHORTLIST = 10_000;
/** … and of any pool for so many that this many multiplications do (observations squared for each), but for no fewer than … */
const MULTIPLICATIONS = 1e9;
/** … these. All of so few are finalists: comparing them together takes no longer than finding the best of them one by one. */
const FEWEST = 500;
/** Farther than two means on the scale of the model ever are. */
const DEMOTED = 1e3;
/** How many candidates are mutated in each round. */
const PROMISING = 20;

/** How candidates are found and compared. */
export interface CandidateOptions {
  readonly sample: number;
  readonly mutations: number;
  readonly parents: number;
  readonly rounds: number;
  readonly finalists: number;
}

/** A model, and what its predictions are compared with. */
export interface ModelOpinion extends Opinion {
  readonly process: GaussianProcess;
}

/** What is thought of candidates. */
export interface Expectation {
  /** Of each model, the most believed first. */
  readonly opinions: readonly ModelOpinion[];
  /** Whether one of the models tells apart what computes the same. */
  readonly tellsTwins: boolean;
  /** What failures have taught, if anything. */
  readonly feasibility?: Feasibility | undefined;
}

/** The candidates of a batch, the most promising first. */
export interface Finalists {
  readonly pool: CandidatePool;
  readonly rows: Int32Array;
  /** What a row stands for, without giving it a number. */
  readonly candidateOf: (row: number) => Candidate;
}

/** One row of a pool: its catalogue number where the space can be listed, otherwise its genes. */
export type Candidate = number | Architecture;

/** What tells promising candidates from others. */
export interface Judge {
  /** How many observations it has learnt from: the more there are, the fewer candidates it can compare. */
  readonly observations: number;
  /** Whether it may tell apart what computes the same at the same costs. */
  readonly tellsTwins: boolean;
  /** A score for each of these rows, of all without `rows`; the larger, the more promising. */
  scores(features: Matrix, candidateOf: (row: number) => Candidate, rows?: Int32Array): Float64Array;
  /** A cheap score of all rows of a large pool, for a shortlist. */
  outlook(features: Matrix, threads: WorkerPool | undefined): Promise<Float64Array>;
  /** The best evaluated, whose mutations are looked at. */
  parents(count: number): Architecture[];
}

/** By the expected improvement of the label over the best. */
function improvementJudge(expectation: Expectation, history: History): Judge {
  const { opinions, feasibility, tellsTwins } = expectation;
  const { process } = opinions[0];
  return {
    observations: process.count,
    tellsTwins,
    scores: (features, _candidateOf, rows) => scoresOf(expectation, features, rows),
    outlook: async (features, threads) =>
      preferFeasible(await poolMeans(process, features, threads), features, feasibility, threads),
    parents: (count) => bestEvaluated(history, count),
  };
}

/** The logarithm of the expected improvement of each row, of all without `rows`, times its chance to succeed. */
export function scoresOf(
  { opinions, feasibility }: Expectation,
  features: Matrix,
  rows?: ArrayLike<number>,
): Float64Array {
  const groups = [
    ...opinions.map(({ process }) => process),
    ...(feasibility === undefined ? [] : [feasibility]),
  ].flatMap((reader) => reader.groups);
  const { pool, asked, placeOf } = withoutRepeats(features, groups, rows);
  const scores = new Float64Array(asked?.length ?? pool.rows).fill(Number.NEGATIVE_INFINITY);
  for (const opinion of opinions) {
    const { mean, variance } = opinion.process.predict(pool, asked);
    const logShare = logShareOf(opinion);
    for (let i = 0; i < scores.length; i++) scores[i] = addLogarithms(scores[i], logShare(mean[i], variance[i]));
  }
  const chances = feasibility?.logChances(pool, asked);
  if (chances !== undefined) for (let i = 0; i < scores.length; i++) scores[i] += chances[i];
  return placeOf === undefined ? scores : gather(scores, placeOf);
}

/** What one fitted model has said of a whole space: asked again without a new result, it says the same of each row. */
export interface KnownScores {
  outlook?: Float64Array;
  readonly scores: Float64Array;
  readonly isScored: Uint8Array;
}

export function createKnownScores(rows: number): KnownScores {
  return { scores: new Float64Array(rows), isScored: new Uint8Array(rows) };
}

/**
 * The most promising of a space that can be listed, equal ones in random order.
 *
 * @param known what these models have said already; filled in
 */
export async function finalistsOfSpace(
  expectation: Expectation,
  history: History,
  features: FeatureSource,
  options: CandidateOptions & { readonly threads?: WorkerPool | undefined },
  generator: Generator,
  known?: KnownScores,
): Promise<Finalists> {
  return judgeSpace(improvementJudge(expectation, history), history, features, options, generator, known);
}

/** `finalistsOfSpace` for any judge. */
export async function judgeSpace(
  judge: Judge,
  history: History,
  features: FeatureSource,
  { finalists, threads }: CandidateOptions & { readonly threads?: WorkerPool | undefined },
  generator: Generator,
  known: KnownScores = createKnownScores(features.all(ENCODING).rows),
): Promise<Finalists> {
  const pool = wholeSpacePool(history, features, ENCODING);
  const fresh = judge.tellsTwins ? undefined : withoutTwins(history);
  // Where nothing but twins of what is known is left, they are it.
  const isFresh = fresh !== undefined && fresh.length > 0;
  const eligible = isFresh ? fresh : pool.eligible();
  const finalistsOf = (rows: Int32Array): Finalists => ({
    pool,
    // To the judge all twins of a row are what it is.
    rows: isFresh ? drawTwins(history.catalogue, rows, generator.split("twins")) : rows,
    candidateOf: (row) => row,
  });
  const affordable = Math.max(
    FEWEST,
    finalists,
    Math.floor(MULTIPLICATIONS / (judge.observations * judge.observations)),
  );
  const most = Math.min(affordable, eligible.length > LARGE_POOL ? SHORTLIST : LARGE_POOL);
  let shortlist = eligible;
  if (eligible.length > most) {
    known.outlook ??= await judge.outlook(pool.features, threads);
    if (most <= Math.max(FEWEST, finalists)) {
      return finalistsOf(bestByLotInOrder(known.outlook, most, eligible, generator));
    }
    shortlist = largest(known.outlook, most, eligible);
  }
  scoreRows(judge, pool, shortlist, known);
  return finalistsOf(bestByLotInOrder(known.scores, finalists, shortlist, generator));
}

/**
 * The most promising of a sample of a space too large to be listed: random draws, mutations of the best evaluated, then round by round
 * mutations of what is most promising so far.
 */
export function finalistsOfSample(
  expectation: Expectation,
  history: History,
  options: CandidateOptions,
  generator: Generator,
): Finalists {
  return judgeSample(improvementJudge(expectation, history), history, options, generator);
}

/** `finalistsOfSample` for any judge. */
export function judgeSample(
  judge: Judge,
  history: History,
  { sample, mutations, parents, rounds, finalists }: CandidateOptions,
  generator: Generator,
): Finalists {
  const candidates = createCandidateSample(history);
  candidates.draw(sample, generator.split("sample"));
  candidates.mutate(judge.parents(parents), mutations, generator.split("mutate"));
  const scores: number[] = [];
  const scoreNew = (): void => {
    const first = scores.length;
    const pool = candidates.pool(ENCODING, first);
    if (pool.features.rows === 0) return;
    for (const score of judge.scores(pool.features, (row) => candidates.at(first + row))) scores.push(score);
  };
  scoreNew();
  for (let round = 0; round < rounds; round++) {
    const parents = Array.from(largest(scores, PROMISING), (row) => candidates.at(row));
    candidates.mutate(parents, Math.ceil(mutations / rounds), generator.split("refine").split(round));
    scoreNew();
  }
  return { pool: candidates.pool(ENCODING), rows: largest(scores, finalists), candidateOf: candidates.at };
}

function scoreRows(
  judge: Judge,
  { features }: CandidatePool,
  shortlist: Int32Array,
  { scores, isScored }: KnownScores,
): void {
  const rows = shortlist.slice();
  let count = 0;
  for (let i = 0; i < shortlist.length; i++) if (isScored[shortlist[i]] === 0) rows[count++] = shortlist[i];
  if (count === 0) return;
  const found = judge.scores(features, (row) => row, rows.subarray(0, count));
  for (let place = 0; place < count; place++) {
    scores[rows[place]] = found[place];
    isScored[rows[place]] = 1;
  }
}

/** Means for a shortlist: what would probably fail comes after all that would not. */
export async function preferFeasible(
  means: Float64Array,
  features: Matrix,
  feasibility: Feasibility | undefined,
  threads: WorkerPool | undefined,
): Promise<Float64Array> {
  if (feasibility === undefined) return means;
  const leanings = await feasibility.leanings(features, threads);
  return means.map((mean, row) => (leanings[row] > 0 ? mean : mean - DEMOTED));
}

/** Equal rows compute the same function. Which of them comes first is drawn by lot, or one corner of a space would be preferred. */
function bestByLotInOrder(scores: Float64Array, count: number, among: Int32Array, generator: Generator): Int32Array {
  const chosen = largest(scores, count, among);
  for (let first = 0; first < chosen.length; ) {
    let after = first + 1;
    while (after < chosen.length && scores[chosen[after]] === scores[chosen[first]]) after++;
    const tied = chosen.slice(first, after);
    if (tied.length > 1) {
      const order = generator.choose(tied.length, tied.length);
      for (let i = 0; i < tied.length; i++) chosen[first + i] = tied[order[i]];
    }
    first = after;
  }
  return chosen;
}
