import type { OptionValues } from "../options.js";
import type { Generator } from "../random/index.js";
import type { SearchSpace } from "../space/contract.js";

/** What the numbers of a column mean. */
export interface Metric {
  readonly name: string;
  /** "percent", "seconds", "milliseconds", "millijoules", "MAC", "parameters", "nats", … */
  readonly unit: string;
  /** "train", "validation", "test", or absent for costs. */
  readonly split?: string;
  /** Training seed; "mean" over all seeds; absent for costs. */
  readonly seed?: string;
  /** Epochs trained. */
  readonly epoch?: number;
  readonly description: string;
}

/** Columns of a pack that a search may read as the estimation code of an architecture. */
export interface EstimationCode {
  /** A word such as `losses`; no slash. */
  readonly name: string;
  /** Numeric columns, in the order of the numbers of the code. */
  readonly columns: readonly string[];
  /** What the code of one architecture costs, as a fraction of one full training of it (on average over the space). */
  readonly cost: number;
  /** What was trained or scored, on what, and where the cost comes from. */
  readonly description: string;
}

/** What the built-in trainer was told. */
export interface TrainingRecipe {
  /** Spec of the data set. */
  readonly dataset: string;
  /** Options of the trainer. */
  readonly settings: OptionValues;
  /** Seeds of the trainings of each architecture. */
  readonly seeds: readonly number[];
}

/** The metadata of a pack, kept in the Parquet file under the key `assay`. */
export interface PackMetadata {
  readonly schema: 1;
  readonly name: string;
  readonly title: string;
  readonly space: { readonly name: string; readonly options: Readonly<Record<string, string | number | boolean>> };
  readonly rows: number;
  readonly metrics: readonly Metric[];
  /** Column with the number that a strategy sees by default. */
  readonly label: string;
  /** Label rule by default: "mean", "noisy(0.14)", … */
  readonly labelRule: string;
  /** Columns with the labels of single training seeds, by seed. */
  readonly seedLabels: Readonly<Record<string, string>>;
  /** Column with the number that says how good an architecture truly is. */
  readonly test: string;
  readonly source: string;
  readonly licence: string;
  /** Things a reader must know, such as missing values or a label that is not a validation accuracy. */
  readonly notes: readonly string[];
  /**
   * Int32 column with the index of each row's architecture, in packs that hold only a part of the space. Without it the
   * row number is the index.
   */
  readonly rowIndex?: string;
  /** Estimation codes that it offers, the default first. */
  readonly estimationCodes?: readonly EstimationCode[];
  /** How the built-in trainer made the measurements, so that `--live` can train an architecture in the same way. */
  readonly training?: TrainingRecipe;
  /** SHA-256 over all columns, hexadecimal. */
  readonly checksum: string;
}

/** One column after loading. Missing numbers are NaN. */
export type Column = Float64Array | Float32Array | Int32Array;

/** A table of measurements in memory. Numeric columns lie in shared memory where there is any. */
export interface Pack {
  readonly metadata: PackMetadata;
  /** The file it comes from, if any. */
  readonly source: string | undefined;
  /** Names of all numeric columns, in the order of the file. */
  readonly columns: readonly string[];
  /** Names of all text columns, in the order of the file. */
  readonly textColumns: readonly string[];
  /** The numeric column with this name, decoded at the first call. Throws AssayError where there is none. */
  column(name: string): Column;
  /** The text column with this name, decoded at every call. Throws AssayError where there is none. */
  text(name: string): string[];
}

/** The numbers that a strategy sees in one run, and the rule in words for every output. */
export interface Labels {
  /** One value for each architecture; NaN where it was never measured. */
  readonly values: Float64Array;
  readonly rule: string;
  readonly description: string;
}

/** A search space with a table of measurements. */
export interface Benchmark {
  readonly name: string;
  readonly metadata: PackMetadata;
  /** Always enumerable; row number = index. */
  readonly space: SearchSpace;
  /** The measurements. A pack that holds a part of the space is spread here: NaN where nothing was measured. */
  readonly pack: Pack;
  /** The honest value of each architecture (mean test accuracy in percent), one for each row. */
  readonly test: Float64Array;
  /**
   * The labels of one run. `rule` is `mean`, `seed:<id>`, `random-seed`, `noisy(<sigma in percentage points>)`, or the
   * name of a metric column; default: the pack's own rule. The generator decides noise and drawn seeds; one architecture
   * keeps its label for the whole run.
   */
  labels(rule: string | undefined, generator: Generator): Labels;
  /** What another thread needs to open the same benchmark: what was decoded so far is shared, the rest is read on demand. */
  handle(): BenchmarkHandle;
}

/** A benchmark as structured-cloneable data, its columns in shared memory. */
export interface BenchmarkHandle {
  readonly metadata: PackMetadata;
  readonly columns: Readonly<Record<string, Column>>;
  /** The pack's file, for columns that were not decoded when the handle was made. */
  readonly source: string | undefined;
  /** What is taken out of it, one after the other. */
  readonly parts?: readonly BenchmarkPart[];
}

/** Some rows of a benchmark. */
export interface BenchmarkPart {
  readonly name: string;
  /** Row numbers in rising order. */
  readonly baseIndices: Int32Array;
}
