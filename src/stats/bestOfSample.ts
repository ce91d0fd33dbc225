/**
 * How likely each value is the largest of a sample drawn without replacement, exactly (no simulation): the row of rank r
 * (0 for the largest) of N is it with chance C(N-1-r, n-1) / C(N, n). Rows that tie share their chance evenly. Rows with
 * NaN are never drawn.
 *
 * @param values one for each row, sorted once for all sample sizes
 * @returns a function of the sample size n (from 1; N where it is larger) that gives the chance of each row
 * @example
 * const chances = createBestOfSample(accuracies)(60); // of each row to be what random search finds with 60 queries
 */
export function createBestOfSample(values: Float64Array): (count: number) => Float64Array {
  const order = Array.from(values.keys()).filter((row) => !Number.isNaN(values[row]));
  order.sort((a, b) => values[b] - values[a]);
  return (count) => {
    if (!(Number.isSafeInteger(count) && count >= 1)) throw new RangeError(`a sample has one value at least: ${count}`);
    const chances = new Float64Array(values.length);
    const size = order.length;
    const drawn = Math.min(count, size);
    let chance = drawn / size;
    for (let rank = 0; rank < size; ) {
      let end = rank;
      let shared = 0;
      for (; end < size && values[order[end]] === values[order[rank]]; end++) {
        shared += chance;
        // The last rank that can be the largest has drawn - 1 rows below it; from there on the chance is exactly 0.
        chance *= end < size - 1 ? (size - drawn - end) / (size - 1 - end) : 0;
        if (chance < 0) chance = 0;
      }
      for (let tied = rank; tied < end; tied++) chances[order[tied]] = shared / (end - rank);
      rank = end;
    }
    return chances;
  };
}
