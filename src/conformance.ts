/** One property of a conformance suite. `run` throws an Error that says what was wrong. */
export interface ConformanceCase {
  readonly name: string;
  /** Why the property does not apply to this implementation. */
  readonly skip?: string;
  run(): void | Promise<void>;
}

/** Throws with the message where the condition does not hold. Suites use no test framework, so that anybody can run them. */
export function check(condition: boolean, message: string): asserts condition {
  if (!condition) throw new Error(message);
}
