import { z } from "zod";
import { defineOptions, readOptions } from "../options.js";
import type { Generator } from "../random/index.js";
import type { StrategyDefinition } from "./contract.js";
import { createHistory, historyStateSchema } from "./history.js";
import { isFullNasBench101 } from "./publishedScale.js";
import { readState } from "./state.js";
import { proposeAtRandom, represent } from "./unseen.js";

/** Children in a row that were seen before, after which a random architecture is drawn. */
const KNOWN_CHILDREN = 100;

const size = z.union([z.literal("auto"), z.int().min(1)]);
const options = defineOptions({
  population: size
    .default("auto")
    .describe("Architectures alive at a time; auto: 50 on NAS-Bench-101, 10 elsewhere, as published"),
  tournament: size
    .default("auto")
    .describe("Architectures drawn from the population to find a parent; auto: 10 on NAS-Bench-101, 3 elsewhere"),
});

/** Everything but the history is positions in it. */
const stateSchema = z.strictObject({
  history: historyStateSchema,
  alive: z.array(z.int().min(0)),
  waiting: z.array(z.int().min(0)),
});

/**
 * Aging evolution (Real et al. 2019): the best of a few drawn from the population is mutated once, the child joins the
 * population and the oldest leaves. A child that was evaluated before joins again with the label that it has, without a
 * query. Failed architectures never join.
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
    const restored = readState("regularized-evolution", stateSchema, state);
    const history = createHistory(catalogue, restored?.history);
    /** Oldest first; a position stands here as often as its architecture was born. */
    const alive: number[] = [...(restored?.alive ?? [])];
    /** Known, but not evaluated when last looked at. */
    let waiting: number[] = [...(restored?.waiting ?? [])];

    function join(position: number): void {
      alive.push(position);
      if (alive.length > population) alive.shift();
    }

    /** Lets those join whose label came, in the order of suggestion. */
    function welcome(): void {
      waiting = waiting.filter((position) => {
        const label = labelAt(position);
        if (label === undefined) return true;
        if (!Number.isNaN(label)) join(position);
        return false;
      });
    }

    function labelAt(position: number): number | undefined {
      return history.label(history.at(position));
    }

    /** Tournaments until one has a child that was never seen; undefined where that does not happen. */
    function nextChild(dice: Generator): number | undefined {
      for (let attempt = 0; attempt < KNOWN_CHILDREN && alive.length > 0; attempt++) {
        const entrants = dice.choose(Math.min(tournament, alive.length), alive.length).map((place) => alive[place]);
        const parent = entrants.reduce((best, entrant) => (labelAt(entrant)! > labelAt(best)! ? entrant : best));
        const child = represent(space, space.mutate(catalogue.at(history.at(parent)), dice));
        const position = history.positionOf(catalogue.find(child));
        if (position === undefined) return catalogue.idOf(child);
        if (labelAt(position)! > Number.NEGATIVE_INFINITY) join(position);
      }
      return undefined;
    }

    return {
      async suggest(count) {
        welcome();
        const known = history.size;
        const suggested = proposeAtRandom(history, Math.min(count, population - known), generator.split("initial"));
        while (suggested.length < count) {
          const child = nextChild(generator.split("child").split(history.size));
          if (child !== undefined) {
            history.propose(child);
            suggested.push(child);
          } else {
            const [fresh] = proposeAtRandom(history, 1, generator.split("fresh"));
            if (fresh === undefined) break;
            suggested.push(fresh);
          }
        }
        for (let position = known; position < history.size; position++) waiting.push(position);
        return suggested;
      },
      observe(observations) {
        const known = history.size;
        history.observe(observations);
        for (let position = known; position < history.size; position++) waiting.push(position);
      },
      state: () => ({ history: history.state(), alive: [...alive], waiting: [...waiting] }),
    };
  },
};
