import type { TestBits } from "./testBits.js";
import type { Trees } from "./trees.js";

/** Stretches of rows as short as this stay as they are. */
const SHORT = 32;

/** Brings rows that agree about the most important tests side by side. */
export function sortByOutcomes({ words, order }: TestBits, trees: Trees): void {
  const tests = byImportance(trees);

  function sort(start: number, end: number, from: number): void {
    for (let i = from; i < tests.length && end - start > SHORT; i++) {
      const middle = divide(start, end, tests[i]);
      if (middle === start || middle === end) continue;
      sort(start, middle, i + 1);
      start = middle;
    }
  }

  /** Puts the rows that pass a test behind those that fail it; gives the first place of the former. */
  function divide(start: number, end: number, test: number): number {
    const bits = words[test >>> 5];
    const shift = test & 31;
    let low = start;
    let high = end - 1;
    for (;;) {
      while (low <= high && ((bits[low] >>> shift) & 1) === 0) low++;
      while (low <= high && ((bits[high] >>> shift) & 1) === 1) high--;
      if (low >= high) return low;
      for (let group = 0; group < words.length; group++) {
        const word = words[group];
        const kept = word[low];
        word[low] = word[high];
        word[high] = kept;
      }
      const row = order[low];
      order[low++] = order[high];
      order[high--] = row;
    }
  }

  sort(0, order.length, 0);
}

/** Tests by how many trees ask them, those further down counting half as much for each step. */
function byImportance({ roots, test, child, testColumn }: Trees): number[] {
  const reach = new Float64Array(test.length);
  const importance = new Float64Array(testColumn.length);
  for (let tree = 0; tree < roots.length; tree++) reach[roots[tree]] = 1;
  // Children always stand behind their parents.
  for (let node = 0; node < test.length; node++) {
    if (test[node] < 0) continue;
    importance[test[node]] += reach[node];
    reach[child[node]] = reach[node] / 2;
    reach[child[node] + 1] = reach[node] / 2;
  }
  return Array.from(importance.keys()).sort((a, b) => importance[b] - importance[a] || a - b);
}
