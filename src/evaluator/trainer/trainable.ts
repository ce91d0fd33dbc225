import { AssayError } from "../../errors.js";

/** Search spaces whose architectures the trainer can build as networks. */
export const trainableSpaces: readonly string[] = ["nasbench201", "tiny-nasbench201", "nanobench"];

/** Throws AssayError where the trainer cannot build the networks of a space. */
export function requireTrainable(space: string): void {
  if (trainableSpaces.includes(space)) return;
  throw new AssayError(
    "not-trainable",
    `The built-in trainer cannot build networks of the space ${space}.`,
    `It builds those of ${trainableSpaces.join(", ")}. Train others yourself: --evaluate MODULE.`,
  );
}
