import { z } from "zod";
import type { Catalogue } from "../space/catalogue.js";
import type { Architecture } from "../space/contract.js";
import type { Objective, Observation } from "./contract.js";
import { restoreArchitecture, storeArchitecture, storedArchitectureSchema } from "./storedArchitecture.js";

/** Measured values as JSON, in the order in which architectures were first measured. */
export const objectiveValuesStateSchema = z.array(
  z.strictObject({ architecture: storedArchitectureSchema, values: z.array(z.number()) }),
);

export type ObjectiveValuesState = z.output<typeof objectiveValuesStateSchema>;

/** What is known of the objectives besides the label. All values that it gives are the larger, the better. */
export interface ObjectiveValues {
  readonly objectives: readonly Objective[];
  /** Notes measured values. An observation that lacks one, or whose cost is not known, comes back as a failure. */
  take(observations: readonly Observation[]): Observation[];
  /** The value of an objective (from 1) for an evaluated architecture; NaN where there is none. */
  valueOf(architecture: number, objective: number): number;
  /** The label and all other values of an evaluated architecture. */
  point(architecture: number, label: number): number[];
  /** The known value of an objective for a candidate, which may have no number; undefined where only a measurement tells. */
  known(candidate: number | Architecture, objective: number): number | undefined;
  /** The measured values only: known ones are looked up again. */
  state(): ObjectiveValuesState;
}

/**
 * Nothing measured yet, or what was stored in `state`. Throws AssayError where the state is of another space.
 *
 * @example
 * const values = createObjectiveValues(catalogue, objectives, stored?.values);
 * history.observe(values.take(observations));
 */
export function createObjectiveValues(
  catalogue: Catalogue,
  objectives: readonly Objective[],
  state: ObjectiveValuesState = [],
): ObjectiveValues {
  const kept = new Map<number, readonly number[]>();
  /** Objectives that only a measurement tells. */
  const measured = Array.from(objectives.keys()).filter((i) => i > 0 && objectives[i].known === undefined);
  for (const { architecture, values } of state) kept.set(restoreArchitecture(catalogue, architecture), values);

  function readValue(architecture: number, objective: number): number {
    const { known, direction } = objectives[objective];
    const value = known?.(architecture) ?? kept.get(architecture)?.[measured.indexOf(objective)] ?? Number.NaN;
    return direction === "maximise" ? value : -value;
  }

  function isWhole({ architecture, values = [] }: Observation): boolean {
    return objectives.every(
      ({ known }, i) => i === 0 || Number.isFinite(known === undefined ? values[i] : known(architecture)),
    );
  }

  return {
    objectives,
    valueOf: readValue,
    take: (observations) =>
      observations.map((observation) => {
        const { architecture, label, values = [] } = observation;
        const isNumber = Number.isSafeInteger(architecture) && architecture >= 0 && architecture < catalogue.size;
        // Whoever keeps the history refuses an architecture that there is not.
        if (!isNumber || !Number.isFinite(label)) return observation;
        if (!isWhole(observation)) return { architecture, label: Number.NaN };
        // Adding zero makes -0 what JSON makes of it.
        if (measured.length > 0)
          kept.set(
            architecture,
            measured.map((i) => values[i] + 0),
          );
        return observation;
      }),
    point: (architecture, label) => objectives.map((_, i) => (i === 0 ? label : readValue(architecture, i))),
    known(candidate, objective) {
      const { known, knownFor, direction } = objectives[objective];
      if (known === undefined) return undefined;
      const value =
        typeof candidate === "number" ? known(candidate) : (knownFor ?? numberedFirst(known, catalogue))(candidate);
      return direction === "maximise" ? value : -value;
    },
    state: () =>
      Array.from(kept, ([architecture, values]) => ({
        architecture: storeArchitecture(catalogue, architecture),
        values: [...values],
      })),
  };
}

function numberedFirst(known: (architecture: number) => number, catalogue: Catalogue) {
  return (architecture: Architecture): number => known(catalogue.idOf(architecture));
}
