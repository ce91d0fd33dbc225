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
): Int32Array {
  const given = Int32Array.from(places);
  // Long lists have few values or cheap ones: each is compared once with its like, and all places are then dealt out by rank.
  const idOf = new Map<Sortable, number>();
  const values: Sortable[] = [];
  const ids = given.map((place) => {
    const value = valueAt(place);
    let id = idOf.get(value);
    if (id === undefined) {
      id = values.push(value) - 1;
      idOf.set(value, id);
    }
    return id;
  });
  const sorted = [...values.keys()].sort((a, b) => compareValues(values[a], values[b], isDescending));
  const ranks = new Int32Array(values.length);
  for (let i = 1; i < sorted.length; i++) {
    const isHigher = compareValues(values[sorted[i - 1]], values[sorted[i]], isDescending) !== 0;
    ranks[sorted[i]] = ranks[sorted[i - 1]] + Number(isHigher);
  }
  const ends = new Int32Array(values.length + 1);
  for (const id of ids) ends[ranks[id] + 1]++;
  for (let rank = 0; rank < values.length; rank++) ends[rank + 1] += ends[rank];
  const order = new Int32Array(given.length);
  for (let i = 0; i < given.length; i++) order[ends[ranks[ids[i]]]++] = given[i];
  return order;
}

/** The sorting after a click on a column: the other way round, or that column. */
export function nextSorting<Key extends string>(now: Sorting<Key>, key: Key, firstDescending: boolean): Sorting<Key> {
  return now.key === key ? { key, isDescending: !now.isDescending } : { key, isDescending: firstDescending };
}
