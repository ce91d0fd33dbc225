import { AssayError } from "../errors.js";
import { LEASE_SECONDS, type StudyWriter } from "./storage/contract.js";

/** The right to write to a study, renewed until it is stopped or lost. */
export interface KeptLease {
  /** Throws what cost the lease, if it is lost. */
  require(): void;
  stop(): void;
}

/**
 * A long training between two steps must not cost the lease.
 *
 * @param onLost is called once, where somebody else writes to the study now
 */
export function keepLease(writer: StudyWriter, onLost: (error: AssayError) => void): KeptLease {
  let fault: AssayError | undefined;
  const renewing: ReturnType<typeof setInterval> = setInterval(
    () => {
      try {
        writer.renew();
      } catch (error) {
        // A full disk may have room at the next step, which says so itself if not.
        if (!(error instanceof AssayError && error.code === "study-taken")) return;
        // Whoever uses the study next hears of it.
        fault = error;
        clearInterval(renewing);
        onLost(error);
      }
    },
    (LEASE_SECONDS / 4) * 1000,
  );
  // Browsers give a number.
  if (typeof renewing === "object") renewing.unref?.();
  return {
    require() {
      if (fault !== undefined) throw fault;
    },
    stop: () => clearInterval(renewing),
  };
}
