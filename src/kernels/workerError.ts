import { AssayError } from "../errors.js";

/** An error as plain data. Structured clone keeps neither the class nor the fields of an AssayError. */
export interface PackedError {
  readonly name: string;
  readonly message: string;
  readonly stack?: string;
  readonly code?: string;
  readonly hint?: string;
  readonly cause?: PackedError;
}

const builtInErrors: Readonly<Record<string, new (message: string) => Error>> = {
  RangeError,
  TypeError,
  SyntaxError,
  ReferenceError,
};

/** Turns whatever a task threw into plain data. */
export function packError(thrown: unknown, depth = 0): PackedError {
  if (!(thrown instanceof Error)) return { name: "Error", message: String(thrown) };
  return {
    name: thrown.name,
    message: thrown.message,
    ...(thrown.stack === undefined ? {} : { stack: thrown.stack }),
    ...(thrown instanceof AssayError ? { code: thrown.code } : {}),
    ...(thrown instanceof AssayError && thrown.hint !== undefined ? { hint: thrown.hint } : {}),
    ...(thrown.cause === undefined || depth > 4 ? {} : { cause: packError(thrown.cause, depth + 1) }),
  };
}

/** The error again, an AssayError where it was one, with the stack of the thread that threw it. */
export function unpackError(packed: PackedError): Error {
  const error = rebuild(packed);
  if (packed.stack !== undefined) error.stack = packed.stack;
  if (packed.cause !== undefined && error.cause === undefined) {
    Object.defineProperty(error, "cause", { value: unpackError(packed.cause), configurable: true, writable: true });
  }
  return error;
}

function rebuild({ name, message, code, hint }: PackedError): Error {
  if (code !== undefined) return new AssayError(code, message, hint);
  if (Object.hasOwn(builtInErrors, name)) return new builtInErrors[name](message);
  const error = new Error(message);
  if (name !== error.name) Object.defineProperty(error, "name", { value: name, configurable: true, writable: true });
  return error;
}

/** What a task gets whose pool is closed before it ends. */
export function closedError(): AssayError {
  return new AssayError("pool-closed", "The worker pool was closed before this task ended.");
}
