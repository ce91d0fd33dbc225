/*
 * What the dashboard, the report file and the playground show, as plain data (JSON). Made by the functions beside this file from a
 * storage and, where it can be opened, the space; drawn by the front end, which knows nothing else.
 *
 * Numbers that are not finite are null. Times are seconds since 1970, durations seconds.
 */

/** How a study stands. `writing`: somebody works on it now; `stopped`: nobody does, and its budget is not spent. */
export type StudyStanding = "writing" | "stopped" | "ended";

/** One line of the list of studies. */
export interface StudyRow {
  readonly name: string;
  readonly id: string;
  /** Benchmark or space, with its limits. */
  readonly subject: string;
  readonly strategy: string;
  readonly seed: number;
  readonly budget: number;
  readonly counts: Readonly<Record<"queued" | "running" | "done" | "failed" | "lost", number>>;
  /** `unit` is that of the label, where it has one. */
  readonly best?: {
    readonly number: number;
    readonly architecture: string;
    readonly label: number;
    readonly unit?: string;
  };
  readonly standing: StudyStanding;
  /** Why it ended, where it did: budget, exhausted, hopeless. */
  readonly ended?: string;
  readonly createdAt: number;
  readonly changedAt: number;
}

/** A number that trials have, for axes and columns. */
export interface Quantity {
  /** `label`, `seconds`, the name of a metric, or of a cost that is known without training. */
  readonly name: string;
  /** "%", "MAC", "parameters", "ms", "s"; empty where nobody said. */
  readonly unit: string;
  readonly kind: "label" | "metric" | "cost" | "seconds";
  /** Which way is better, where that is known: for objectives and costs. */
  readonly direction?: "maximise" | "minimise";
}

/** A curve over queries with a band. All lists have the same length. */
export interface Band {
  readonly queries: readonly number[];
  readonly low: readonly number[];
  readonly middle: readonly number[];
  readonly high: readonly number[];
}

/** How well the strategy's model predicted the trials of one decision, before they were evaluated. */
export interface PredictionQuality {
  /** The decision, from 1. */
  readonly decision: number;
  /** Trials of it that have both a prediction and a label. */
  readonly count: number;
  /** Kendall's tau between predictions and labels of the last 20 such trials up to this decision; null for fewer than 5. */
  readonly tau: number | null;
  /** Share of the finally best ten (by label) that were evaluated up to this decision. */
  readonly recallOfBestTen: number;
}

/** Everything of a study but its trials. */
export interface StudyView {
  readonly row: StudyRow;
  /** Options that made it, as words for people: `--strategy` → `default`. */
  readonly settings: Readonly<Record<string, string>>;
  /** The folder it was made in; absent where that is not known. */
  readonly folder?: string;
  readonly version: string;
  /** What trials have: the label first. */
  readonly quantities: readonly Quantity[];
  /** Two or three objectives where there are several, by name of quantity; the label alone otherwise. */
  readonly objectives: readonly string[];
  readonly limits: readonly {
    readonly name: string;
    readonly bound: "at most" | "at least";
    readonly value: number;
    readonly unit: string;
  }[];
  /** The trials at which the best label rose. */
  readonly improvements: readonly { readonly number: number; readonly label: number }[];
  /** Best label so far of random search on the same table: mean and middle 90 % of runs; absent where there is no table. */
  readonly randomSearch?: Band;
  /** Numbers of the trials on the Pareto front of the objectives; with one objective, of label against the first cost. */
  readonly front: readonly number[];
  /** Decision by decision; of more than 400, so many that are evenly spread, the last among them. */
  readonly quality: readonly PredictionQuality[];
  /** Whether the space could be opened, so that there are costs, drawings, neighbours and a map. */
  readonly hasSpace: boolean;
  /** Whether trials can be put on a map (see `MapView`). */
  readonly hasMap: boolean;
  readonly failures: number;
}

/**
 * Trials in columns, for tables and figures of up to 100,000. Lists have one member for each trial, in the order of `number`;
 * null where a trial has no such value (yet).
 */
export interface TrialColumns {
  readonly number: readonly number[];
  readonly state: readonly ("queued" | "running" | "done" | "failed" | "lost")[];
  readonly architecture: readonly string[];
  readonly decision: readonly number[];
  readonly reason: readonly (string | null)[];
  readonly predicted: readonly (number | null)[];
  readonly doubt: readonly (number | null)[];
  readonly attempts: readonly number[];
  readonly endedAt: readonly (number | null)[];
  readonly failure: readonly (string | null)[];
  /** One list for each of `StudyView.quantities`, by name. */
  readonly values: Readonly<Record<string, readonly (number | null)[]>>;
}

/** A drawing of an architecture: its graph, or its parameters where it has none. */
export interface ArchitectureDrawing {
  readonly graph?: {
    readonly vertices: readonly { readonly label: string; readonly kind: "input" | "output" | "operation" | "sum" }[];
    /** From, to, and the operation on the edge where operations stand on edges. */
    readonly edges: readonly (readonly [from: number, to: number, label: string])[];
  };
  readonly parameters?: readonly { readonly name: string; readonly value: string; readonly isActive: boolean }[];
}

