import { z } from "zod";

/** Options of `assay search` that say what is searched and how: a study keeps them, so that `assay resume` needs none. */
export const keptSearchOptions = z.object({
  benchmark: z.string().optional(),
  space: z.string().optional(),
  evaluate: z.string().optional(),
  command: z.array(z.string()).readonly().optional().describe("program and arguments, whichever way they were given"),
  http: z.string().optional(),
  queueName: z.string().optional().describe("name of the queue; its address may hold a password and is not kept"),
  logFolder: z.string().optional(),
  train: z.string().optional(),
  trainer: z.string().optional(),
  live: z.boolean().optional(),
  strategy: z.string(),
  objectives: z.string().optional(),
  batch: z.number().optional(),
  label: z.string().optional(),
  estimationCode: z.string().optional(),
  limit: z.array(z.string()).readonly().optional(),
  costs: z.array(z.string()).readonly().optional(),
  seed: z.number(),
  parallel: z.number().optional(),
  asynchronous: z.boolean().optional(),
  retries: z.number().optional(),
  medianRule: z.string().optional(),
  timeout: z.number().optional(),
});

export type KeptSearchOptions = z.infer<typeof keptSearchOptions>;

/** Their names on the command line. */
export const searchFlags: Readonly<Record<keyof KeptSearchOptions, string>> = {
  benchmark: "--benchmark",
  space: "--space",
  evaluate: "--evaluate",
  command: "--command",
  http: "--http",
  queueName: "--queue-name",
  logFolder: "--log-folder",
  train: "--train",
  trainer: "--trainer",
  live: "--live",
  strategy: "--strategy",
  objectives: "--objectives",
  batch: "--batch",
  label: "--label",
  estimationCode: "--estimation-code",
  limit: "--limit",
  costs: "--costs",
  seed: "--seed",
  parallel: "--parallel",
  asynchronous: "--asynchronous",
  retries: "--retries",
  medianRule: "--median-rule",
  timeout: "--timeout",
};

const objectiveSchema = z.object({
  name: z.string(),
  direction: z.enum(["maximise", "minimise"]),
  unit: z.string(),
});

/** What a study keeps of the command that made it. */
export const searchSettingsSchema = z.object({
  schema: z.literal(1),
  command: z.literal("search"),
  options: keptSearchOptions,
  folder: z.string().describe("the working folder, which relative paths start from"),
  spaceFile: z.string().optional().describe("what was in the file of --space"),
  labelUnit: z.string().optional().describe("unit of the label, where it is known"),
  packChecksum: z.string().optional().describe("of the benchmark that labels come from"),
  objectives: z.array(objectiveSchema).optional(),
});

export type SearchSettings = z.infer<typeof searchSettingsSchema>;
