/** What a table is sorted by. */
export interface Sorting<Key extends string> {
  readonly key: Key;
  readonly isDescending: boolean;
}

type Sortable = string | number | null | undefined;

/** Orders two values; what is not there comes last either way. Texts as people order them: 2 before 10. */
export function compareValues(a: Sortable, b: Sortable, isDescending: boolean): number {
  const isMissingA = a === null || a === undefined || (typeof a === "number" && Number.isNaN(a));
  const isMissingB = b === null || b === undefined || (typeof b === "number" && Number.isNaN(b));
  if (isMissingA || isMissingB) return Number(isMissingA) - Number(isMissingB);
  const order = typeof a === "number" && typeof b === "number" ? a - b : collator.compare(String(a), String(b));
  return isDescending ? -order : order;
}

const collator = new Intl.Collator("en", { numeric: true, sensitivity: "base" });

/** Places of a list in the order of a value; equals stay as they were. */
export function sortPlaces(
  places: Iterable<number>,
  valueAt: (place: number) => Sortable,
  isDescending: boolean,
): number[] {
  const keyed = Array.from(places, (place) => ({ place, value: valueAt(place) }));
  keyed.sort((a, b) => compareValues(a.value, b.value, isDescending) || a.place - b.place);
  return keyed.map(({ place }) => place);
}

/** The sorting after a click on a column: the other way round, or that column. */
export function nextSorting<Key extends string>(now: Sorting<Key>, key: Key, firstDescending: boolean): Sorting<Key> {
  return now.key === key ? { key, isDescending: !now.isDescending } : { key, isDescending: firstDescending };
}
