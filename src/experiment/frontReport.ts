import { z } from "zod";
import { hypervolume } from "../stats/hypervolume.js";
import { paretoFront } from "../stats/paretoFront.js";
import { referencePoint } from "../stats/referencePoint.js";
import type { Objective } from "../strategy/contract.js";
import { valuesOf } from "../strategy/objectives.js";
import type { Trial } from "../study/index.js";
import { tableFront } from "./tableFront.js";
import type { LabelledTable } from "./tableStanding.js";

/** The section `front` of a search report. */
export const frontSchema = z.object({
  objectives: z
    .array(
      z.object({
        name: z.string(),
        direction: z.enum(["maximise", "minimise"]),
        unit: z.string(),
        known: z.boolean().describe("without an evaluation"),
      }),
    )
    .describe("two or three, the label first"),
  members: z
    .array(z.object({ number: z.int().min(0), values: z.array(z.number()) }))
    .describe("trials that no other dominates, the best label first; of equal ones the earliest"),
  hypervolume: z.number().describe("what the front covers down to `reference`, in the product of the units"),
  reference: z
    .array(z.number())
    .describe("the worst value of each objective in this search, and a tenth of the range beyond it"),
  table: z
    .object({
      share: z.number().describe("of the hypervolume of the table's own front"),
      found: z.int().describe("points of the table's front that this search evaluated"),
      of: z.int(),
      reference: z.array(z.number()).describe("a tenth of the range of the table's front beyond its worst values"),
    })
    .optional()
    .describe("where the labels come from a table and the other objectives are known: how near the best front is"),
});

export type FrontReport = z.infer<typeof frontSchema>;

/** Values of all objectives by trial number, of the trials that have them. */
export function objectiveValues(
  trials: readonly Trial[],
  objectives: readonly Objective[],
): ReadonlyMap<number, readonly number[]> {
  const found = new Map<number, readonly number[]>();
  for (const trial of trials) {
    const values = trial.failure === undefined ? valuesOf(objectives, trial) : "failed";
    if (typeof values !== "string") found.set(trial.number, values);
  }
  return found;
}

/**
 * The Pareto front of a search; nothing where there is one objective only, or nothing was evaluated successfully.
 *
 * @param table where the labels of the search come from
 */
export function reportFront(
  trials: readonly Trial[],
  objectives: readonly Objective[] | undefined,
  table: LabelledTable | undefined,
): { front?: FrontReport } {
  if (objectives === undefined) return {};
  const all = Array.from(objectiveValues(trials, objectives), ([number, values]) => ({ number, values: [...values] }));
  const points = all.map(({ values }) => values);
  const directions = objectives.map(({ direction }) => direction);
  const reference = referencePoint(points, directions);
  if (reference === undefined) return {};
  const seen = new Set<string>();
  const members = paretoFront(points, directions)
    .map((place) => all[place])
    .filter(({ values }) => !seen.has(values.join(" ")) && seen.add(values.join(" ")));
  members.sort((a, b) => b.values[0] - a.values[0] || a.number - b.number);
  return {
    front: {
      objectives: objectives.map(({ name, direction, unit, known }) => ({
        name,
        direction,
        unit,
        known: known !== undefined,
      })),
      members,
      hypervolume: hypervolume(points, directions, reference),
      reference,
      ...compareFront(trials, objectives, table),
    },
  };
}

function compareFront(
  trials: readonly Trial[],
  objectives: readonly Objective[],
  table: LabelledTable | undefined,
): Pick<FrontReport, "table"> {
  const best = table && tableFront(table.labels, objectives);
  if (best === undefined) return {};
  const evaluated = trials.filter(({ failure }) => failure === undefined).map(({ architecture }) => architecture);
  const { share, found } = best.compare(evaluated);
  return { table: { share, found, of: best.size, reference: [...best.reference] } };
}
