/**
 * The rank of each value, 1 for the smallest; equal values share the mean of their places. NaN has rank NaN and takes
 * no place.
 *
 * @example
 * ranks([10, 30, 10, 20]); // 1.5, 4, 1.5, 3
 */
export function ranks(values: ArrayLike<number>): Float64Array {
  const places = distinctPlaces(values);
  const shared = new Float64Array(places.counts.length);
  let before = 0;
  for (let place = 0; place < shared.length; place++) {
    shared[place] = before + (places.counts[place] + 1) / 2;
    before += places.counts[place];
  }
  return Float64Array.from(places.placeOf, (place) => (place < 0 ? Number.NaN : shared[place]));
}

/** Each value's place among the distinct values in rising order (-1 for NaN), and how often each of these occurs. */
export function distinctPlaces(values: ArrayLike<number>): { placeOf: Int32Array; counts: Int32Array } {
  // Sorting numbers without a comparison function and searching is several times faster than sorting positions.
  const sorted = Float64Array.from(values).sort();
  let distinct = 0;
  for (let i = 0; i < sorted.length && !Number.isNaN(sorted[i]); i++) {
    if (distinct === 0 || sorted[i] !== sorted[distinct - 1]) sorted[distinct++] = sorted[i];
  }
  const placeOf = new Int32Array(values.length);
  const counts = new Int32Array(distinct);
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (Number.isNaN(value)) {
      placeOf[i] = -1;
      continue;
    }
    let low = 0;
    let high = distinct - 1;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (sorted[middle] < value) low = middle + 1;
      else high = middle;
    }
    placeOf[i] = low;
    counts[low]++;
  }
  return { placeOf, counts };
}
