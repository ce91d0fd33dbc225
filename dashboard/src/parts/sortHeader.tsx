import type { Sorting } from "./sorting.js";

interface SortButtonProps<Key extends string> {
  readonly id: Key;
  readonly words: string;
  readonly sorting: Sorting<Key>;
  readonly onSort: (key: Key) => void;
}

interface SortHeaderProps<Key extends string> extends SortButtonProps<Key> {
  readonly kind?: string;
}

/** The head of a column that sorts. */
export function SortHeader<Key extends string>({ kind = "", ...button }: SortHeaderProps<Key>) {
  return (
    <th scope="col" class={kind} aria-sort={sortOrder(button.id, button.sorting)}>
      <SortButton {...button} />
    </th>
  );
}

/** How a column is sorted, in the words of `aria-sort`. */
export function sortOrder<Key extends string>(id: Key, sorting: Sorting<Key>): "ascending" | "descending" | "none" {
  if (sorting.key !== id) return "none";
  return sorting.isDescending ? "descending" : "ascending";
}

/** What is pressed in such a head. */
export function SortButton<Key extends string>({ id, words, sorting, onSort }: SortButtonProps<Key>) {
  const order = sortOrder(id, sorting);
  return (
    <button type="button" class="sort" onClick={() => onSort(id)}>
      {words}
      <span class="sort-mark" aria-hidden="true">
        {order === "none" ? "" : order === "descending" ? "▾" : "▴"}
      </span>
    </button>
  );
}
