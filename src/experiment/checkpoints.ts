/**
 * The numbers of queries at which curves are recorded: every multiple of 10 up to the budget, and the budget itself.
 *
 * @example
 * curveCheckpoints(25); // [10, 20, 25]
 */
export function curveCheckpoints(budget: number): number[] {
  const checkpoints: number[] = [];
  for (let queries = 10; queries < budget; queries += 10) checkpoints.push(queries);
  checkpoints.push(budget);
  return checkpoints;
}

/**
 * At most three checkpoints that a table has room for, the budget last: multiples of 50 where three are enough, a quarter,
 * a half and all of it otherwise, thirds for small budgets.
 */
export function tableCheckpoints(budget: number): number[] {
  const wanted =
    budget <= 50
      ? [budget / 3, (2 * budget) / 3]
      : budget <= 150
        ? [50, 100].filter((queries) => queries < budget)
        : [budget / 4, budget / 2];
  const rounded = wanted.map((queries) => Math.round(queries / 10) * 10).filter((q) => q >= 10 && q < budget);
  return [...new Set([...rounded, budget])];
}
