import { z } from "zod";
import { defineOptions } from "../options.js";

/** The options of WeakNAS; the letters are those of the paper. */
export const weaknasOptions = defineOptions({
  predictor: z.string().default("mlp").describe("The weak predictor, a spec such as gradient-boosting(rounds=200)"),
  published: z
    .boolean()
    .default(false)
    .describe("What auto means: as published, the predictor's first encoding, top 100, every entry of a table"),
  encoding: z
    .string()
    .default("auto")
    .describe("Encoding of architectures; auto: summary, or the predictor's first where it cannot read that"),
  candidates: z
    .enum(["auto", "functions", "entries"])
    .default("auto")
    .describe("Where a space is listed: one entry for each function, or each entry by itself; auto: functions"),
  init: z
    .union([z.literal("auto"), z.int().min(1)])
    .default("auto")
    .describe("Random architectures at the start; auto: 100 on NAS-Bench-101, 10 elsewhere, as published"),
  batch: z.int().min(1).default(10).describe("M: architectures suggested in each iteration"),
  top: z
    .union([z.literal("auto"), z.int().min(1)])
    .default("auto")
    .describe("N: how many of the best predictions are drawn from (acquisition top); auto: 20"),
  schedule: z.enum(["constant", "linear", "halving"]).default("constant").describe("How N changes during the search"),
  topEnd: z.int().min(1).default(10).describe("N at the end of a linear or halving schedule"),
  span: z.int().min(1).default(100).describe("Queries after the initial ones until N is topEnd"),
  keep: z
    .enum(["all", "best", "latest"])
    .default("all")
    .describe("Labels that the next predictor is fitted to: all, the keepCount best, or the keepCount latest"),
  keepCount: z.int().min(1).default(100).describe("How many labels keep=best and keep=latest keep"),
  acquisition: z.string().default("top").describe("How candidates are chosen from the ranking, a spec"),
  sample: z.int().min(0).default(2000).describe("Candidates drawn per iteration where the space cannot be listed"),
  mutations: z.int().min(0).default(2000).describe("Further candidates there: mutations of the best"),
  parents: z.int().min(1).default(10).describe("How many of the best are mutated there"),
  released: z
    .boolean()
    .default(false)
    .describe("Reproduce the quirks of the published code, with published=true; see docs/strategies.md"),
});

/** N where nothing is said: with a ranking that is right, a draw from more mostly misses the best. */
const TOP = 20;
const PUBLISHED_TOP = 100;

/** The options with what `auto` means; the encoding depends on the predictor and is left. */
export function settle<
  Options extends { published: boolean; released: boolean; top: "auto" | number; candidates: string },
>(options: Options): Omit<Options, "top"> & { published: boolean; top: number; byFunction: boolean } {
  const published = options.published || options.released;
  return {
    ...options,
    published,
    top: options.top === "auto" ? (published ? PUBLISHED_TOP : TOP) : options.top,
    byFunction: options.candidates === "auto" ? !published : options.candidates === "functions",
  };
}
