/**
 * The positions of the largest values, best first. Equal values keep the order of their positions; NaN comes after
 * every number.
 *
 * A heap of `count` entries whose worst entry is on top: one pass in O(n + count log count log n) for values in random
 * order, O(n log count) at worst.
 *
 * @param count how many positions to return; all where there are fewer
 * @param among looks at these positions only, in any order, each named once
 * @returns positions in `values`
 *
 * @example
 * largest([0.2, 0.9, 0.5], 2); // [1, 2]
 * largest([0.2, 0.9, 0.5], 2, Int32Array.of(0, 2)); // [2, 0]
 */
export function largest(values: ArrayLike<number>, count: number, among?: Int32Array): Int32Array {
  const available = among === undefined ? values.length : among.length;
  const size = Math.max(0, Math.min(Math.floor(count), available));
  const heap = new Int32Array(size);
  if (size === 0) return heap;

  for (let i = 0; i < size; i++) heap[i] = among === undefined ? i : among[i];
  for (let i = (size >> 1) - 1; i >= 0; i--) siftDown(values, heap, i, size);

  let worst = values[heap[0]];
  for (let i = size; i < available; i++) {
    const position = among === undefined ? i : among[i];
    // The cheap test first: nearly all values are clearly worse than the worst one kept.
    if (values[position] < worst || !isBetter(values, position, heap[0])) continue;
    heap[0] = position;
    siftDown(values, heap, 0, size);
    worst = values[heap[0]];
  }

  for (let end = size - 1; end > 0; end--) {
    const last = heap[end];
    heap[end] = heap[0];
    heap[0] = last;
    siftDown(values, heap, 0, end);
  }
  return heap;
}

function isBetter(values: ArrayLike<number>, a: number, b: number): boolean {
  const left = values[a];
  const right = values[b];
  if (left > right) return true;
  if (left < right) return false;
  if (left === right) return a < b;
  const leftIsNumber = !Number.isNaN(left);
  return leftIsNumber === !Number.isNaN(right) ? a < b : leftIsNumber;
}

/** Restores the heap order (no entry is better than its children) below `start`. */
function siftDown(values: ArrayLike<number>, heap: Int32Array, start: number, end: number): void {
  const moving = heap[start];
  let hole = start;
  for (;;) {
    let child = 2 * hole + 1;
    if (child >= end) break;
    if (child + 1 < end && isBetter(values, heap[child], heap[child + 1])) child++;
    if (!isBetter(values, moving, heap[child])) break;
    heap[hole] = heap[child];
    hole = child;
  }
  heap[hole] = moving;
}
