import { bindEncoding } from "../encoding/index.js";
import { AssayError } from "../errors.js";
import { readOptions } from "../options.js";
import type { StrategyDefinition } from "./contract.js";
import { defaultOptions } from "./defaultOptions.js";
import { ENCODING } from "./gaussian/model.js";
import { createDefaultSearch } from "./gaussian/search.js";

/**
 * Bayesian optimisation with Gaussian processes over the views of a space:
 *
 *     evaluate `init` architectures from all costs above the cheapest
 *     repeat
 *       fit a Gaussian process to all labels so far, the best of them told apart most finely, one that does not see paths,
 *       and one that sees the choices as they are written, though they change nothing in the graph;
 *       without a graph, one in which all choices are alike and one in which each parameter counts apart
 *       weigh them by how well they explain the labels
 *       rank the whole space without what computes the same as something known (or a pool of candidates) by expected improvement over the best posterior mean
 *       evaluate a batch: each time the best, given that the earlier ones measure what is predicted
 *     recommend the evaluated architecture with the best posterior mean
 *
 * With several objectives candidates are ranked by the expected hypervolume improvement over the front of all that was evaluated, and that
 * front is the result. A cost that is known without training is certain; any other objective has a Gaussian process of its own.
 */
export const defaultDefinition: StrategyDefinition = {
  name: "default",
  description: "Bayesian optimisation with Gaussian processes over the views of a space; nothing to tune",
  source:
    "Gaussian process: Rasmussen and Williams 2006; expected improvement: Jones et al. 1998; kriging believer: Ginsbourger et al. 2010",
  options: defaultOptions,
  severalObjectives: true,
  followsEvaluations: true,
  batch: (values) => readOptions("strategy default", defaultOptions, values).batch,
  create(context, values, state) {
    const options = readOptions("strategy default", defaultOptions, values);
    if (options.codes && context.objectives !== undefined) {
      throw new AssayError(
        "bad-option",
        "Strategy default: codes=true compares candidates by their label only, and there are several objectives.",
        "Leave codes out.",
      );
    }
    // A misfit must show now, not in the first iteration.
    bindEncoding(context.catalogue.space, ENCODING);
    return createDefaultSearch(context, options, state);
  },
};
