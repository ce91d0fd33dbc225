import { createHash } from "node:crypto";
import { kernels } from "../../kernels/kernels.js";
import { version } from "../../version.js";
import type { Recipe } from "./recipe.js";

/**
 * Raise this whenever trainer, kernels, data sets or the functions of a space change what a training gives: what was
 * trained before is then not mixed with what is trained after.
 */
const trainingVersion = 1;

/** Everything that decides what the trainings of a build give, by name; texts of recipes and packs are not among it. */
export type Fingerprint = Readonly<Record<string, string>>;

/** The fingerprint of a build on this machine. */
export function fingerprintOf({ name, space, dataset, settings, seeds }: Recipe): Fingerprint {
  const named = Object.keys(settings)
    .sort()
    .map((setting): [string, string] => [`settings.${setting}`, JSON.stringify(settings[setting])]);
  return {
    name,
    space,
    dataset,
    ...Object.fromEntries(named),
    seeds: seeds.join(","),
    version: `${version}, trainings ${trainingVersion}`,
    // The last bits of a training differ between the two, and so does what follows from them.
    kernels: kernels().portable ? "portable" : "fused",
  };
}

/** SHA-256 of a fingerprint, hexadecimal. */
export function digestOf(fingerprint: Fingerprint): string {
  return createHash("sha256").update(JSON.stringify(fingerprint)).digest("hex");
}

/** What differs between two fingerprints, in words. */
export function differences(there: Fingerprint, here: Fingerprint): string[] {
  return [...new Set([...Object.keys(there), ...Object.keys(here)])]
    .filter((name) => there[name] !== here[name])
    .map((name) => `${name} (${there[name] ?? "absent"} there, ${here[name] ?? "absent"} here)`);
}
