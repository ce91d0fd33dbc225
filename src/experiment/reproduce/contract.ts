/** What the strategies of a reproduction are told about the sizes of the N+K protocol. */
export interface ProtocolSizes {
  /** N: architectures that the predictor learns from. */
  readonly samples: number;
  /** K: architectures evaluated afterwards, the best ranked first. */
  readonly evaluate: number;
}

/** A method that is compared: one line of a figure. */
export interface ReproductionMethod {
  /** A word for the command line. */
  readonly name: string;
  /** As the publication calls it. */
  readonly title: string;
  /** The spec of the strategy. */
  readonly strategy: (sizes: ProtocolSizes) => string;
  /**
   * The estimation code that it gets: `own` is the benchmark's first (or the one that the user names), `none` none, anything else a
   * name as `--estimation-code` takes it.
   */
  readonly code: string;
  /** Seconds of one run for each of the N samples, on one core of the machine on which it was measured. */
  readonly secondsPerSample: number;
}

/** One place of a line. */
export interface PanelPoint extends ProtocolSizes {
  /** Where it stands on the horizontal axis. */
  readonly x: number;
}

/** A published number, in the unit of the test values. */
export interface ReportedPoint {
  /** Name of the method. */
  readonly method: string;
  readonly x: number;
  readonly value: number;
}

/** One chart, or one table where nothing is drawn. */
export interface ReproductionPanel {
  /** A word for file names. */
  readonly name: string;
  readonly title: string;
  readonly benchmark: string;
  /** What the horizontal axis counts. */
  readonly axis: string;
  readonly points: readonly PanelPoint[];
  readonly reported: readonly ReportedPoint[];
  /** What a reader must know of this chart. */
  readonly notes: readonly string[];
}

/** What may be changed in a reproduction. */
export interface ReproductionSettings {
  /** N of curves that grow with N; the reproduction's own where absent. */
  readonly samples?: readonly number[] | undefined;
}

/** A figure or a table of a publication that can be made again: an entry of the registry. */
export interface Reproduction {
  readonly name: string;
  readonly title: string;
  /** The publication and the figure. */
  readonly source: string;
  /** Where the reported numbers come from, in words. */
  readonly reportedFrom: string;
  readonly methods: readonly ReproductionMethod[];
  /** Names of methods, the worst published first: the order that is tested. */
  readonly order: readonly string[];
  /** Further pairs of methods whose difference is tested, the one without the thing in question first. */
  readonly contrasts?: readonly (readonly [without: string, having: string])[];
  readonly panels: (settings: ReproductionSettings) => readonly ReproductionPanel[];
  /** Whether figures are drawn. */
  readonly drawn: boolean;
  readonly notes: readonly string[];
}

/** A way to read the runs: what the strategy saw, and which number is reported. */
export interface Reading {
  /** A word for file names. */
  readonly name: string;
  /** Label rule. */
  readonly label: string;
  readonly curve: "testOfBestLabel" | "bestTest" | "bestLabel";
}
