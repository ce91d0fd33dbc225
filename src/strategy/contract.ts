import type { Matrix } from "../kernels/matrix.js";
import type { WorkerPool } from "../kernels/pool.js";
import type { OptionSchema, OptionValues } from "../options.js";
import type { Generator } from "../random/index.js";
import type { Catalogue } from "../space/catalogue.js";
import type { Architecture } from "../space/contract.js";

/** The outcome of one query. */
export interface Observation {
  /** Catalogue number of the architecture. */
  readonly architecture: number;
  /** What the strategy maximises; NaN where the evaluation failed. */
  readonly label: number;
  /** Where there are several objectives, the value of each, in their order and their own direction; the first is the label. */
  readonly values?: readonly number[];
}

/** One of several objectives of a search. */
export interface Objective {
  /** `accuracy` for the label, otherwise the name of a cost or of a metric that evaluations give. */
  readonly name: string;
  readonly direction: "maximise" | "minimise";
  /** "%", "MAC", "s", …; empty where nobody said. */
  readonly unit: string;
  /** Its value for an architecture (catalogue number) where it is known without training. */
  readonly known?: (architecture: number) => number;
  /** The same for an architecture without a number, so that candidates of a space that cannot be listed need none. */
  readonly knownFor?: (architecture: Architecture) => number;
}

/** Encoded architectures. Rows of an enumerable space are computed once and shared by everyone who asks. */
export interface FeatureSource {
  /** The whole space, row = index. Only where the space can be enumerated. */
  all(encoding: string): Matrix;
  /** The given architectures, one row each. */
  of(encoding: string, architectures: ArrayLike<number>): Matrix;
}

/** Where estimation codes come from, and what they cost. Only strategies that read codes ask. */
export interface EstimationSource {
  /** `losses`, or with the benchmark that they come from: `digits201/losses`. */
  readonly name: string;
  /** Numbers in a code. */
  readonly length: number;
  /** What the code of one architecture costs, as a fraction of one full training. */
  readonly cost: number;
  /** The codes of these architectures (catalogue numbers), one row each; a row of NaN where there is none. */
  of(architectures: ArrayLike<number>): Promise<Matrix>;
}

/** Mean and standard deviation of labels. */
export interface LabelStatistics {
  readonly mean: number;
  readonly standardDeviation: number;
}

/** What a strategy works with. Strategies never evaluate anything and know nothing of storage. */
export interface StrategyContext {
  readonly catalogue: Catalogue;
  readonly features: FeatureSource;
  /** The strategy's own generator; it splits children by name and iteration, so that state need not hold a position. */
  readonly generator: Generator;
  readonly pool?: WorkerPool;
  /** Estimation codes, where there are any. */
  readonly estimation?: EstimationSource;
  /** Two or three objectives, the label first; absent: the label alone. */
  readonly objectives?: readonly Objective[];
  /**
   * Statistics of the labels of the whole space. No search can know them: only a table gives them, and only a published
   * quirk (option `released`) may read them.
   */
  readonly labelStatistics?: LabelStatistics;
}

/** What a model says of the label of an architecture, in the unit of the labels. */
export interface PredictedLabel {
  readonly mean: number;
  readonly standardDeviation: number;
}

/**
 * Why an architecture was suggested: for the initial sample that a model begins with, because it is predicted to be good,
 * because little is known of its like, or by lot.
 */
export type SuggestionReason = "start" | "exploit" | "explore" | "random";

/** What a strategy thought of an architecture when it suggested it. */
export interface Explanation {
  readonly reason: SuggestionReason;
  /** As it stood at the suggestion; absent where no model was asked, or where it does not know how sure it is. */
  readonly predicted?: PredictedLabel | undefined;
  /** One short plain sentence. */
  readonly detail?: string | undefined;
}

/** The architecture that a strategy would choose. */
export interface Recommendation {
  /** Catalogue number. */
  readonly architecture: number;
  /** As it stands now; absent where the model does not know how sure it is. */
  readonly predicted?: PredictedLabel | undefined;
  /** Between 0 and 1: how likely it is, by the model's own belief, that no other evaluated architecture is better. */
  readonly probabilityBest?: number | undefined;
}

/** Plain data (JSON) from which a strategy goes on exactly where it stood. */
export type StrategyState = { readonly [key: string]: unknown };

/**
 * Ask/tell search. `strategy/conformance.ts` holds the suite that every implementation passes: never an architecture
 * twice, any batch size, pending and failed trials, state that restores bit for bit.
 */
export interface Strategy {
  /**
   * Up to `count` architectures to evaluate next (catalogue numbers); they are pending until observed. Never one that
   * was suggested or observed before; fewer, or none, only where the space is exhausted.
   */
  suggest(count: number): Promise<number[]>;
  /** Takes results, in any order, also of architectures it did not suggest (warm start). */
  observe(observations: readonly Observation[]): void;
  state(): StrategyState;
  /**
   * Why the strategy suggested this architecture; undefined for one that it did not suggest. Part of the state: a restored
   * strategy explains what it suggested before (`explanations.ts` keeps that).
   */
  explain?(architecture: number): Explanation | undefined;
  /**
   * The architecture that the strategy holds for the best, evaluated or not; undefined where it has no opinion yet. Costs
   * neither a query nor an estimation code and changes nothing of the search, so an honest curve never counts it.
   */
  recommend?(): Promise<Recommendation | undefined>;
}

/** An entry of the registry of strategies. */
export interface StrategyDefinition {
  readonly name: string;
  readonly description: string;
  readonly source: string;
  readonly options: OptionSchema;
  /** Whether it searches the Pareto front of several objectives. Absent: the label alone. */
  readonly severalObjectives?: boolean;
  /** Suggestions per iteration that the method was published with; `--batch` overrides it. */
  readonly batch: (options: OptionValues) => number;
  /**
   * Whether each result is worth a new decision: where the user evaluates, as many are suggested at once as are evaluated at the same
   * time, unless somebody says otherwise. Absent: `batch` everywhere.
   */
  readonly followsEvaluations?: boolean;
  /** Makes a strategy, or restores one from `state`. Throws AssayError where the space does not offer what it needs. */
  create(context: StrategyContext, options: OptionValues, state?: StrategyState): Strategy;
}
