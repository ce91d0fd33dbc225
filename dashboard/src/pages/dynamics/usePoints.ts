import { useMemo, useRef, useState } from "preact/hooks";
import type { PointColumns } from "../../../../src/view/contract.js";
import { readArchitectures } from "../../../../src/view/readArchitectures.js";
import { useSource } from "../../sources/sourceContext.js";
import { ViewProblem } from "../../sources/viewProblem.js";

/** What stands at one point. */
export interface KnownPoint {
  readonly architecture: string;
  readonly costs: Readonly<Record<string, number | null>>;
}

/** What stands at the points of a map: asked for where somebody looks, some hundred at a time, and kept. */
export interface PointReader {
  /** Undefined where it is not there yet: the component is drawn again when it is. */
  read(point: number): KnownPoint | ViewProblem | undefined;
  /** All architectures, in the order of points. */
  readAll(count: number): Promise<readonly string[]>;
}

/** About 20 KB an answer: one is there before a pointer rests. */
const piece = 250;
/** Milliseconds after which what could not be read is asked for again. */
const patience = 10_000;

export function usePoints(name: string): PointReader {
  const source = useSource();
  const [, drawAgain] = useState({});
  const pieces = useRef(new Map<string, PointColumns | ViewProblem>()).current;
  const asked = useRef(new Set<string>()).current;

  return useMemo(() => {
    function ask(key: string, from: number): void {
      if (asked.has(key)) return;
      asked.add(key);
      source
        .points(name, from, piece)
        .then(
          (columns) => pieces.set(key, columns),
          (error: unknown) => {
            const problem = error instanceof ViewProblem ? error : new ViewProblem(String(error));
            pieces.set(key, problem);
            setTimeout(() => pieces.delete(key), patience);
          },
        )
        .finally(() => {
          asked.delete(key);
          drawAgain({});
        });
    }

    return {
      read(point) {
        const from = point - (point % piece);
        const key = `${from} ${name}`;
        const found = pieces.get(key);
        if (found instanceof ViewProblem) return found;
        const place = point - from;
        if (found === undefined || place >= found.architecture.length) {
          // A map of a sample grows at its end.
          ask(key, from);
          return undefined;
        }
        const costs = Object.entries(found.costs).map(([cost, column]) => [cost, column[place] ?? null] as const);
        return { architecture: found.architecture[place], costs: Object.fromEntries(costs) };
      },
      readAll: (count) => readArchitectures(source, name, count),
    };
  }, [source, name]);
}
