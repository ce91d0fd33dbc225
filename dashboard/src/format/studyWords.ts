import type { StudyRow } from "../../../src/view/contract.js";
import { plainName } from "./plainText.js";

/** Which search a figure is about: "first: default on digits201, seed 1". */
export function describeStudy({ name, strategy, subject, seed }: StudyRow): string {
  return plainName(`${name}: ${strategy} on ${subject}, seed ${seed}`);
}