/** Everything of one trial. */
export interface TrialView {
  readonly number: number;
  readonly architecture: string;
  readonly state: TrialColumns["state"][number];
  readonly label: number | null;
  readonly values: Readonly<Record<string, number | null>>;
  readonly quantities: readonly Quantity[];
  readonly reason?: string;
  readonly detail?: string;
  readonly predicted?: { readonly mean: number; readonly standardDeviation: number };
  readonly curves: Readonly<Record<string, readonly (number | null)[]>>;
  readonly attempts: readonly { readonly outcome: string; readonly failure?: string; readonly seconds?: number }[];
  readonly failure?: string;
  readonly seconds?: number;
  readonly askedAt: number;
  readonly startedAt?: number;
  readonly endedAt?: number;
  readonly drawing: ArchitectureDrawing;
  /** Architectures one edit away, evaluated ones first; at most 60. */
  readonly neighbours: readonly { readonly architecture: string; readonly number?: number; readonly label?: number }[];
  /** The end of what its evaluation printed, at most 100 KB; absent where no log is kept. */
  readonly log?: { readonly text: string; readonly isCut: boolean };
}

/** The space, or a stated sample of it, in two dimensions. */
export interface MapView {
  readonly method: "UMAP" | "t-SNE";
  /** Architectures of the space without limits of the study; a text since it may have more digits than a number. */
  readonly size: string;
  /** Whether all of it is shown (up to 20,000); otherwise a sample of 10,000 and what was suggested besides, at most 5,000 trials. */
  readonly isWhole: boolean;
  /**
   * Where the study has limits: whether all that keeps them is shown. Of a larger space 10,000 that keep them at most are shown, and 2,500
   * that do not.
   */
  readonly within?: "whole" | "sample";
  /** Coordinates between 0 and 1, rounded to four digits. */
  readonly x: readonly number[];
  readonly y: readonly number[];
  /** Trial at each point, -1 where it was not suggested. */
  readonly trial: readonly number[];
  /** Points that the limits of the study rule out; absent where it has none, or none whose costs are known without code of the user. */
  readonly excluded?: readonly number[];
  /** How many decisions there are; `MapFrame` shows the state after one. */
  readonly decisions: number;
  /** Which predictor `MapFrame.predicted` comes from. */
  readonly predictor: string;
}

/** What was known after a decision: a model fitted anew to the labels of the trials up to it, at most 160 of them. */
export interface MapFrame {
  readonly decision: number;
  /** Predicted label at each point of the map; null before there is a label. */
  readonly predicted: readonly number[] | null;
  /** Points whose predictions are among the best hundred that were not evaluated and keep the limits. */
  readonly candidates: readonly number[];
}

/** What stands at the points of a map, whatever its method, from one of them on. Lists have one member for each point. */
export interface PointColumns {
  readonly from: number;
  readonly architecture: readonly string[];
  /** What is known without training, by name of quantity; null where it is not. */
  readonly costs: Readonly<Record<string, readonly (number | null)[]>>;
}

/** One curve of a comparison: runs of the same strategy on the same subject. */
export interface ComparedGroup {
  readonly name: string;
  readonly studies: readonly string[];
  /** Best label so far: mean over runs with its 95 % interval; the curve alone where there is one run. */
  readonly curve: Band;
  /** Queries until a label of at least the target was seen, for each run; null where it was not. */
  readonly queriesToTarget: readonly (number | null)[];
  /** Best label at the budget of the comparison, for each run. */
  readonly final: readonly number[];
}

/** Several studies of one subject, compared. */
export interface CompareView {
  readonly subject: string;
  readonly budget: number;
  /** What the label is; absent where the studies do not agree. */
  readonly label?: Quantity;
  /** The label that all should reach: the best of the worst group, unless one was given. */
  readonly target: number;
  readonly groups: readonly ComparedGroup[];
}

/** A message of the stream of events. */
export type ViewEvent =
  /** Something changed in the studies with these names, or in the list of them. */
  | { readonly kind: "changed"; readonly studies: readonly string[] }
  /** The storage cannot be read at the moment. */
  | { readonly kind: "trouble"; readonly message: string };

/** Where the front end gets everything: the server, a report file, or a search in the page itself. */
export interface ViewSource {
  studies(): Promise<readonly StudyRow[]>;
  study(name: string): Promise<StudyView>;
  /** Trials from a number on, at most `count`. */
  trials(name: string, from: number, count: number): Promise<TrialColumns>;
  trial(name: string, number: number): Promise<TrialView>;
  map(name: string, method: MapView["method"]): Promise<MapView>;
  frame(name: string, method: MapView["method"], decision: number): Promise<MapFrame>;
  /** What stands at the points of the maps of a study from one on, at most `count`. */
  points(name: string, from: number, count: number): Promise<PointColumns>;
  compare(names: readonly string[], target?: number): Promise<CompareView>;
  /** Calls a listener at each event; gives what ends it. */
  listen(listener: (event: ViewEvent) => void): () => void;
}
