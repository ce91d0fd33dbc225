import type { CompareView, MapFrame, MapView, StudyView, TrialColumns, TrialView } from "../contract.js";
import type { StrategyComparison } from "../strategies/contract.js";

/*
 * What a report file holds: JSON in an element of the page with the id `assay-report`. The head stands there as it is; the views are
 * packed with gzip and base64, since a thousand trials with their drawings and neighbours repeat themselves a lot.
 */

/** Id of the element with the head. */
export const REPORT_ELEMENT = "assay-report";

/** What the page says of itself, readable without unpacking anything. */
export interface ReportHead {
  readonly schema: 1;
  /** Version of Assay that wrote the file. */
  readonly version: string;
  /** When, in seconds since 1970. */
  readonly madeAt: number;
  readonly studies: readonly string[];
  /** Set where the report is about strategies with many seeds each, and holds no study. */
  readonly isComparison?: true;
  /** What was left out and why, each a sentence. */
  readonly notes: readonly string[];
}

/** The head with the views: JSON of `ReportViews`, through gzip, as base64. */
export interface ReportData extends ReportHead {
  readonly views: string;
}

/** A trial without what the columns of its study say already. */
export type TrialDetail = Omit<TrialView, "number" | "architecture" | "state" | "label" | "values" | "quantities">;

/** A map with the frames after some decisions, the last among them. */
export interface ReportMap {
  readonly map: MapView;
  /** In the order of their decisions. */
  readonly frames: readonly MapFrame[];
}

/** One study of a report. */
export interface ReportStudy {
  readonly view: StudyView;
  readonly trials: TrialColumns;
  /** By number; the trials that matter most where there is no room for all. */
  readonly details: Readonly<Record<string, TrialDetail>>;
  readonly map?: ReportMap;
  /** Why there is no map although the study has one. */
  readonly noMap?: string;
}

/** Everything that a report shows. */
export interface ReportViews {
  /** What strategies came to without studies; `studies` is empty then. */
  readonly strategies?: StrategyComparison;
  readonly studies: readonly ReportStudy[];
  /** By the names that are compared: all of one subject, and each two of them where they are few. */
  readonly comparisons: readonly { readonly names: readonly string[]; readonly view: CompareView }[];
}
