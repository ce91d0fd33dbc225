import { z } from "zod";
import { paretoFront } from "../stats/paretoFront.js";
import type { Storage } from "../study/index.js";

const objectivesSchema = z
  .array(z.object({ name: z.string(), direction: z.enum(["maximise", "minimise"]), unit: z.string() }))
  .min(2);

/** The section `front` of what is told of a stored study. */
export const storedFrontSchema = z.object({
  objectives: objectivesSchema.describe("two or three, the label first"),
  members: z
    .array(z.object({ number: z.int().min(0), architecture: z.string(), values: z.array(z.number()) }))
    .describe("trials that no other dominates, the best label first; of equal ones the earliest"),
});

export type StoredFront = z.infer<typeof storedFrontSchema>;

/**
 * The Pareto front of a stored study; undefined where its settings name no objectives, as those of studies that programs made may not,
 * or nothing succeeded.
 */
export function storedFront(storage: Storage, study: string): StoredFront | undefined {
  const { success, data: objectives } = objectivesSchema.safeParse(storage.find(study)?.settings["objectives"]);
  if (!success) return undefined;
  const measured = storage
    .trials(study, { states: ["done"], curves: false })
    .flatMap(({ number, architecture, values }) => {
      const isWhole = values?.length === objectives.length && values.every(Number.isFinite);
      return isWhole ? [{ number, architecture, values: [...values] }] : [];
    });
  const directions = objectives.map(({ direction }) => direction);
  const points = measured.map(({ values }) => values);
  const seen = new Set<string>();
  const members = paretoFront(points, directions)
    .map((place) => measured[place])
    .filter(({ values }) => !seen.has(values.join(" ")) && seen.add(values.join(" ")));
  members.sort((a, b) => b.values[0] - a.values[0] || a.number - b.number);
  return members.length === 0 ? undefined : { objectives, members };
}
