export {
  type BuildOptions,
  type BuildOutcome,
  buildBenchmark,
  type TrialOptions,
  type TrialOutcome,
  tryRecipe,
} from "./buildBenchmark.js";
export type { BuildFigures, SeedAgreement, Spread } from "./figures.js";
export type { BuildProgress } from "./progress.js";
export { parseRecipe, type Recipe } from "./recipe.js";
export { changedRecipe, findRecipe, recipes } from "./recipes.js";
export { type Train, type TrainingControls, trainOn } from "./train.js";
