import type { ComponentChildren } from "preact";
import type { Table } from "../format/csv.js";
import type { LegendItem } from "./legend.js";
import type { Target } from "./targets.js";

/** What a figure draws at a size: its marks, and the points that tell something when they are touched. */
export interface Drawing {
  readonly content: ComponentChildren;
  readonly targets?: readonly Target[];
}

/** What the colours of a figure mean, from the least to the most. */
export interface ColourScale {
  readonly title: string;
  readonly ramp: readonly string[];
  readonly low: string;
  readonly high: string;
}

/** All of a figure but its surroundings: the page draws it into a card, a file stands alone. Made without hooks. */
export interface FigureContent {
  readonly title: string;
  /** Whose figure it is; a page says so at its top, a file below its title. */
  readonly subject: string;
  /** What it shows exactly, on one or two lines. */
  readonly note?: string;
  /** Names its files, without an ending. */
  readonly name: string;
  /** The figure in words, for those who do not see it. */
  readonly summary: string;
  /** In pixels; it may depend on the width. */
  readonly height: number | ((width: number) => number);
  readonly legend?: readonly LegendItem[];
  readonly scale?: ColourScale;
  /** Its numbers. */
  readonly table: () => Table;
  readonly draw: (width: number, height: number) => Drawing;
}

/** The height of a figure at a width. */
export function heightOf({ height }: Pick<FigureContent, "height">, width: number): number {
  return typeof height === "number" ? height : height(width);
}
