import { z } from "zod";
import { createMedianRule, type MedianRule } from "../../evaluator/medianRule.js";
import { defineOptions, readOptions } from "../../options.js";
import { parseSpec } from "../../spec.js";

const options = defineOptions({
  after: z.int().min(1).default(5).describe("No training is stopped before it has reported so many epochs"),
  least: z.int().min(1).default(5).describe("Finished trials that must have reported the series"),
});

/** The rule that `--median-rule` asks for: the series, and its options after a colon; undefined where it is absent. */
export function readMedianRule(given: string | undefined): MedianRule | undefined {
  if (given === undefined) return undefined;
  const { name: series, options: values } = parseSpec(given);
  return createMedianRule({ series, ...readOptions("--median-rule", options, values) });
}
