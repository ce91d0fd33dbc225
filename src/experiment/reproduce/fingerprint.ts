import { createHash } from "node:crypto";
import type { Benchmark } from "../../benchmark/contract.js";
import type { EstimationTable } from "../../benchmark/estimation.js";
import { kernels } from "../../kernels/kernels.js";
import { predictors } from "../../predictor/index.js";
import { resolve } from "../../registry.js";
import type { Spec } from "../../spec.js";
import { strategies } from "../../strategy/index.js";
import { version } from "../../version.js";

/** Raise this whenever predictors, strategies or spaces change what a run gives: older runs are then made again. */
const runsVersion = 1;

/** Everything that decides what a run gives, besides its seed, by name. */
export type RunFingerprint = Readonly<Record<string, string>>;

/** What runs of one strategy under one label rule have in common. */
export interface FingerprintInput {
  readonly benchmark: Benchmark;
  readonly strategy: Spec;
  readonly label: string;
  /** N, from where on the curve is kept. */
  readonly samples: number;
  /** N + K. */
  readonly budget: number;
  readonly estimation: EstimationTable | undefined;
}

/** The fingerprint of runs on this machine. Options are in it with their defaults, so that a changed default shows. */
export function fingerprintOf(input: FingerprintInput): RunFingerprint {
  const { benchmark, strategy, label, samples, budget, estimation } = input;
  const { definition, options } = resolve("strategy", strategies, strategy);
  const predictor = typeof options["predictor"] === "string" ? options["predictor"] : undefined;
  const resolved = predictor === undefined ? undefined : resolve("predictor", predictors, predictor);
  return {
    benchmark: benchmark.name,
    pack: benchmark.metadata.checksum,
    label,
    queries: `${samples}+${budget - samples}`,
    strategy: definition.name,
    options: JSON.stringify(options),
    ...(resolved === undefined ? {} : { predictor: JSON.stringify(resolved.options) }),
    ...(estimation === undefined ? {} : { code: `${estimation.name} ${digestOfCodes(estimation)}` }),
    version: `${version}, runs ${runsVersion}`,
    // The last bits of networks differ between the two, and so does what follows from them.
    kernels: kernels().portable ? "portable" : "fused",
  };
}

/** A key of one run. */
export function keyOf(fingerprint: RunFingerprint, seed: number): string {
  return createHash("sha256")
    .update(JSON.stringify({ ...fingerprint, seed }))
    .digest("hex")
    .slice(0, 32);
}

const digests = new WeakMap<EstimationTable, string>();

function digestOfCodes(table: EstimationTable): string {
  let digest = digests.get(table);
  if (digest === undefined) {
    const { data } = table.codes;
    const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
    digest = createHash("sha256").update(bytes).digest("hex").slice(0, 16);
    digests.set(table, digest);
  }
  return digest;
}
