import { mixColours } from "./mixColours.js";
import type { StyleRule, StyleSheet } from "./styleSheet.js";
import type { SvgElement } from "./svgTree.js";

/** Properties that SVG knows as attributes too, as far as figures use them. */
const presentation = new Set([
  ...["fill", "fill-opacity", "stroke", "stroke-width", "stroke-dasharray", "stroke-linecap", "stroke-linejoin"],
  ...["stroke-opacity", "opacity", "font-size", "font-weight", "text-anchor", "paint-order"],
]);

type Variables = Readonly<Record<string, string>>;

/** What styles give to an element, and the custom properties that those below it see. */
export interface ResolvedStyle {
  readonly attributes: Readonly<Record<string, string>>;
  readonly variables: Variables;
}

/** @param ancestors from the outermost on */
export function resolveStyle(
  element: SvgElement,
  ancestors: readonly SvgElement[],
  sheet: StyleSheet,
  inherited: Variables,
): ResolvedStyle {
  const declared = new Map<string, string>();
  for (const { chain, declarations } of sheet.rules) {
    if (!matches(chain, element, ancestors)) continue;
    for (const [property, value] of declarations) declared.set(property, value);
  }
  const own = [...declared].filter(([property]) => property.startsWith("--"));
  const variables = own.length === 0 ? inherited : { ...inherited, ...Object.fromEntries(own) };
  const attributes: Record<string, string> = {};
  for (const [property, value] of declared) {
    if (!presentation.has(property)) continue;
    const known = resolveValue(value, variables);
    // Browsers write the lengths of dashes with commas between them.
    if (known !== undefined)
      attributes[property] = property === "stroke-dasharray" ? known.replace(/[\s,]+/g, " ") : known;
  }
  return { attributes, variables };
}

function matches(chain: StyleRule["chain"], element: SvgElement, ancestors: readonly SvgElement[]): boolean {
  if (!fits(chain[chain.length - 1], element)) return false;
  let left = chain.length - 2;
  for (let i = ancestors.length - 1; i >= 0 && left >= 0; i--) if (fits(chain[left], ancestors[i])) left--;
  return left < 0;
}

function fits({ name, classes }: StyleRule["chain"][number], element: SvgElement): boolean {
  return (name === undefined || name === element.name) && classes.every((each) => element.classes.includes(each));
}

/** The value without variables and mixed colours; undefined where it needs one that there is not. */
export function resolveValue(value: string, variables: Variables, depth = 0): string | undefined {
  if (depth > 20) return undefined;
  const call = /var\(\s*(--[\w-]+)\s*(?:,\s*((?:[^()]|\([^()]*\))*))?\)/.exec(value);
  if (call !== null) {
    const [whole, name, fallback] = call;
    const known = Object.hasOwn(variables, name) ? variables[name] : fallback;
    return known === undefined
      ? undefined
      : resolveValue(
          value.replace(whole, () => known),
          variables,
          depth + 1,
        );
  }
  return value.startsWith("color-mix(") ? mixColours(value) : value;
}
