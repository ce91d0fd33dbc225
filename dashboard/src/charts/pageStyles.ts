import { parseStyleSheet, type StyleSheet } from "../figureFiles/styleSheet.js";

/** The styles of this page with the colours of its theme, for figures that leave it as files. */
export function readPageStyles(): StyleSheet {
  const rules = [...document.styleSheets].flatMap((sheet) => [...sheet.cssRules]);
  const { rules: known, variables } = parseStyleSheet(
    rules.flatMap((rule) => (rule instanceof CSSStyleRule ? [rule.cssText] : [])).join("\n"),
  );
  const now = getComputedStyle(document.documentElement);
  return {
    rules: known,
    variables: Object.fromEntries(Object.keys(variables).map((name) => [name, now.getPropertyValue(name).trim()])),
  };
}
