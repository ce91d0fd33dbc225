/** Mean and the range from the 5 % to the 95 % quantile. */
export interface WeightedSummary {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

/**
 * Summarises a discrete distribution: the mean, and the smallest values below or at which 5 % and 95 % of the weight lie.
 * Values that are NaN count with no weight; all three are NaN where nothing has weight.
 *
 * @param values sorted once for all weights
 * @returns a function of the weights, one for each value; they need not sum to 1
 * @example
 * createWeightedSummary(Float64Array.of(1, 2, 3))(Float64Array.of(1, 2, 1)); // { mean: 2, low: 1, high: 3 }
 */
export function createWeightedSummary(values: Float64Array): (weights: Float64Array) => WeightedSummary {
  const order = Array.from(values.keys()).filter((row) => !Number.isNaN(values[row]));
  order.sort((a, b) => values[a] - values[b]);
  return (weights) => {
    let total = 0;
    let sum = 0;
    for (const row of order) {
      total += weights[row];
      sum += weights[row] * values[row];
    }
    if (!(total > 0)) return { mean: Number.NaN, low: Number.NaN, high: Number.NaN };
    return { mean: sum / total, low: quantile(0.05 * total), high: quantile(0.95 * total) };

    function quantile(wanted: number): number {
      let weight = 0;
      for (const row of order) {
        weight += weights[row];
        if (weight >= wanted) return values[row];
      }
      return values[order[order.length - 1]];
    }
  };
}
