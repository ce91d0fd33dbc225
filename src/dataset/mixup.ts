import type { Generator } from "../random/index.js";

/**
 * A share from the Beta distribution with both parameters `alpha` (Jöhnk's method), not below one half: which of two images
 * weighs more is decided by who is whose partner.
 *
 * @param alpha positive; small ones give shares near 1
 */
export function drawShare(alpha: number, generator: Generator): number {
  for (;;) {
    // In logarithms: for small alpha the powers themselves are too small for 64 bits.
    const first = Math.log(1 - generator.uniform()) / alpha;
    const second = Math.log(1 - generator.uniform()) / alpha;
    const larger = Math.max(first, second);
    const sum = larger + Math.log(Math.exp(first - larger) + Math.exp(second - larger));
    if (sum > 0) continue;
    return Math.exp(larger - sum);
  }
}

/** Fills `partners` with a random permutation of the first `count` samples, without allocating. */
export function drawPartners(partners: Int32Array, count: number, generator: Generator): void {
  for (let i = 0; i < count; i++) {
    const j = generator.integer(i + 1);
    partners[i] = partners[j];
    partners[j] = i;
  }
}

/** Mixes every sample with its partner, in rows of `count` samples: share of its own, the rest of the partner's. */
export function mixRows(
  values: Float32Array,
  rows: number,
  count: number,
  partners: Int32Array,
  share: number,
  row: Float32Array,
): void {
  const rest = 1 - share;
  const end = rows * count;
  for (let start = 0; start < end; start = (start + count) | 0) {
    for (let n = 0; n < count; n++) row[n] = values[start + n];
    for (let n = 0; n < count; n++) values[start + n] = share * row[n] + rest * row[partners[n]];
  }
}
