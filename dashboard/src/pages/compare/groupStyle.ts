/** Groups differ in colour, and from the seventh on in dashes. */
export function groupStyle(index: number): string {
  return `series-${(index % 6) + 1}${index >= 6 ? " is-dashed" : ""}`;
}
