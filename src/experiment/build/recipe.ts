import { z } from "zod";
import { packName } from "../../benchmark/pack/metadata.js";
import { describeIssue } from "../../describeIssue.js";
import { AssayError, suggestName } from "../../errors.js";
import type { OptionValues } from "../../options.js";

/**
 * How a benchmark is made: which space is trained on which data set, and how. Everything that decides its numbers stands
 * here; the rest says what they are.
 */
export interface Recipe {
  /** Name of the benchmark. The seeds of its trainings follow from it. */
  readonly name: string;
  readonly title: string;
  readonly description: string;
  /** Spec of a space that can be enumerated, such as `nasbench201`. */
  readonly space: string;
  /** Spec of the data set. */
  readonly dataset: string;
  /** Options of the trainer. */
  readonly settings: OptionValues;
  /** Training seeds, at least two: every architecture is trained once with each. */
  readonly seeds: readonly number[];
  /** Which training losses are kept: those of each seed (all epochs), or their mean, which is half as large. */
  readonly losses: "each-seed" | "mean";
  /** Where the images come from, with the attribution that their licence asks for. */
  readonly source: string;
  readonly licence: string;
  /** Things a reader must know. */
  readonly notes: readonly string[];
}

const text = z.string().trim().min(1);

const recipeSchema = z.strictObject({
  name: z.string().regex(packName, "expected words of letters, digits, _ - and . with / between them"),
  title: text,
  description: z.string().default(""),
  space: text,
  dataset: text,
  settings: z.record(z.string(), z.unknown()).default({}),
  seeds: z
    .array(z.int().min(0))
    .min(2, "expected at least two training seeds")
    .refine((seeds) => new Set(seeds).size === seeds.length, "a seed is given twice"),
  losses: z.enum(["each-seed", "mean"]).default("each-seed"),
  source: text,
  licence: text,
  notes: z.array(z.string()).default([]),
});

/**
 * Reads a recipe from JSON text. Throws AssayError that names the file and the field.
 *
 * @param file how messages name the text
 * @example
 * const recipe = parseRecipe(readFileSync("my-recipe.json", "utf8"), "my-recipe.json");
 */
export function parseRecipe(json: string, file: string): Recipe {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (cause) {
    throw new AssayError("bad-recipe", `${file} is not JSON: ${(cause as Error).message}.`, undefined, { cause });
  }
  const result = recipeSchema.safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  if (issue.code === "unrecognized_keys") {
    const [key] = issue.keys;
    throw new AssayError(
      "bad-recipe",
      `${file}: a recipe has no field "${key}".`,
      suggestName(key, Object.keys(recipeSchema.shape)),
    );
  }
  const field = issue.path.length === 0 ? "" : ` field "${issue.path.join(".")}":`;
  throw new AssayError(
    "bad-recipe",
    `${file}:${field} ${describeIssue(issue)}.`,
    "docs/benchmarks.md shows a recipe with all its fields.",
  );
}
