import type { Architecture, SearchSpace } from "./contract.js";
import { createSpace } from "./index.js";

/** How the spaces that come with the package write their architectures, where the text tells enough to draw them. */
const FORMS: readonly (readonly [form: RegExp, space: string])[] = [
  [/^\d+:[01]+:\w+$/, "nasbench101"],
  [/^\w+~[\d,]+(\|\w+~[\d,]+)+$/, "nanobench"],
];
const CHOICES = /^[\w.-]+=[^,=]*(,[\w.-]+=[^,=]*)*$/;

/** The names and values of an architecture of an own space, from its text alone; undefined where it is written otherwise. */
export function choicesOfText(text: string): [name: string, value: string][] | undefined {
  if (!CHOICES.test(text)) return undefined;
  return text.split(",").map((choice) => choice.split("=") as [string, string]);
}

/** A space in which an architecture can be drawn, from its text alone; undefined where no space writes like this. */
export function spaceOfText(
  text: string,
): { readonly space: SearchSpace; readonly architecture: Architecture } | undefined {
  const name = FORMS.find(([form]) => form.test(text))?.[1];
  if (name === undefined) return undefined;
  try {
    const space = createSpace(name);
    return { space, architecture: space.parse(text) };
  } catch {
    // It only looked like one.
    return undefined;
  }
}
