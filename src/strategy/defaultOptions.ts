import { z } from "zod";
import { defineOptions } from "../options.js";

/** Options of the strategy `default`. Nobody has to set any; they switch parts off or on, to see what each is worth. */
export const defaultOptions = defineOptions({
  batch: z
    .int()
    .min(1)
    .default(5)
    .describe(
      "Suggestions per iteration; fewer need fewer queries in all. With an evaluation of your own it is by default as many as are evaluated at the same time",
    ),
  init: z.int().min(2).default(3).describe("Architectures evaluated before there is a model; at least one batch"),
  start: z.enum(["cost", "random"]).default("cost").describe("Start from all costs above `cheapest`, or at random"),
  cheapest: z
    .number()
    .min(0)
    .max(0.95)
    .default(0.3)
    .describe("Share of the space, the cheapest architectures, in which it does not start"),
  emphasis: z.boolean().default(true).describe("Labels near the best count most; without: labels as they are"),
  experience: z
    .boolean()
    .default(true)
    .describe(
      "Views are expected to count as they did on other tables of graphs, until something fails; without: all alike",
    ),
  mixture: z
    .boolean()
    .default(true)
    .describe(
      "Models that do not see paths, see choices as written, or let parameters count apart have a say as far as they explain the labels; without: one",
    ),
  believer: z
    .boolean()
    .default(true)
    .describe("A batch takes into account what its earlier members will tell; without: the best by themselves"),
  noise: z
    .boolean()
    .default(false)
    .describe("The noise of a measurement counts as a chance of improvement too, not only the model's own doubt"),
  twins: z
    .boolean()
    .default(false)
    .describe("What computes the same as something known, at the same costs, is evaluated too, where a list holds it"),
  without: z
    .enum(["nothing", "choices", "paths", "summary", "parts", "written"])
    .default("nothing")
    .describe(
      "A view that no model sees; parts: the parts of the summary that count apart; written: choices that a graph does not show",
    ),
  codes: z
    .boolean()
    .default(false)
    .describe(
      "Ask for the estimation codes of the most promising and compare these with them; the summary says their cost",
    ),
  fine: z.int().min(1).default(60).describe("With codes: how many candidates are compared with theirs"),
  finalists: z
    .int()
    .min(10)
    .max(2_000)
    .default(300)
    .describe("Candidates that a batch is chosen from; after some 1,400 evaluations at least 500"),
  sample: z.int().min(1).default(2_000).describe("Where a space cannot be listed: random candidates"),
  mutations: z.int().min(0).default(2_000).describe("Where a space cannot be listed: mutations of the best"),
  parents: z.int().min(1).default(10).describe("How many of the best are mutated"),
  rounds: z.int().min(0).default(3).describe("How often the most promising candidates are mutated once more"),
});
