import { z } from "zod";
import { AssayError } from "../../errors.js";
import type { PackMetadata } from "../contract.js";

/** The key under which a pack's metadata stands in the Parquet file. */
export const metadataKey = "assay";

/** Names of packs: words of letters, digits, _ - and . (not in front), with / between. They serve as paths of files. */
export const packName = /^[a-z0-9_-][a-z0-9_.-]*(\/[a-z0-9_-][a-z0-9_.-]*)*$/i;

/** More rows than any space that can be enumerated; a column of them still has a size that can be true. */
const maximumRows = 100_000_000;

const metric = z.object({
  name: z.string().min(1),
  unit: z.string(),
  split: z.string().optional(),
  seed: z.string().optional(),
  epoch: z.number().optional(),
  description: z.string(),
});

const estimationCode = z.object({
  name: z.string().regex(/^[a-z0-9_.-]+$/i),
  columns: z.array(z.string()).min(1),
  cost: z.number().min(0),
  description: z.string(),
});

const packMetadata = z.object({
  schema: z.literal(1),
  name: z.string().regex(packName),
  title: z.string(),
  space: z.object({
    name: z.string(),
    options: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
  }),
  rows: z.number().int().min(0).max(maximumRows),
  metrics: z.array(metric),
  label: z.string(),
  labelRule: z.string(),
  seedLabels: z.record(z.string(), z.string()),
  test: z.string(),
  source: z.string(),
  licence: z.string(),
  notes: z.array(z.string()),
  rowIndex: z.string().optional(),
  estimationCodes: z.array(estimationCode).optional(),
  training: z
    .object({ dataset: z.string().min(1), settings: z.record(z.string(), z.unknown()), seeds: z.array(z.number()) })
    .optional(),
  checksum: z.string().regex(/^[0-9a-f]{64}$/),
});

/** Reads and checks the metadata of a pack. Throws AssayError that names the file and the field. */
export function parseMetadata(text: string, file: string): PackMetadata {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new AssayError("bad-pack", `${file}: the metadata "${metadataKey}" is not JSON.`, undefined, { cause });
  }
  const result = packMetadata.safeParse(value);
  if (result.success) return result.data as PackMetadata;
  const issue = result.error.issues[0];
  throw new AssayError("bad-pack", `${file}: metadata field "${issue.path.join(".")}": ${issue.message}.`);
}
