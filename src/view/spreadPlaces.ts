/**
 * Some of the places of a list, evenly spread, the first and the last among them; all where there are no more.
 *
 * @example
 * spreadPlaces(5, 3); // [0, 2, 4]
 */
export function spreadPlaces(length: number, most: number): number[] {
  if (length <= most) return Array.from({ length }, (_, i) => i);
  return Array.from({ length: most }, (_, i) => Math.round((i * (length - 1)) / (most - 1)));
}
