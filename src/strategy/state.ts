import type { z } from "zod";
import { AssayError } from "../errors.js";
import type { StrategyState } from "./contract.js";

/**
 * Reads a stored state. Throws AssayError that names the strategy and the field where it does not fit.
 *
 * @returns undefined where there is no state: a fresh start
 */
export function readState<Schema extends z.ZodType>(
  strategy: string,
  schema: Schema,
  state: StrategyState | undefined,
): z.output<Schema> | undefined {
  if (state === undefined) return undefined;
  const result = schema.safeParse(state);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  throw new AssayError(
    "bad-state",
    `The stored state is not one of strategy ${strategy}: ${issue.path.join(".") || "it"}: ${issue.message}.`,
    "Restore a search with the same strategy that it was started with.",
  );
}
