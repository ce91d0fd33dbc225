import { z } from "zod";

/** Options of `assay search` that say what is searched and how: a study keeps them, so that `assay resume` needs none. */
export const keptSearchOptions = z.object({
  benchmark: z.string().optional(),
  space: z.string().optional(),
  evaluate: z.string().optional(),
  train: z.string().optional(),
  trainer: z.string().optional(),
  live: z.boolean().optional(),
  strategy: z.string(),
  batch: z.number().optional(),
  label: z.string().optional(),
  estimationCode: z.string().optional(),
  seed: z.number(),
  parallel: z.number().optional(),
  asynchronous: z.boolean().optional(),
  retries: z.number().optional(),
  timeout: z.number().optional(),
});

export type KeptSearchOptions = z.infer<typeof keptSearchOptions>;

/** Options of `assay search`, as the command line gives them. */
export interface SearchCommandOptions extends KeptSearchOptions {
  readonly budget?: number;
  readonly study?: string;
  readonly storage?: string;
  readonly warmStart?: string;
  readonly threads?: number;
  readonly out?: string;
  readonly report?: string;
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
  batch: "--batch",
  label: "--label",
  estimationCode: "--estimation-code",
  seed: "--seed",
} as const satisfies Partial<Record<keyof KeptSearchOptions, string>>;
