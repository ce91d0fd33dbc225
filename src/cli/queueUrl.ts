import { AssayError } from "../errors.js";

const VARIABLE = "ASSAY_QUEUE_URL";

/**
 * The address of the queue: the option, else the variable ASSAY_QUEUE_URL. The variable is taken out of the environment, so that
 * training scripts do not inherit the password, and so is the address from the list of processes that `ps` shows.
 */
export function takeQueueUrl(option: string | undefined): string {
  const url = option ?? process.env[VARIABLE];
  delete process.env[VARIABLE];
  if (url === undefined || url === "")
    throw new AssayError(
      "no-queue",
      "The address of the queue is missing.",
      `Give --queue redis://host:6379, or set the variable ${VARIABLE}, which keeps a password out of the command line.`,
    );
  if (option?.includes("@")) process.title = "assay";
  return url;
}
