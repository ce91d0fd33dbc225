import { z } from "zod";
import { defineOptions, readOptions } from "../options.js";
import type { Generator } from "../random/index.js";
import type { Observation, StrategyDefinition } from "./contract.js";
import { createHistory, historyStateSchema } from "./history.js";
import { isFullNasBench101 } from "./publishedScale.js";
import { readState } from "./state.js";
import { admit, drawUnseen } from "./unseen.js";

/** Tournaments whose child was seen before, after which a random architecture is drawn. */
const TOURNAMENTS = 100;

const size = z.union([z.literal("auto"), z.int().min(1)]);
const options = defineOptions({
  population: size
    .default("auto")
    .describe("Architectures alive at a time, the latest; auto: 50 on NAS-Bench-101, 10 elsewhere, as published"),
  tournament: size
    .default("auto")
    .describe("Architectures drawn from the population to find a parent; auto: 10 on NAS-Bench-101, 3 elsewhere"),
});
const stateSchema = z.strictObject({ history: historyStateSchema });

/**
 * Aging evolution (Real et al. 2019): the best of a few drawn from the population is mutated once, the child joins the
 * population and the oldest leaves. A child that was seen before costs no query: the tournament is repeated. Failed
 * architectures never join.
 */
export const regularizedEvolutionDefinition: StrategyDefinition = {
  name: "regularized-evolution",
  description: "Aging evolution: mutate the best of a small tournament, let the oldest die",
  source: "Real et al., Regularized Evolution for Image Classifier Architecture Search, AAAI 2019",
  options,
  batch: () => 1,
  create({ catalogue, generator }, values, state) {
    const { space } = catalogue;
    const given = readOptions("strategy regularized-evolution", options, values);
    const large = isFullNasBench101(space);
    const population = given.population === "auto" ? (large ? 50 : 10) : given.population;
    const tournament = given.tournament === "auto" ? (large ? 10 : 3) : given.tournament;
    const history = createHistory(catalogue, readState("regularized-evolution", stateSchema, state)?.history);

    function nextChild(alive: readonly Observation[], dice: Generator): number | undefined {
      for (let attempt = 0; attempt < TOURNAMENTS; attempt++) {
        const entrants = dice.choose(Math.min(tournament, alive.length), alive.length).map((place) => alive[place]);
        const parent = entrants.reduce((best, entrant) => (entrant.label > best.label ? entrant : best));
        const child = admit(history, space.mutate(catalogue.at(parent.architecture), dice));
        if (child !== undefined) return child;
      }
      return undefined;
    }

    return {
      async suggest(count) {
        const suggested = drawUnseen(history, Math.min(count, population - history.size), generator.split("initial"));
        const alive = history.results(population);
        while (suggested.length < count) {
          const child = alive.length === 0 ? undefined : nextChild(alive, generator.split("child").split(history.size));
          if (child === undefined) {
            const [fresh] = drawUnseen(history, 1, generator.split("fresh"));
            if (fresh === undefined) break;
            suggested.push(fresh);
          } else {
            history.propose(child);
            suggested.push(child);
          }
        }
        return suggested;
      },
      observe: (observations) => history.observe(observations),
      state: () => ({ history: history.state() }),
    };
  },
};
