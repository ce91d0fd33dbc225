/** Values of one image that are moved at a time: one line of the cache, so that every line read is used at once. */
const TILE = 16;

/**
 * Copies images into a batch with the samples innermost: value `i` of sample `n` goes from `source[starts[n] + i]` to
 * `target[i * count + n]`. A negative start stands for no image: zeros.
 *
 * @param starts at least `count` places in `source`
 * @param size values of one image
 */
export function writeTransposed(
  source: Float32Array,
  starts: Int32Array,
  count: number,
  size: number,
  target: Float32Array,
): void {
  for (let first = 0; first < size; first += TILE) {
    const end = Math.min(size, first + TILE);
    for (let sample = 0; sample < count; sample++) {
      const start = starts[sample];
      let place = first * count + sample;
      if (start < 0) {
        for (let i = first; i < end; i++, place += count) target[place] = 0;
      } else {
        for (let i = start + first; i < start + end; i++, place += count) target[place] = source[i];
      }
    }
  }
}
