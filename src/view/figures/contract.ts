import type { CompareView, MapFrame, MapView, StudyView, TrialColumns, TrialView } from "../contract.js";

/*
 * What the figures of studies are made of, and what comes of them. They are drawn by the front end, which the command line loads where
 * figures are wanted.
 */

/** A study as its figures need it. */
export interface StudyFigures {
  readonly view: StudyView;
  readonly trials: TrialColumns;
  /** The trial with the best label; absent where there is none. */
  readonly best?: TrialView;
  /** The map after the last decision; absent where there is none. */
  readonly map?: { readonly map: MapView; readonly frame: MapFrame };
}

/** A figure or a table as files. */
export interface FigureFile {
  /** Letters, digits and hyphens; the files are called so, with their endings. Different in each set. */
  readonly name: string;
  readonly title: string;
  /** Text of an SVG file; absent for what is a table only. */
  readonly svg?: string;
  /** Its numbers, as comma-separated values. */
  readonly csv: string;
}

/** Draws figures. Equal input gives equal files. */
export interface FigureWriter {
  study(study: StudyFigures): readonly FigureFile[];
  comparison(view: CompareView): readonly FigureFile[];
}

/** What the front end exports; it is given the style sheet of the pages. */
export interface FigureBundle {
  createFigureWriter(styleSheet: string): FigureWriter;
}
