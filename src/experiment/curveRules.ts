/** What the two kinds of curve mean, in words for every output. */
export const curveRules = {
  bestTest: "best-test: the best test value among all queried architectures",
  testOfBestLabel: "test-of-best-label: the test value of the architecture with the best label so far",
  bestLabel: "the best label so far",
} as const;
