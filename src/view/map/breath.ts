import { AssayError } from "../../errors.js";
import { pause } from "../pause.js";

/** Milliseconds of work in one go: whoever else waits is answered in between. */
const TURN = 15;

/** Lets others have their turn now and then, in long work; called often. Throws AssayError where the work was called off. */
export type Breath = () => Promise<void> | undefined;

/** Gives way every few milliseconds. */
export function createBreath(signal?: AbortSignal): Breath {
  let since = performance.now();
  return () => {
    if (performance.now() - since < TURN) return undefined;
    return pause().then(() => {
      since = performance.now();
      if (signal?.aborted) throw new AssayError("view-closed", "The map was called off.");
    });
  };
}
