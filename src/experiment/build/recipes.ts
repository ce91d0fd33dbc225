import { AssayError } from "../../errors.js";
import { lookUp, type Registry } from "../../registry.js";
import { parseSpec } from "../../spec.js";
import { digits201, digitsNano } from "./digits.js";
import type { Recipe } from "./recipe.js";

/** Recipes by name. */
export const recipes: Registry<Recipe> = {
  digits201,
  "digits-nano": digitsNano,
};

/**
 * The recipe that a spec names; options of the spec change settings of the trainer, for trial runs.
 *
 * @example
 * const { recipe, changed } = findRecipe("digits201:epochs=24");
 */
export function findRecipe(spec: string): { readonly recipe: Recipe; readonly changed: boolean } {
  const { name, options } = parseSpec(spec);
  const recipe = lookUp("recipe", recipes, name);
  return changeSettings(recipe, options);
}

function changeSettings(recipe: Recipe, changes: Readonly<Record<string, unknown>>) {
  const changed = Object.keys(changes).length > 0;
  return { recipe: changed ? { ...recipe, settings: { ...recipe.settings, ...changes } } : recipe, changed };
}

/** The error for a whole build of a recipe whose settings were changed: two packs would have one name. */
export function changedRecipe({ name }: Recipe): AssayError {
  return new AssayError(
    "changed-recipe",
    `The settings of ${name} can be changed for trial runs only: its pack would not be ${name}.`,
    "Add --limit, or write the recipe to a file with a name of its own and give that with --recipe.",
  );
}
