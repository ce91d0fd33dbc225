import { AssayError } from "../../errors.js";

/** Search spaces whose architectures the trainer can build as networks. No network stands here: anyone may ask cheaply. */
export const trainableSpaces = ["nasbench201", "tiny-nasbench201", "nanobench"] as const;

export type TrainableSpace = (typeof trainableSpaces)[number];

/** Throws AssayError (`not-trainable`) where the trainer cannot build the networks of a space. */
export function requireTrainable(space: string): asserts space is TrainableSpace {
  if ((trainableSpaces as readonly string[]).includes(space)) return;
  throw new AssayError(
    "not-trainable",
    `The built-in trainer cannot build networks of the space ${space}.`,
    `It builds those of ${trainableSpaces.join(", ")}. Train others yourself: --evaluate MODULE.`,
  );
}
