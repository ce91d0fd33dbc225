type Scope = { process?: { env?: Record<string, string | undefined> }; ASSAY_PORTABLE?: string };

/** `ASSAY_PORTABLE`: a variable of the environment in Node, a global variable in browsers. Undefined where it is not set. */
export function readPortable(): string | undefined {
  const scope = globalThis as Scope;
  return scope.process?.env?.["ASSAY_PORTABLE"] ?? scope.ASSAY_PORTABLE;
}

/** Sets the same variable on this thread. */
export function writePortable(value: string): void {
  const scope = globalThis as Scope;
  if (scope.process?.env !== undefined) scope.process.env["ASSAY_PORTABLE"] = value;
  scope.ASSAY_PORTABLE = value;
}
