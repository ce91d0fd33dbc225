type Scope = { process?: { env?: Record<string, string | undefined> }; ASSAY_PORTABLE?: unknown };

/**
 * `ASSAY_PORTABLE` of this thread, as the kernels read it: a global variable, or one of the environment in Node. Undefined
 * where neither is set.
 */
export function readPortable(): string | undefined {
  const scope = globalThis as Scope;
  const value = scope.ASSAY_PORTABLE ?? scope.process?.env?.["ASSAY_PORTABLE"];
  return value === undefined ? undefined : String(value);
}

/** Sets the global variable of this thread. */
export function writePortable(value: string): void {
  (globalThis as Scope).ASSAY_PORTABLE = value;
}
