import type { Graph } from "../space/contract.js";

/** The names of the columns of `writeGraphRow`. */
export function graphColumnNames(slots: number): string[] {
  const names = ["words", ...Array.from({ length: slots }, (_, slot) => `word ${slot}`)];
  for (let from = 0; from < slots; from++) {
    for (let to = from + 1; to < slots; to++) names.push(`${from}->${to}`);
  }
  return names;
}

/** Writes a graph as `graph` describes it: the number of words, the word of each slot or -1, the upper triangle of the edges. */
export function writeGraphRow(
  { vertices, operations, adjacency }: Graph,
  { slots, words }: { readonly slots: number; readonly words: number },
  row: Float32Array,
  offset: number,
): void {
  row[offset] = words;
  let at = offset + 1;
  for (let slot = 0; slot < slots; slot++) row[at++] = slot < vertices ? operations[slot] : -1;
  for (let from = 0; from < slots; from++) {
    for (let to = from + 1; to < slots; to++) row[at++] = adjacency[from * slots + to];
  }
}
