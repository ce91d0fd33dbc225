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

/** Options of `assay search`, as the command line gives them. */
export interface SearchCommandOptions extends KeptSearchOptions {
  readonly budget?: number;
  readonly study?: string;
  readonly storage?: string;
  /** Address of the queue; true: that of the variable ASSAY_QUEUE_URL. */
  readonly queue?: string | true;
  readonly warmStart?: string;
  readonly threads?: number;
  readonly out?: string;
  readonly report?: string;
  /** A port, or true for the usual one. */
  readonly dashboard?: number | true;
  readonly json?: boolean;
}

/** Those that may not change while a study goes on, with their names on the command line. */
export const fixedSearchOptions = {
  benchmark: "--benchmark",
  space: "--space",
  evaluate: "--evaluate",
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
  medianRule: "--median-rule",
  seed: "--seed",
} as const satisfies Partial<Record<keyof KeptSearchOptions, string>>;
