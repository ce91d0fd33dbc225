import type { FigureFile } from "../../view/figures/index.js";
import { writeOutput } from "../outputFile.js";

/** A figure that was written. */
export interface WrittenFigure {
  readonly title: string;
  /** The studies that it shows. */
  readonly studies: readonly string[];
  /** Path of the drawing; absent for a table. */
  readonly svg?: string;
  readonly csv: string;
}

/** Figures of some studies. */
export interface FigureSet {
  readonly studies: readonly string[];
  readonly files: readonly FigureFile[];
}

/** Writes figures into a folder. Where two would have one name, as studies "a b" and "a-b" do, the later gets a number. */
export function writeFigures(folder: string, sets: readonly FigureSet[]): WrittenFigure[] {
  const taken = new Set<string>();
  return sets.flatMap(({ studies, files }) =>
    files.map(({ name, title, svg, csv }): WrittenFigure => {
      let free = name;
      for (let number = 2; taken.has(free); number++) free = `${name}-${number}`;
      taken.add(free);
      return {
        title,
        studies,
        ...(svg === undefined ? {} : { svg: writeOutput(folder, `${free}.svg`, svg) }),
        csv: writeOutput(folder, `${free}.csv`, csv),
      };
    }),
  );
}
