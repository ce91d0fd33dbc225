import { expect, test } from "vitest";
import { fakeRecipe } from "../../../test/fakeTraining.js";
import { planBuild, trainingInput } from "./plan.js";
import { parseRecipe } from "./recipe.js";
import { findRecipe, recipes } from "./recipes.js";

const json = (changes: Record<string, unknown>): string => JSON.stringify({ ...fakeRecipe(), ...changes });

test.each(Object.entries(recipes))("the registered recipe %s is a sound one of its name", (name, recipe) => {
  expect(recipe.name).toBe(name);
  expect(parseRecipe(JSON.stringify(recipe), name)).toEqual(recipe);
});

test.each([
  ["{", /my\.json is not JSON/],
  [json({ seeds: [1] }), /my\.json: field "seeds": expected at least two training seeds/],
  [json({ seeds: [1, 1] }), /field "seeds": a seed is given twice/],
  [json({ name: "../up" }), /field "name": expected words/],
  [json({ title: undefined }), /field "title"/],
  [json({ lossses: "mean" }), /a recipe has no field "lossses"/],
  [json({ losses: "none" }), /field "losses"/],
  ["[]", /my\.json:/],
])("refuses %s", (text, message) => {
  expect(() => parseRecipe(text, "my.json")).toThrow(message);
});

test("a misspelt field gets the nearest name", () => {
  expect(() => parseRecipe(json({ lossses: "mean" }), "my.json")).toThrow(
    expect.objectContaining({ hint: 'Did you mean "losses"?' }),
  );
});

test("a spec names a recipe and may change its settings", () => {
  expect(findRecipe("digits201")).toEqual({ recipe: recipes["digits201"], changed: false });
  const { recipe, changed } = findRecipe("digits201:epochs=99");
  expect(changed).toBe(true);
  expect(recipe.settings).toEqual({ ...recipes["digits201"].settings, epochs: 99 });
  expect(() => findRecipe("digits202")).toThrow(/no recipe "digits202"/);
});

test("the seed of a training follows from recipe, seed and architecture only", () => {
  const plan = planBuild(fakeRecipe());
  const seedOf = (changes: Parameters<typeof fakeRecipe>[0], architecture: number, seed: number) =>
    trainingInput({ ...plan, recipe: fakeRecipe(changes) }, { architecture, seed }).seed;
  const first = seedOf({}, 3, 1);
  expect(seedOf({ settings: { epochs: 50 }, seeds: [1, 5], title: "other" }, 3, 1)).toBe(first);
  expect(new Set([first, seedOf({}, 4, 1), seedOf({}, 3, 2), seedOf({ name: "other" }, 3, 1)]).size).toBe(4);
});
