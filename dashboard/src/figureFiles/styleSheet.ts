/** One step of a selector: an element by its name and classes. */
interface Compound {
  readonly name: string | undefined;
  readonly classes: readonly string[];
}

/** Declarations for the elements that match a chain of steps, the element itself last. */
export interface StyleRule {
  readonly chain: readonly Compound[];
  /** Rules with more of it win; of equals the later one. */
  readonly weight: number;
  readonly declarations: readonly (readonly [property: string, value: string])[];
}

export interface StyleSheet {
  readonly rules: readonly StyleRule[];
  /** Custom properties of the whole page. */
  readonly variables: Readonly<Record<string, string>>;
}

/**
 * The part of a style sheet that figures are drawn with: elements, classes and descendants, and the custom properties of `:root`. States,
 * attributes and everything in at-rules (`@media`) are passed over, so that variables are those of the light theme.
 */
export function parseStyleSheet(text: string): StyleSheet {
  const rules: StyleRule[] = [];
  const variables: Record<string, string> = {};
  for (const { head, body } of readBlocks(text.replace(/\/\*[\s\S]*?\*\//g, ""))) {
    if (head.startsWith("@")) continue;
    const declarations = readDeclarations(body);
    for (const selector of head.split(",").map((each) => each.trim())) {
      if (selector === ":root") Object.assign(variables, Object.fromEntries(declarations));
      const chain = readSelector(selector);
      if (chain === undefined) continue;
      const weight = chain.reduce((sum, { name, classes }) => sum + 100 * classes.length + (name ? 1 : 0), 0);
      rules.push({ chain, weight, declarations });
    }
  }
  // Sorting keeps the order of equals.
  return { rules: rules.sort((a, b) => a.weight - b.weight), variables };
}

function* readBlocks(text: string): Generator<{ readonly head: string; readonly body: string }> {
  for (let at = 0; ; ) {
    const open = text.indexOf("{", at);
    if (open < 0) return;
    let depth = 1;
    let end = open + 1;
    for (; end < text.length && depth > 0; end++) depth += text[end] === "{" ? 1 : text[end] === "}" ? -1 : 0;
    // A statement such as `@import` may stand before the head.
    const head = text.slice(at, open).split(";").at(-1)!.trim();
    yield { head, body: text.slice(open + 1, end - 1) };
    at = end;
  }
}

function readDeclarations(body: string): [property: string, value: string][] {
  return body.split(";").flatMap((declaration): [string, string][] => {
    const colon = declaration.indexOf(":");
    if (colon < 0) return [];
    return [[declaration.slice(0, colon).trim(), declaration.slice(colon + 1).trim()]];
  });
}

function readSelector(selector: string): Compound[] | undefined {
  if (!/^[a-z0-9.\-_\s]+$/i.test(selector)) return undefined;
  return selector.split(/\s+/).map((compound) => {
    const [name, ...classes] = compound.split(".");
    return { name: name === "" ? undefined : name, classes };
  });
}
