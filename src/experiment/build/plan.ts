import { AssayError } from "../../errors.js";
import { checkTraining } from "../../evaluator/trainer/checkTraining.js";
import type { TrainingInput } from "../../evaluator/trainer/contract.js";
import { trainedForm } from "../../evaluator/trainer/trainedForm.js";
import { createGenerator } from "../../random/index.js";
import type { SearchSpace } from "../../space/contract.js";
import { createSpace } from "../../space/index.js";
import { parseSpec, type Spec } from "../../spec.js";
import type { Recipe } from "./recipe.js";

/** One training: an architecture, by its index, with one seed. */
export interface PlannedTraining {
  readonly architecture: number;
  readonly seed: number;
}

/** What a recipe trains. */
export interface BuildPlan {
  readonly recipe: Recipe;
  readonly space: SearchSpace;
  /** How many architectures there are. */
  readonly size: number;
  readonly spaceSpec: Spec;
  /** Index of the architecture that is trained for each architecture: equal functions share one. */
  readonly trained: Int32Array;
}

/** The plan of a recipe. Throws AssayError where its space cannot be enumerated or trained, or data set or settings are wrong. */
export function planBuild(recipe: Recipe): BuildPlan {
  const spaceSpec = parseSpec(recipe.space);
  const space = createSpace(spaceSpec);
  checkTraining(space.name, recipe.dataset, recipe.settings);
  const { enumeration } = space;
  if (enumeration === undefined) {
    throw new AssayError("bad-recipe", `${recipe.name}: the space ${recipe.space} cannot be enumerated.`);
  }
  const { size, write, indexOf } = enumeration;
  const architecture = new Int32Array(space.genes);
  const outside = new Map<string, number>();
  const trained = Int32Array.from({ length: size }, (_, index) => {
    write(index, architecture);
    const representative = trainedForm(space, architecture);
    const found = indexOf(representative);
    if (found >= 0) return found;
    // A part of a space may lack the representative: the first of its like stands in.
    const key = representative.join();
    if (!outside.has(key)) outside.set(key, index);
    return outside.get(key)!;
  });
  return { recipe, space, size, spaceSpec, trained };
}

/**
 * The trainings that some architectures need, each once, in an order that only the recipe decides: a
 * shuffle, so that the time left can be told from those that are done.
 */
export function trainingsOf({ recipe, trained }: BuildPlan, rows: ArrayLike<number>): PlannedTraining[] {
  const wanted = [...new Set(Array.from(rows, (row) => trained[row]))].sort((a, b) => a - b);
  createGenerator(`build ${recipe.name}`).split("order").shuffle(wanted);
  return wanted.flatMap((architecture) => recipe.seeds.map((seed) => ({ architecture, seed })));
}

/** Some architectures for a trial run, drawn without repetition; the same for every setting of a recipe. */
export function drawRows({ recipe, size }: BuildPlan, count: number): Int32Array {
  const generator = createGenerator(`build ${recipe.name}`).split("trial");
  return Int32Array.from(generator.choose(Math.min(count, size), size)).sort();
}

/** What the trainer gets. Its seed follows from recipe, seed and architecture, so the order of trainings means nothing. */
export function trainingInput(plan: BuildPlan, { architecture, seed }: PlannedTraining): TrainingInput {
  const { recipe, space, spaceSpec } = plan;
  const genes = new Int32Array(space.genes);
  space.enumeration!.write(architecture, genes);
  return {
    space: spaceSpec,
    architecture: genes,
    dataset: recipe.dataset,
    settings: recipe.settings,
    seed: createGenerator(`build ${recipe.name}`).split("training").split(seed).seedOf(space.format(genes)),
  };
}
