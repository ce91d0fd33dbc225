import type { Sorting } from "./sorting.js";

interface SortHeaderProps<Key extends string> {
  readonly id: Key;
  readonly words: string;
  readonly sorting: Sorting<Key>;
  readonly onSort: (key: Key) => void;
  readonly kind?: string;
}

/** The head of a column that sorts. */
export function SortHeader<Key extends string>({ id, words, sorting, onSort, kind = "" }: SortHeaderProps<Key>) {
  const isSorted = sorting.key === id;
  const order = isSorted ? (sorting.isDescending ? "descending" : "ascending") : "none";
  return (
    <th scope="col" class={kind} aria-sort={order}>
      <button type="button" class="sort" onClick={() => onSort(id)}>
        {words}
        <span class="sort-mark" aria-hidden="true">
          {isSorted ? (sorting.isDescending ? "▾" : "▴") : ""}
        </span>
      </button>
    </th>
  );
}
